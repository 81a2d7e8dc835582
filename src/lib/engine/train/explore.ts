import { tokenAt } from '../structures/vocabulary';
import { createPretokenReplay } from './replay';
import { ReservedTokens, createTieKey } from './rules';
import type { MergeSteps } from './steps';
import { checkMerges, trainedTokens } from './tokens';
import type { PretokenCounts, Training } from './types';
import { grow } from '../structures/arrays';
import { hashWords } from '../structures/hash';

/** Counts pairs of ids, in the order of their first occurrence. Can be cleared and reused. */
class PairCounts {
	/** Number of distinct pairs. */
	size = 0;
	left = new Uint32Array(1 << 12);
	right = new Uint32Array(1 << 12);
	counts = new Float64Array(1 << 12);
	/** 1 + index in the arrays above; 0 if free. At most half of the slots are used. */
	#slots = new Int32Array(1 << 13);

	clear(): void {
		this.size = 0;
		this.#slots.fill(0);
	}

	add(left: number, right: number, count: number): void {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hashWords(left, right) & mask;
		for (let entry = slots[slot]; entry > 0; entry = slots[slot]) {
			if (this.left[entry - 1] === left && this.right[entry - 1] === right) {
				this.counts[entry - 1] += count;
				return;
			}
			slot = (slot + 1) & mask;
		}
		if (this.size === this.left.length) {
			this.#grow();
			this.add(left, right, count);
			return;
		}
		this.left[this.size] = left;
		this.right[this.size] = right;
		this.counts[this.size] = count;
		slots[slot] = ++this.size;
	}

	#grow(): void {
		const capacity = 2 * this.size;
		this.left = grow(this.left, capacity);
		this.right = grow(this.right, capacity);
		this.counts = grow(this.counts, capacity);
		const slots = (this.#slots = new Int32Array(2 * capacity));
		const mask = slots.length - 1;
		for (let entry = 1; entry <= this.size; entry++) {
			let slot = hashWords(this.left[entry - 1], this.right[entry - 1]) & mask;
			while (slots[slot] > 0) slot = (slot + 1) & mask;
			slots[slot] = entry;
		}
	}
}

/** Two adjacent tokens within pre-tokens. */
export interface CountedPair {
	readonly left: number;
	readonly right: number;
	/** Occurrences in the whole corpus, including overlapping ones. */
	readonly count: number;
}

/** The pairs that the next merge is chosen from. */
export interface PairsAfter {
	/** Most frequent first, equal counts by the tie-breaking rule. The first is merged next. */
	readonly pairs: readonly CountedPair[];
	/** Number of pairs that may be merged and are as frequent as the first, including it; 0 if there are none. */
	readonly tied: number;
	/** Number of distinct pairs that may be merged. */
	readonly distinct: number;
	/** Number of distinct pairs that may not be merged. */
	readonly barred: number;
}

/** Examines the corpus of a training after any number of merges. */
export interface Explorer {
	/**
	 * Finds the `limit` most frequent pairs after `merges` merges that may be merged: no longer than the longest
	 * allowed token and not written like a special token. Unless training ends there, `pairs[0]` is the pair of the
	 * next merge.
	 */
	pairsAfter(merges: number, limit: number): PairsAfter;
}

/**
 * Creates an explorer of a training and its pre-token counts. It replays the merges on first use.
 *
 * It tokenizes pre-tokens by rank, as encoding does, whereas training merged one pair after the other. Both give the
 * same tokens at every step: a pair can only occur once both its tokens exist, all occurrences of a token are made by
 * one merge, and so no pair occurs again after its merge.
 */
export function createExplorer(pretokens: PretokenCounts, training: Training): Explorer {
	const { ends, counts: frequencies } = pretokens;
	const { ties, specialTokens, maxTokenLength } = training.rules;
	const { vocabulary, lengths, byteIds } = trainedTokens(training);
	const reserved = new ReservedTokens(specialTokens);
	const table = new PairCounts();
	// Entries of the table are in the order of their first occurrence.
	const tieKey = createTieKey(ties, table, (entry) => entry);
	let steps: MergeSteps | null = null;
	/** Ids of one pre-token. */
	let ids = new Uint32Array(64);

	/** Writes the ids of a pre-token after `merges` merges to `ids` and returns their number. */
	const tokenize = (merges: number, start: number, end: number): number => {
		const { bytes, mergedAt, products } = (steps ??=
			createPretokenReplay(training).stepsOfPretokens(pretokens));
		if (ids.length < end - start) ids = new Uint32Array(2 * (end - start));
		let count = 0;
		// The longest of the products within a token is the token, as in `encodingAfter`.
		let product = 0;
		let length = 0;
		for (let at = start + 1; at <= end; at++) {
			if (mergedAt[at] > merges) {
				ids[count++] = length === 0 ? byteIds[bytes[at - 1]] : product;
				length = 0;
			} else if (mergedAt[at] > 0 && lengths[products[at]] > length) {
				product = products[at];
				length = lengths[product];
			}
		}
		return count;
	};

	const mayMerge = (entry: number): boolean => {
		const left = table.left[entry];
		const right = table.right[entry];
		const length = lengths[left] + lengths[right];
		if (maxTokenLength !== null && length > maxTokenLength) return false;
		if (length > reserved.maxBytes) return true;
		return !reserved.has(tokenAt(vocabulary, left), tokenAt(vocabulary, right));
	};

	const goesBefore = (entry: number, other: number): boolean => {
		const { counts } = table;
		if (counts[entry] !== counts[other]) return counts[entry] > counts[other];
		return tieKey(entry) < tieKey(other);
	};

	/** Lists the first `limit` entries of the table in the order in which training would merge them. */
	const mostFrequent = (limit: number): number[] => {
		const chosen: number[] = [];
		const { counts, size } = table;
		for (let entry = 0; entry < size; entry++) {
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
			table.clear();
			for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
				const tokens = tokenize(merges, start, ends[i]);
				for (let j = 1; j < tokens; j++) table.add(ids[j - 1], ids[j], frequencies[i]);
			}
			const chosen = mostFrequent(limit);
			const { left, right, counts } = table;
			let tied = 0;
			let distinct = 0;
			for (let entry = 0; entry < table.size; entry++) {
				if (!mayMerge(entry)) continue;
				distinct++;
				if (counts[entry] === counts[chosen[0]]) tied++;
			}
			const pairs = chosen.map((entry) => ({
				left: left[entry],
				right: right[entry],
				count: counts[entry]
			}));
			return { pairs, tied, distinct, barred: table.size - distinct };
		}
	};
}
