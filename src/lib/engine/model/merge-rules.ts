import { ByteSource } from '../structures/byte-table';
import { hashWords } from '../structures/hash';
import type { TokenTable } from '../structures/token-table';

/** The merges of a model: which adjacent tokens merge, in what order, and into which token. */
export interface MergeRules {
	/** Ranks are 0 to rankCount - 1; lower ranks go first. */
	readonly rankCount: number;
	/**
	 * Rank of the merge of the adjacent tokens `left` and `right`, which cover `source[start, middle)` and
	 * `source[middle, end)`; -1 if they do not merge.
	 */
	rankOf(
		left: number,
		right: number,
		source: ByteSource,
		start: number,
		middle: number,
		end: number
	): number;
	/** Id of the token that the merge of this rank makes of `source[start, end)`. */
	productOf(rank: number, source: ByteSource, start: number, end: number): number;
	/** A lower bound for the ranks of the merges that make a token; 0 if it is not known. */
	leastRankOf(id: number): number;
	/** Rank as people see it: place in the list of merges, from 0, or tiktoken's rank. */
	listedRank(rank: number): number;
}

/** tiktoken's rules: adjacent tokens merge if their joined bytes are a token, and its id is the rank. */
export class RankRules implements MergeRules {
	readonly rankCount: number;
	readonly #tokens: TokenTable;

	constructor(tokens: TokenTable) {
		this.#tokens = tokens;
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
		return this.#tokens.idOf(source, start, end);
	}

	productOf(rank: number): number {
		return rank;
	}

	leastRankOf(id: number): number {
		return id;
	}

	listedRank(rank: number): number {
		return rank;
	}
}

/** Numbers per slot: left id, right id, rank + 1 (0 if free). */
const STRIDE = 3;

/**
 * Hugging Face's rules: a list of the pairs that merge, whose order is the rank. Needed where the joined bytes do not say
 * the product: with affixes, dropped characters between symbols, or products that the vocabulary lacks.
 */
export class PairRules implements MergeRules {
	readonly rankCount: number;
	readonly #tokens: TokenTable;
	readonly #merges: Uint32Array;
	readonly #slots: Int32Array;
	readonly #slotMask: number;
	/** Id + 1 by rank; 0 until the merge is first made, so that loading needs no lookups. */
	readonly #products: Uint32Array;

	/** Bytes that a right token begins with and its product does not repeat. */
	readonly #prefixLength: number;

	/**
	 * @param merges pairs of ids in order of rank; of equal pairs the last one wins, as in Hugging Face
	 * @throws Error for an id that is not in the vocabulary
	 */
	constructor(tokens: TokenTable, merges: Uint32Array, prefixLength = 0) {
		if (merges.length % 2 !== 0) {
			throw new Error(`merges: got ${merges.length} ids, expected two for each merge`);
		}
		this.#tokens = tokens;
		this.#merges = merges;
		this.#prefixLength = prefixLength;
		this.rankCount = merges.length >> 1;
		this.#products = new Uint32Array(this.rankCount);
		let slots = 16;
		while (slots < this.rankCount * 1.8) slots *= 2;
		this.#slots = new Int32Array(slots * STRIDE);
		this.#slotMask = slots - 1;
		for (let rank = 0; rank < this.rankCount; rank++) {
			const left = merges[2 * rank];
			const right = merges[2 * rank + 1];
			if (left >= tokens.size || right >= tokens.size) {
				throw new Error(
					`merge ${rank}: got tokens ${left} and ${right}, expected ids from 0 to ${tokens.size - 1}`
				);
			}
			const slot = this.#find(left, right);
			this.#slots[slot] = left;
			this.#slots[slot + 1] = right;
			this.#slots[slot + 2] = rank + 1;
		}
	}

	rankOf(left: number, right: number): number {
		return this.#slots[this.#find(left, right) + 2] - 1;
	}

	/** @throws Error if the product is not in the vocabulary */
	productOf(rank: number): number {
		const known = this.#products[rank];
		if (known) return known - 1;
		const tokens = this.#tokens;
		const merges = this.#merges;
		const [left, right] = [merges[2 * rank], merges[2 * rank + 1]];
		const id = tokens.idOf(...joined(tokens, left, right, this.#prefixLength));
		if (id < 0) {
			throw new Error(
				`merge ${rank} (tokens ${left} and ${right}) makes a token that is not in the vocabulary: ` +
					`expected every product of a merge in it`
			);
		}
		this.#products[rank] = id + 1;
		return id;
	}

	leastRankOf(): number {
		return 0;
	}

	listedRank(rank: number): number {
		return rank;
	}

	/** Index of the slot of a pair, or of the free slot for it. */
	#find(left: number, right: number): number {
		const slots = this.#slots;
		const slotMask = this.#slotMask;
		let at = hashWords(left, right) & slotMask;
		for (;;) {
			const slot = at * STRIDE;
			if (slots[slot + 2] === 0 || (slots[slot] === left && slots[slot + 1] === right)) return slot;
			at = (at + 1) & slotMask;
		}
	}
}

/** Bytes that {@link joined} returns. */
let pairSource = new ByteSource(new Uint8Array(1 << 8));

/** The bytes of two tokens, the second without a prefix, as arguments of {@link TokenTable.idOf} until the next call. */
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
