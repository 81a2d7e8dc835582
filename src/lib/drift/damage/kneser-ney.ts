/**
 * An interpolated Kneser-Ney trigram model: R. Kneser and H. Ney, "Improved backing-off for M-gram language modeling",
 * ICASSP 1995; interpolated as in S. F. Chen and J. Goodman, "An empirical study of smoothing techniques for language
 * modeling", Computer Speech and Language 13 (1999), section 2.8, with one discount per n-gram order, n₁ / (n₁ + 2 n₂).
 *
 * The bigram and unigram models count the distinct contexts in which a token occurs, not its occurrences:
 *
 *     P(w | u v) = max(c(u v w) − D₃, 0) / c(u v ·)    + λ(u v) · P(w | v)
 *     P(w | v)   = max(N(· v w) − D₂, 0) / N(· v ·)    + λ(v)   · P(w)
 *     P(w)       = max(N(· w) − D₁, 0)   / N(· ·)      + λ      · 1 / rows
 *
 * Each λ passes on the discounted mass, so that the probabilities of all rows sum to 1.
 */
import { grow } from '../../engine/stages';
import { PairIndex } from '../pair-index';

/**
 * One n-gram order of the model. For each context: the sum of the counts of the n-grams that begin with it, and the
 * number of distinct tokens that follow it.
 */
interface Level {
	readonly discount: number;
	readonly totals: Float64Array;
	readonly kinds: Float64Array;
}

export class KneserNey {
	/** Number of ids that have a probability. */
	readonly rows: number;
	readonly #counts: TrigramCounts;
	/** For each bigram v w: N(· v w), the number of distinct ids that precede it. */
	readonly #bigramContexts: Uint32Array;
	readonly #three: Level;
	readonly #two: Level;
	/** For each token: P(w). */
	readonly #unigrams: Float64Array;
	readonly #trained: Uint8Array;
	/** The most probable token after each token, and after each bigram. */
	readonly #bestAfterToken: Int32Array;
	readonly #bestAfterBigram: Int32Array;

	/** @param counts must not change afterwards */
	constructor(counts: TrigramCounts) {
		const { rows, bigrams, trigrams } = counts;
		this.rows = rows;
		this.#counts = counts;
		this.#bigramContexts = new Uint32Array(bigrams.size);
		for (let t = 0; t < trigrams.size; t++) this.#bigramContexts[counts.suffixes[t]]++;
		this.#three = level(counts.counts, trigrams.size, trigrams.first, bigrams.size);
		this.#two = level(this.#bigramContexts, bigrams.size, bigrams.first, rows + 1);
		const tokenContexts = new Uint32Array(rows);
		for (let b = 0; b < bigrams.size; b++) {
			// Skips the pair (rows, rows) at the start of each text, because `rows` isn't the id of a token.
			if (this.#bigramContexts[b] > 0) tokenContexts[bigrams.second[b]]++;
		}
		this.#trained = Uint8Array.from(tokenContexts, (contexts) => Number(contexts > 0));
		this.#unigrams = unigrams(tokenContexts);
		this.#bestAfterToken = this.#bestAfterTokens();
		this.#bestAfterBigram = this.#bestAfterBigrams();
	}

	/** Index of a pair, used as a context in {@link probability} and {@link best}; -1 if the pair wasn't seen. */
	context(first: number, second: number): number {
		return this.#counts.bigrams.find(first, second);
	}

	/** Whether a token occurred in the training text. */
	isTrained(token: number): boolean {
		return this.#trained[token] === 1;
	}

	/** Whether a pair of tokens occurred in the training text. */
	hasBigram(bigram: number): boolean {
		return bigram >= 0 && this.#bigramContexts[bigram] > 0;
	}

	/**
	 * P(w | u v).
	 * @param context index of u v
	 * @param bigram index of v w; -1 if the pair wasn't seen
	 */
	probability(context: number, second: number, bigram: number, token: number): number {
		const lower = this.#afterToken(second, bigram, token);
		if (context < 0 || this.#three.totals[context] === 0) return lower;
		const trigram = this.#counts.trigrams.find(context, token);
		const count = trigram < 0 ? 0 : this.#counts.counts[trigram];
		return interpolate(this.#three, context, count, lower);
	}

	/** The most probable token after a context. Ties are always broken the same way. */
	best(context: number, second: number): number {
		return context < 0 || this.#three.totals[context] === 0
			? this.#bestAfterToken[second]
			: this.#bestAfterBigram[context];
	}

	/** P(w | v). */
	#afterToken(second: number, bigram: number, token: number): number {
		const lower = this.#unigrams[token];
		if (this.#two.totals[second] === 0) return lower;
		return interpolate(this.#two, second, bigram < 0 ? 0 : this.#bigramContexts[bigram], lower);
	}

	/**
	 * The tokens that never follow a given token are in the same order as in the unigram model. The most probable token
	 * is therefore either one that follows the given token or the most probable unigram. `#bestAfterBigrams` uses the
	 * same argument with the bigram model.
	 */
	#bestAfterTokens(): Int32Array {
		const { bigrams } = this.#counts;
		const overall = this.#unigrams.reduce((best, p, id, all) => (p > all[best] ? id : best), 0);
		const best = new Int32Array(this.rows + 1).fill(overall);
		const highest = Float64Array.from(best, (_, second) =>
			this.#afterToken(second, bigrams.find(second, overall), overall)
		);
		for (let b = 0; b < bigrams.size; b++) {
			if (this.#bigramContexts[b] === 0) continue;
			const second = bigrams.first[b];
			const p = this.#afterToken(second, b, bigrams.second[b]);
			if (p <= highest[second]) continue;
			highest[second] = p;
			best[second] = bigrams.second[b];
		}
		return best;
	}

	#bestAfterBigrams(): Int32Array {
		const { bigrams, trigrams, suffixes, counts } = this.#counts;
		const best = Int32Array.from({ length: bigrams.size }, (_, context) => {
			return this.#bestAfterToken[bigrams.second[context]];
		});
		const highest = Float64Array.from(best, (token, context) => {
			const second = bigrams.second[context];
			return this.probability(context, second, bigrams.find(second, token), token);
		});
		for (let t = 0; t < trigrams.size; t++) {
			const context = trigrams.first[t];
			const token = trigrams.second[t];
			const lower = this.#afterToken(bigrams.second[context], suffixes[t], token);
			const p = interpolate(this.#three, context, counts[t], lower);
			if (p <= highest[context]) continue;
			highest[context] = p;
			best[context] = token;
		}
		return best;
	}
}

function interpolate(
	{ discount, totals, kinds }: Level,
	context: number,
	count: number,
	lower: number
): number {
	return (Math.max(count - discount, 0) + discount * kinds[context] * lower) / totals[context];
}

/** @param contexts the context of each entry */
function level(
	counts: Uint32Array,
	entries: number,
	contexts: Int32Array,
	contextCount: number
): Level {
	const totals = new Float64Array(contextCount);
	const kinds = new Float64Array(contextCount);
	for (let i = 0; i < entries; i++) {
		totals[contexts[i]] += counts[i];
		if (counts[i] > 0) kinds[contexts[i]]++;
	}
	return { discount: discountOf(counts, entries), totals, kinds };
}

function unigrams(contexts: Uint32Array): Float64Array {
	const total = contexts.reduce((sum, count) => sum + count, 0);
	if (total === 0) return new Float64Array(contexts.length).fill(1 / contexts.length);
	const { length } = contexts;
	const order = level(contexts, length, new Int32Array(length), 1);
	return Float64Array.from(contexts, (count) => interpolate(order, 0, count, 1 / length));
}

/** n₁ / (n₁ + 2 n₂), where n₁ and n₂ are the numbers of entries with counts 1 and 2; ½ if no count is 1. */
function discountOf(counts: Uint32Array, entries: number): number {
	let once = 0;
	let twice = 0;
	for (let i = 0; i < entries; i++) {
		if (counts[i] === 1) once++;
		else if (counts[i] === 2) twice++;
	}
	return once === 0 ? 0.5 : once / (once + 2 * twice);
}

/**
 * Counts for a trigram model. Ids range from 0 to rows − 1. Each text is preceded by the id `rows` twice, so that its
 * first tokens also have a context.
 */
export class TrigramCounts {
	readonly rows: number;
	/** Pairs (u, v), both as contexts and as the ends of trigrams. */
	readonly bigrams = new PairIndex();
	/** Pairs of the index of a bigram u v and the id w that follows it. */
	readonly trigrams = new PairIndex();
	/** For each trigram u v w: number of occurrences. */
	counts = new Uint32Array(1 << 12);
	/** For each trigram u v w: index of the bigram v w. */
	suffixes = new Int32Array(1 << 12);
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
			if (trigram >= this.counts.length) {
				this.counts = grow(this.counts, trigram * 2);
				this.suffixes = grow(this.suffixes, trigram * 2);
			}
			this.suffixes[trigram] = suffix;
			this.counts[trigram]++;
			context = suffix;
			second = id;
		}
		this.tokens += ids.length;
	}
}
