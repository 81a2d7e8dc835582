import { ByteSource } from '../structures/byte-table';
import { tokenAt } from '../structures/vocabulary';
import { CountTable } from './count-table';
import { createPretokenReplay } from './replay';
import { ReservedTokens, createTieKey } from './rules';
import { encodingAfter, type MergeSteps } from './steps';
import { checkMerges, trainedTokens } from './tokens';
import type { PretokenCounts, Training } from './types';

/** Two adjacent tokens within a pre-token. */
export interface CountedPair {
	readonly left: number;
	readonly right: number;
	/** Number of occurrences in the whole corpus, including overlapping occurrences. */
	readonly count: number;
}

/** Candidates for the next merge. */
export interface PairsAfter {
	/** Most frequent first; pairs with equal counts follow the tie-breaking rule. */
	readonly pairs: readonly CountedPair[];
	/** Number of mergeable pairs tied for the highest count, including the first pair; 0 if no pair may be merged. */
	readonly tied: number;
	/** Number of distinct mergeable pairs. */
	readonly distinct: number;
	/** Number of distinct pairs that aren't mergeable. */
	readonly barred: number;
}

/** Examines the corpus of a training run after any number of merges. */
export interface Explorer {
	/**
	 * Finds the `limit` most frequent pairs that may be merged after the first `merges` merges. A pair may be merged if
	 * its product is neither longer than the longest allowed token nor spelled like a special token. Unless training
	 * ends after those merges, `pairs[0]` is merged next.
	 */
	pairsAfter(merges: number, limit: number): PairsAfter;
}

/**
 * The explorer replays the merges when it is first used.
 *
 * It tokenizes pre-tokens by merge rank, as encoding does, whereas training merged one pair after another. Both methods
 * produce the same tokens at every step: a pair cannot occur until both its tokens exist, and all occurrences of a
 * token are created by the same merge. So no pair occurs again after its merge.
 */
export function createExplorer(pretokens: PretokenCounts, training: Training): Explorer {
	const { ends, counts: frequencies } = pretokens;
	const { ties, specialTokens, maxTokenLength } = training.rules;
	const tokens = trainedTokens(training);
	const { vocabulary, lengths } = tokens;
	const reserved = new ReservedTokens(specialTokens);
	/** Counts of pairs, keyed by both ids (eight bytes). */
	const table = new CountTable();
	const pair = new Uint32Array(2);
	const pairBytes = new ByteSource(new Uint8Array(pair.buffer));
	/** Pairs found by the latest call to `countPairs`, in the order of their first occurrence. */
	const found: Record<'left' | 'right', Uint32Array> & { counts: Float64Array } = {
		left: new Uint32Array(),
		right: new Uint32Array(),
		counts: new Float64Array()
	};
	const tieKey = createTieKey(ties, found, (entry) => entry);
	let steps: MergeSteps | null = null;

	const countPairs = (merges: number): void => {
		table.clear();
		steps ??= createPretokenReplay(training).stepsOfPretokens(pretokens);
		const { ids, byteStarts } = encodingAfter(steps, merges, tokens);
		for (let i = 1, pretoken = 0; i < ids.length; i++) {
			while (ends[pretoken] < byteStarts[i]) pretoken++;
			// Tokens from different pre-tokens don't form a pair.
			if (ends[pretoken] === byteStarts[i]) continue;
			pair[0] = ids[i - 1];
			pair[1] = ids[i];
			table.add(pairBytes, 0, 8, frequencies[pretoken]);
		}
		const { bytes, counts } = table.toCounts();
		const both = new Uint32Array(bytes.buffer);
		found.left = both.filter((_, i) => i % 2 === 0);
		found.right = both.filter((_, i) => i % 2 === 1);
		found.counts = counts;
	};

	const mayMerge = (entry: number): boolean => {
		const left = found.left[entry];
		const right = found.right[entry];
		const length = lengths[left] + lengths[right];
		if (maxTokenLength !== null && length > maxTokenLength) return false;
		if (length > reserved.maxBytes) return true;
		return !reserved.has(tokenAt(vocabulary, left), tokenAt(vocabulary, right));
	};

	const goesBefore = (entry: number, other: number): boolean => {
		const { counts } = found;
		if (counts[entry] !== counts[other]) return counts[entry] > counts[other];
		return tieKey(entry) < tieKey(other);
	};

	/** The `limit` mergeable pairs with the highest counts; ties follow the tie-breaking rule. */
	const mostFrequent = (limit: number): number[] => {
		const chosen: number[] = [];
		const { counts } = found;
		for (let entry = 0; entry < counts.length; entry++) {
			const isFull = chosen.length >= limit;
			if (isFull && (limit < 1 || counts[entry] < counts[chosen[limit - 1]])) continue;
			if (!mayMerge(entry)) continue;
			let at = chosen.length;
			while (at > 0 && goesBefore(entry, chosen[at - 1])) at--;
			chosen.splice(at, 0, entry);
			if (isFull) chosen.pop();
		}
		return chosen;
	};

	return {
		pairsAfter(merges, limit) {
			checkMerges(training, merges);
			countPairs(merges);
			const chosen = mostFrequent(limit);
			const { left, right, counts } = found;
			let tied = 0;
			let distinct = 0;
			for (let entry = 0; entry < counts.length; entry++) {
				if (!mayMerge(entry)) continue;
				distinct++;
				if (counts[entry] === counts[chosen[0]]) tied++;
			}
			const pairs = chosen.map((entry) => ({
				left: left[entry],
				right: right[entry],
				count: counts[entry]
			}));
			return { pairs, tied, distinct, barred: counts.length - distinct };
		}
	};
}
