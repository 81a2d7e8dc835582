import type { ByteSource } from '../structures/byte-table';
import type { BpeModelSpec } from '../spec';
import { splitsIn, splitsOf, type MergeSplits } from '../structures/merge-list';
import type { TokenTable } from '../structures/token-table';
import type { Affixes } from './affixes';
import { joined, PairRules, RankRules, type MergeRules, type ProductOrder } from './merge-rules';

/**
 * Hugging Face's rules, for merges stored as splits of their products: adjacent tokens merge if their joined bytes are
 * a product and one of its splits lies between them. No pairs need to be hashed, and nothing is computed before it is
 * needed.
 *
 * Expects symbols that cover exactly the bytes of their token, without gaps. The only exceptions are unknown tokens and
 * byte-fallback tokens that merges never join.
 *
 * Ranks follow the order of the list, but with gaps: a group takes up one rank for each position at which its product
 * can be split, so that ranks can be computed from the lengths of the preceding products.
 */
export class SplitRules implements MergeRules {
	readonly rankCount: number;
	readonly #tokens: TokenTable;
	readonly #splits: MergeSplits;
	/**
	 * For each byte offset in the vocabulary, 1 + the rank of the merge whose two tokens meet there within their product;
	 * 0 if there is no such merge or its rank is not yet known. For groups whose ranks depend on left ids, the entry at
	 * the start of the product is 1 + the first rank of the group.
	 */
	readonly #ranks: Int32Array;
	/**
	 * For products whose ranks decrease by 1 with each byte of the left token, the rank that an empty left token would
	 * have; 0 for other products. `null` if ranks depend on left ids instead.
	 */
	readonly #bases: Int32Array | null;
	/** For each rank, the merge's index in the list of merges; `null` until first needed. */
	#displayRanks: Int32Array | null = null;
	/** 1 for each id whose token may cover bytes other than its own; `null` if there are none. */
	readonly #replacements: Uint8Array | null;

	/** @param replacements ids of tokens that may cover bytes other than their own; merges must not join them */
	constructor(tokens: TokenTable, splits: MergeSplits, replacements: readonly number[]) {
		const { boundaries, groups, order } = splits;
		const { bytes, ends } = tokens.vocabulary;
		this.#tokens = tokens;
		this.#splits = splits;
		this.#replacements = replacements.length > 0 ? new Uint8Array(tokens.size) : null;
		for (const id of replacements) if (this.#replacements) this.#replacements[id] = 1;
		const ranks = (this.#ranks = new Int32Array(bytes.length));
		for (let rank = 0; rank < boundaries.length; rank++) ranks[boundaries[rank]] = rank + 1;
		// Merges that never apply have a boundary of 0, so the loop has written their ranks to `ranks[0]`.
		ranks[0] = 0;
		const bases = (this.#bases = order === 'left-id' ? null : new Int32Array(tokens.size));
		let next = boundaries.length;
		for (let group = 0; group < groups.length; group++) {
			const product = groups[group];
			const start = product === 0 ? 0 : ends[product - 1];
			const length = ends[product] - start;
			if (length < 2) continue;
			if (bases === null) ranks[start] = next + 1;
			else bases[product] = next + length - 1;
			next += length - 1;
		}
		this.rankCount = next;
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

	minRankOf(id: number): number {
		const [start, end] = [this.#tokens.startOf(id), this.#tokens.endOf(id)];
		const base = this.#bases?.[id] ?? 0;
		if (base > 0) return base - (end - start) + 1;
		let least = this.rankCount;
		for (let at = start; at < end; at++) {
			const rank = this.#ranks[at];
			if (rank > 0 && rank <= least) least = rank - 1;
		}
		return least;
	}

	displayRank(rank: number): number {
		const { products, groups } = this.#splits;
		if (rank < products.length) return rank;
		if (!this.#displayRanks) {
			this.#displayRanks = new Int32Array(this.rankCount);
			let listed = products.length;
			for (const product of groups)
				for (const { leftLength } of splitsOf(product, this.#tokens, this.#splits))
					this.#displayRanks[this.#rankIn(product, leftLength)] = listed++;
		}
		return this.#displayRanks[rank];
	}

	productOrder(): ProductOrder | null {
		const { boundaries, products, groups } = this.#splits;
		if (this.#replacements) return null;
		const order = new Int32Array(boundaries.length + groups.length);
		const leftLengths = new Uint8Array(order.length);
		const isKnown = new Uint8Array(this.#tokens.size);
		let count = 0;
		for (let rank = 0; rank < boundaries.length; rank++) {
			if (boundaries[rank] === 0) continue;
			const product = products[rank];
			const leftLength = boundaries[rank] - this.#tokens.startOf(product);
			if (isKnown[product] || leftLength > 0xff) return null;
			isKnown[product] = 1;
			leftLengths[count] = leftLength;
			order[count++] = product;
		}
		for (const product of groups) {
			if (isKnown[product]) return null;
			isKnown[product] = 1;
			order[count++] = product;
		}
		return {
			products: order.subarray(0, count),
			leftLengths: leftLengths.subarray(0, count)
		};
	}

	/** Rank of the merge of the first `leftLength` bytes of a product with the rest. */
	#rankIn(product: number, leftLength: number): number {
		const base = this.#bases === null ? 0 : this.#bases[product];
		if (base > 0) return base - leftLength;
		const start = this.#tokens.startOf(product);
		const rank = this.#ranks[start + leftLength];
		if (rank > 0 || this.#ranks[start] === 0) return rank - 1;
		this.#orderByLeft(product);
		return this.#ranks[start + leftLength] - 1;
	}

	/** Computes the ranks of a group that is ordered by the ids of the left tokens. */
	#orderByLeft(product: number): void {
		const tokens = this.#tokens;
		const ranks = this.#ranks;
		const start = tokens.startOf(product);
		/** Pairs of values for each left token found so far: its id and the index of its rank. */
		const lefts: number[] = [];
		for (let at = start + 1; at < tokens.endOf(product); at++) {
			// Need not check that the rest of the product is a token: if it isn't, this rank is never looked up.
			const left = tokens.idOf(tokens.source, start, at);
			if (left < 0) continue;
			// Left tokens with a lower id come before this one, and those with a higher id move up by one.
			let rank = ranks[start];
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
 * Converts pairs to splits of their products. A pair never applies if looking up the bytes of either token returns a
 * different id.
 * @returns `null` if an id or a product is not in the vocabulary
 */
export function splitsOfPairs(
	tokens: TokenTable,
	pairs: Uint32Array,
	betweenBytes: boolean
): MergeSplits | null {
	const { vocabulary, size, source } = tokens;
	const products = new Int32Array(pairs.length >> 1);
	const boundaries = new Int32Array(products.length);
	const isFound = (id: number) => tokens.idOf(source, tokens.startOf(id), tokens.endOf(id)) === id;
	for (let rank = 0; rank < products.length; rank++) {
		const [left, right] = [pairs[2 * rank], pairs[2 * rank + 1]];
		if (left >= size || right >= size) return null;
		products[rank] = tokens.idOf(...joined(tokens, left, right));
		if (products[rank] < 0) return null;
		if (isFound(left) && isFound(right))
			boundaries[rank] = tokens.startOf(products[rank]) + tokens.endOf(left) - tokens.startOf(left);
	}
	const groups = new Int32Array(0);
	return { vocabulary, betweenBytes, products, boundaries, groups, order: 'left-id' };
}

/** @param replacements ids of tokens that may cover bytes other than their own; `null` if a merge joins one of them */
export function createRules(
	{ merges, byte_level }: BpeModelSpec,
	tokens: TokenTable,
	affixes: Affixes | null,
	isGapless: boolean,
	replacements: readonly number[] | null
): MergeRules {
	if (!merges) return new RankRules(tokens);
	if (!affixes && isGapless && replacements) {
		const splits = splitsIn(merges, tokens) ?? splitsOfPairs(tokens, merges.pairs, byte_level);
		if (splits) return new SplitRules(tokens, splits, replacements);
	}
	return new PairRules(tokens, merges.pairs, affixes?.prefix.length);
}
