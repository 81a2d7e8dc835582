import { tokenAt } from '../structures/vocabulary';
import { PairCounts } from './pair-counts';
import { createReplay } from './replay';
import { ReservedSpellings } from './rules';
import type { MergeSteps } from './steps';
import { createTieKey } from './ties';
import { checkMerges, trainedTokens, type TrainedTokens } from './tokens';
import type { PretokenCounts, Training } from './types';

/** Two adjacent tokens within pre-tokens. */
export interface CountedPair {
	readonly left: number;
	readonly right: number;
	/** Occurrences in the whole corpus; overlapping ones all count. */
	readonly count: number;
}

/** The pairs that the next merge is chosen from. */
export interface PairsAfter {
	/** Most frequent first, equal counts by the tie-breaking rule: the first is merged next. */
	readonly pairs: readonly CountedPair[];
	/** Number of pairs that may be merged and are as frequent as the first, itself included; 0 if there are none. */
	readonly tied: number;
	/** Number of distinct pairs that may be merged. */
	readonly distinct: number;
	/** Number of distinct pairs that may not be merged, whatever their count. */
	readonly barred: number;
}

/** Looks into the corpus of a training at any step. Computes what it needs on first use. */
export interface Explorer {
	/**
	 * Finds the `most` most frequent pairs after `merges` merges, of those that may be merged (neither longer
	 * than the longest token nor spelled like a special token). With `merges` below m, `pairs[0]` is the pair
	 * of the next merge, with its count in the training.
	 */
	pairsAfter(merges: number, most: number): PairsAfter;
	/** Counts the tokens of the corpus after `merges` merges, by id without the special tokens that come last. */
	usageAfter(merges: number): Float64Array;
}

/**
 * Creates an explorer of a training and the counts that it was made from.
 *
 * It tokenizes the pre-tokens by rank, as encoding does, whereas training merged one pair after the other.
 * Both give the same at each step: a pair can only occur once both its tokens are made, all occurrences of
 * a token are made by one merge, and so no pair occurs again that was merged before.
 */
export function createExplorer(counts: PretokenCounts, training: Training): Explorer {
	return new CorpusExplorer(counts, training);
}

class CorpusExplorer implements Explorer {
	readonly #counts: PretokenCounts;
	readonly #training: Training;
	readonly #tokens: TrainedTokens;
	readonly #reserved: ReservedSpellings;
	readonly #table = new PairCounts();
	readonly #tieKey: (entry: number) => number;
	#steps: MergeSteps | null = null;
	/** Ids of one pre-token. */
	#ids = new Uint32Array(64);

	constructor(counts: PretokenCounts, training: Training) {
		this.#counts = counts;
		this.#training = training;
		this.#tokens = trainedTokens(training);
		this.#reserved = new ReservedSpellings(training.rules.specialTokens);
		// Entries are in the order in which they were seen.
		this.#tieKey = createTieKey(training.rules.ties, this.#table, (entry) => entry);
	}

	pairsAfter(merges: number, most: number): PairsAfter {
		checkMerges(this.#training, merges);
		const table = this.#table;
		const { ends, counts } = this.#counts;
		table.clear();
		for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
			const tokens = this.#tokenize(merges, start, ends[i]);
			const ids = this.#ids;
			for (let j = 1; j < tokens; j++) table.add(ids[j - 1], ids[j], counts[i]);
		}
		const chosen = this.#mostFrequent(most);
		const top = chosen.length > 0 ? table.counts[chosen[0]] : 0;
		let tied = 0;
		let distinct = 0;
		for (let entry = 0; entry < table.size; entry++) {
			if (!this.#mayMerge(entry)) continue;
			distinct++;
			if (table.counts[entry] === top) tied++;
		}
		const pairs = chosen.map((entry) => ({
			left: table.left[entry],
			right: table.right[entry],
			count: table.counts[entry]
		}));
		return { pairs, tied, distinct, barred: table.size - distinct };
	}

	usageAfter(merges: number): Float64Array {
		checkMerges(this.#training, merges);
		const usage = new Float64Array(this.#tokens.lengths.length);
		const { ends, counts } = this.#counts;
		for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
			const tokens = this.#tokenize(merges, start, ends[i]);
			for (let j = 0; j < tokens; j++) usage[this.#ids[j]] += counts[i];
		}
		return usage;
	}

	/** Writes the ids of a pre-token after `merges` merges to `#ids` and returns their number. */
	#tokenize(merges: number, start: number, end: number): number {
		const { bytes, mergedAt, products } = (this.#steps ??= createReplay(
			this.#training
		).stepsOfPretokens(this.#counts));
		const { byteIds, lengths } = this.#tokens;
		if (this.#ids.length < end - start) this.#ids = new Uint32Array(2 * (end - start));
		const ids = this.#ids;
		let count = 0;
		// As in `encodingAfter`: of the products within a token, the longest is the token.
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
	}

	/** First `most` entries of the table in the order in which training would merge them. */
	#mostFrequent(most: number): number[] {
		const chosen: number[] = [];
		const { counts, size } = this.#table;
		for (let entry = 0; entry < size; entry++) {
			const full = chosen.length >= most;
			if (full && (most < 1 || counts[entry] < counts[chosen[most - 1]])) continue;
			if (!this.#mayMerge(entry)) continue;
			let at = chosen.length;
			while (at > 0 && this.#goesBefore(entry, chosen[at - 1])) at--;
			chosen.splice(at, 0, entry);
			if (full) chosen.pop();
		}
		return chosen;
	}

	#goesBefore(entry: number, other: number): boolean {
		const { counts } = this.#table;
		if (counts[entry] !== counts[other]) return counts[entry] > counts[other];
		return this.#tieKey(entry) < this.#tieKey(other);
	}

	#mayMerge(entry: number): boolean {
		const left = this.#table.left[entry];
		const right = this.#table.right[entry];
		const { lengths, vocabulary } = this.#tokens;
		const { maxTokenLength } = this.#training.rules;
		const length = lengths[left] + lengths[right];
		if (maxTokenLength !== null && length > maxTokenLength) return false;
		if (length > this.#reserved.maxBytes) return true;
		return !this.#reserved.has(tokenAt(vocabulary, left), tokenAt(vocabulary, right));
	}
}
