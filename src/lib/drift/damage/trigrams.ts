import { PairIndex } from './pair-index';

/**
 * What a trigram model counts. Ids are 0 to rows − 1; `rows` itself stands twice before each text, so
 * that its first tokens have a context too.
 */
export class TrigramCounts {
	readonly rows: number;
	/** Pairs (u, v): as contexts, and as the ends of trigrams. */
	readonly bigrams = new PairIndex();
	/** Pairs (number of the bigram u v, w). */
	readonly trigrams = new PairIndex();
	/** By trigram u v w: how often it stands there. */
	counts = new Uint32Array(1 << 12);
	/** By trigram u v w: the number of the bigram v w. */
	suffixes = new Int32Array(1 << 12);
	/** Tokens counted. */
	tokens = 0;

	constructor(rows: number) {
		this.rows = rows;
	}

	/** Counts a text. Every id must be below `rows`. */
	add(ids: Uint32Array): void {
		let second = this.rows;
		let context = this.bigrams.add(second, second);
		for (const id of ids) {
			const suffix = this.bigrams.add(second, id);
			const trigram = this.trigrams.add(context, id);
			if (trigram >= this.counts.length) this.#grow();
			this.suffixes[trigram] = suffix;
			this.counts[trigram]++;
			context = suffix;
			second = id;
		}
		this.tokens += ids.length;
	}

	#grow(): void {
		const counts = new Uint32Array(this.counts.length * 2);
		counts.set(this.counts);
		this.counts = counts;
		const suffixes = new Int32Array(counts.length);
		suffixes.set(this.suffixes);
		this.suffixes = suffixes;
	}
}
