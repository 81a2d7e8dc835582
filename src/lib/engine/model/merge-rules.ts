import { ByteSource, ByteTable } from '../structures/byte-table';
import type { TokenTable } from '../structures/token-table';

/** The merges of a model: which adjacent tokens merge, in what order, and into which token. */
export interface MergeRules {
	/** Ranks range from 0 to rankCount - 1, and lower ranks go first. */
	readonly rankCount: number;
	/**
	 * Rank of the merge of two adjacent tokens, which cover `source[start, middle)` and `source[middle, end)`; -1 if they
	 * do not merge.
	 */
	rankOf(
		left: number,
		right: number,
		source: ByteSource,
		start: number,
		middle: number,
		end: number
	): number;
	/** Id of the token that the merge of this rank produces from `source[start, end)`. */
	productOf(rank: number, source: ByteSource, start: number, end: number): number;
	/** A lower bound on the ranks of the merges that produce a token; 0 if no bound is known. */
	minRankOf(id: number): number;
	/** The rank that users see: index in the list of merges, or tiktoken's rank. */
	displayRank(rank: number): number;
	/** Order of the products; `null` if the products alone don't determine the order of merges. */
	productOrder(): ProductOrder | null;
}

/**
 * An order of merges, determined by the tokens they produce. If two pairs have the same product, the leftmost goes first.
 * The merges need no other order, because both pairs consist of the same two tokens: no merge has crossed the ends of
 * either pair, so the same merges were applied inside both.
 */
export interface ProductOrder {
	/** Ids of the products, in the order in which their merges are applied. */
	readonly products: Int32Array;
	/**
	 * Byte length of the left token, for each product that only one merge produces; 0 if every way to split the product
	 * into two tokens is a merge.
	 */
	readonly leftLengths: Uint8Array;
}

/** tiktoken's rules: adjacent tokens merge if their joined bytes are a token, whose id is the rank. */
export class RankRules implements MergeRules {
	readonly rankCount: number;

	constructor(private readonly tokens: TokenTable) {
		this.rankCount = tokens.size;
	}

	rankOf(
		_left: number,
		_right: number,
		source: ByteSource,
		start: number,
		_middle: number,
		end: number
	): number {
		return this.tokens.idOf(source, start, end);
	}

	productOf(rank: number): number {
		return rank;
	}

	minRankOf(id: number): number {
		return id;
	}

	displayRank(rank: number): number {
		return rank;
	}

	productOrder(): ProductOrder {
		const products = Int32Array.from({ length: this.rankCount }, (_, id) => id);
		return { products, leftLengths: new Uint8Array(this.rankCount) };
	}
}

/**
 * Hugging Face's rules: a list of pairs that merge, in order of rank. Needed if joined bytes don't determine the
 * product: with affixes, characters dropped between symbols, or products that are not in the vocabulary.
 */
export class PairRules implements MergeRules {
	readonly rankCount: number;
	/** Rank + 1 by pair of ids. A key consists of two ids of four bytes each. */
	readonly #ranks: ByteTable;
	readonly #pair = new Uint32Array(2);
	readonly #pairBytes = new ByteSource(new Uint8Array(this.#pair.buffer));
	/** Product id + 1 by rank; 0 until the merge is first applied, because looking up all products would slow loading. */
	readonly #products: Uint32Array;

	/**
	 * @param merges pairs of ids in order of rank; if a pair occurs more than once, the last one wins, as in Hugging
	 * Face's library
	 * @param prefixLength byte length of the prefix of right tokens, which products omit
	 * @throws Error for an id that is not in the vocabulary
	 */
	constructor(
		private readonly tokens: TokenTable,
		private readonly merges: Uint32Array,
		private readonly prefixLength = 0
	) {
		if (merges.length % 2 !== 0) {
			throw new Error(`merges: got ${merges.length} ids, expected two for each merge`);
		}
		this.rankCount = merges.length >> 1;
		this.#products = new Uint32Array(this.rankCount);
		const { buffer, byteOffset, byteLength } = merges;
		const source = new ByteSource(new Uint8Array(buffer, byteOffset, byteLength));
		this.#ranks = new ByteTable(source, this.rankCount);
		for (let rank = this.rankCount - 1; rank >= 0; rank--) {
			const [left, right] = [merges[2 * rank], merges[2 * rank + 1]];
			if (left >= tokens.size || right >= tokens.size) {
				throw new Error(
					`merge ${rank}: got tokens ${left} and ${right}, expected ids from 0 to ${tokens.size - 1}`
				);
			}
			if (this.rankOf(left, right) < 0) this.#ranks.add(source, 8 * rank, 8, rank + 1);
		}
	}

	rankOf(left: number, right: number): number {
		this.#pair[0] = left;
		this.#pair[1] = right;
		return this.#ranks.get(this.#pairBytes, 0, 8) - 1;
	}

	/** @throws Error if the product is not in the vocabulary */
	productOf(rank: number): number {
		const known = this.#products[rank];
		if (known) return known - 1;
		const { tokens, merges } = this;
		const [left, right] = [merges[2 * rank], merges[2 * rank + 1]];
		const id = tokens.idOf(...joined(tokens, left, right, this.prefixLength));
		if (id < 0) {
			throw new Error(
				`merge ${rank} (tokens ${left} and ${right}) makes a token that isn't in the vocabulary: ` +
					`expected every product of a merge in it`
			);
		}
		this.#products[rank] = id + 1;
		return id;
	}

	minRankOf(): number {
		return 0;
	}

	displayRank(rank: number): number {
		return rank;
	}

	productOrder(): null {
		return null;
	}
}

let pairSource = new ByteSource(new Uint8Array(1 << 8));

/**
 * Joins the bytes of two tokens, omitting the prefix of the second. Returns arguments for {@link TokenTable.idOf},
 * valid until the next call.
 */
export function joined(
	tokens: TokenTable,
	left: number,
	right: number,
	prefixLength = 0
): [ByteSource, number, number] {
	const { bytes } = tokens.source;
	const [leftEnd, rightEnd] = [tokens.endOf(left), tokens.endOf(right)];
	const most = leftEnd - tokens.startOf(left) + rightEnd - tokens.startOf(right);
	if (most > pairSource.bytes.length) pairSource = new ByteSource(new Uint8Array(2 * most));
	let length = 0;
	for (let at = tokens.startOf(left); at < leftEnd; at++) pairSource.bytes[length++] = bytes[at];
	for (let at = tokens.startOf(right) + prefixLength; at < rightEnd; at++)
		pairSource.bytes[length++] = bytes[at];
	return [pairSource, 0, length];
}
