import type { ByteSource } from '../structures/byte-table';
import { splitsOf, type MergeSplits } from '../structures/merge-list';
import type { TokenTable } from '../structures/token-table';
import { joined, type MergeRules } from './merge-rules';

/**
 * Hugging Face's rules, for merges that are known as splits of their products: adjacent tokens merge if their joined bytes
 * are a product, and it is split between them. No pair is hashed, and nothing is worked out before a text needs it.
 *
 * Expects symbols that cover the bytes of their token, without gaps. The exceptions are unknown tokens and fallback bytes,
 * if no merge joins them.
 *
 * Ranks are in the order of the list, but leave gaps: a group takes as many as its product has places to split it. So the
 * ranks of a group follow from the lengths of the products before it.
 */
export class SplitRules implements MergeRules {
	readonly rankCount: number;
	readonly #tokens: TokenTable;
	readonly #splits: MergeSplits;
	/**
	 * By product: place + 1 in `#ranks` of its first split; 0 without merges. If the ranks of its group are arithmetic,
	 * -1 - the rank that a left token without bytes would have.
	 */
	readonly #places: Int32Array;
	/** Rank + 1 by product and length of the left token; 0 if there is no merge, or if it is not known yet. */
	readonly #ranks: Int32Array;
	/** Places of single merges, which come first. */
	readonly #singlePlaces: number;
	/** Rank in the list by rank, once it is asked for. */
	#listedRanks: Int32Array | null = null;
	/** By id, whether it is a token that may cover other bytes than its own; `null` if there is none. */
	readonly #replacements: Uint8Array | null;

	/** @param replacements ids of tokens that may cover other bytes than their own, and that no merge joins */
	constructor(tokens: TokenTable, splits: MergeSplits, replacements: readonly number[]) {
		const { products, leftLengths, groups, order } = splits;
		const { ends } = tokens.vocabulary;
		this.#tokens = tokens;
		this.#splits = splits;
		this.#replacements = replacements.length > 0 ? new Uint8Array(tokens.size) : null;
		for (const id of replacements) if (this.#replacements) this.#replacements[id] = 1;
		const places = (this.#places = new Int32Array(tokens.size));
		let singlePlaces = 0;
		for (let rank = 0; rank < products.length; rank++) {
			const product = products[rank];
			if (places[product] !== 0) continue;
			places[product] = singlePlaces + 1;
			singlePlaces += ends[product] - (product === 0 ? 0 : ends[product - 1]) - 1;
		}
		this.#singlePlaces = singlePlaces;
		const lengthOf = (product: number) =>
			Math.max(1, ends[product] - (product === 0 ? 0 : ends[product - 1]));
		let next = products.length;
		for (let group = 0; group < groups.length; group++) next += lengthOf(groups[group]) - 1;
		this.rankCount = next;
		const isArithmetic = order === 'left-length-descending';
		const ranks = new Int32Array(singlePlaces + (isArithmetic ? 0 : next - products.length));
		this.#ranks = ranks;
		for (let rank = 0; rank < products.length; rank++) {
			const leftLength = leftLengths[rank];
			if (leftLength > 0) ranks[places[products[rank]] + leftLength - 2] = rank + 1;
		}
		// A group has all splits of its product, so it takes the place of single merges before it.
		for (let group = 0, first = products.length; group < groups.length; group++) {
			const length = lengthOf(groups[group]);
			places[groups[group]] = isArithmetic
				? -first - length
				: singlePlaces + first - products.length + 1;
			first += length - 1;
		}
	}

	rankOf(
		left: number,
		right: number,
		source: ByteSource,
		start: number,
		middle: number,
		end: number
	): number {
		const product = this.#tokens.idOf(source, start, end);
		if (product < 0) return -1;
		const replacements = this.#replacements;
		if (replacements !== null && (replacements[left] | replacements[right]) !== 0) return -1;
		return this.#rankIn(product, middle - start);
	}

	productOf(_rank: number, source: ByteSource, start: number, end: number): number {
		return this.#tokens.idOf(source, start, end);
	}

	leastRankOf(id: number): number {
		const place = this.#places[id];
		const length = this.#tokens.endOf(id) - this.#tokens.startOf(id);
		if (place < 0) return -place - length;
		if (place > this.#singlePlaces)
			return this.#splits.products.length + place - this.#singlePlaces - 1;
		let least = this.rankCount;
		for (let at = place - 1; place > 0 && at < place + length - 2; at++) {
			const rank = this.#ranks[at];
			if (rank > 0 && rank <= least) least = rank - 1;
		}
		return least;
	}

	listedRank(rank: number): number {
		const { products, groups } = this.#splits;
		if (rank < products.length) return rank;
		if (!this.#listedRanks) {
			this.#listedRanks = new Int32Array(this.rankCount);
			let listed = products.length;
			for (const product of groups)
				for (const { leftLength } of splitsOf(product, this.#tokens, this.#splits))
					this.#listedRanks[this.#rankIn(product, leftLength)] = listed++;
		}
		return this.#listedRanks[rank];
	}

	/** Rank of the merge of the first `leftLength` bytes of a product with the rest. */
	#rankIn(product: number, leftLength: number): number {
		const place = this.#places[product];
		if (place < 0) return -1 - place - leftLength;
		if (place === 0) return -1;
		const rank = this.#ranks[place + leftLength - 2];
		if (rank !== 0 || place <= this.#singlePlaces) return rank - 1;
		this.#orderByLeft(product, place);
		return this.#ranks[place + leftLength - 2] - 1;
	}

	/** Writes the ranks of a group whose order is that of the ids of the left tokens. */
	#orderByLeft(product: number, place: number): void {
		const tokens = this.#tokens;
		const ranks = this.#ranks;
		const first = this.#splits.products.length + place - this.#singlePlaces;
		const start = tokens.startOf(product);
		/** Ids of the left tokens so far, and where their ranks are. */
		const lefts: number[] = [];
		for (let at = place - 1, end = start + 1; end < tokens.endOf(product); at++, end++) {
			// The rest need not be a token: the rank is then never asked for.
			const left = tokens.idOf(tokens.source, start, end);
			if (left < 0) continue;
			// How many come before it, and one more for each that it comes before.
			let rank = first;
			for (let i = 0; i < lefts.length; i += 2) {
				if (lefts[i] < left) rank++;
				else ranks[lefts[i + 1]]++;
			}
			ranks[at] = rank;
			lefts.push(left, at);
		}
	}
}

/**
 * Finds the products of pairs. A pair with an id that is not the one of its token's bytes never applies.
 * @returns `null` for an id or a product that is not in the vocabulary
 */
export function splitsOfPairs(
	tokens: TokenTable,
	pairs: Uint32Array,
	betweenBytes: boolean
): MergeSplits | null {
	const { vocabulary, size, source } = tokens;
	const products = new Int32Array(pairs.length >> 1);
	const leftLengths = new Int32Array(products.length);
	const isFound = (id: number) => tokens.idOf(source, tokens.startOf(id), tokens.endOf(id)) === id;
	for (let rank = 0; rank < products.length; rank++) {
		const [left, right] = [pairs[2 * rank], pairs[2 * rank + 1]];
		if (left >= size || right >= size) return null;
		products[rank] = tokens.idOf(...joined(tokens, left, right));
		if (products[rank] < 0) return null;
		if (isFound(left) && isFound(right))
			leftLengths[rank] = tokens.endOf(left) - tokens.startOf(left);
	}
	const groups = new Int32Array(0);
	return { vocabulary, betweenBytes, products, leftLengths, groups, order: SINGLE_ORDER };
}

/** Without groups, the order does not matter. */
const SINGLE_ORDER = 'left-length-descending';
