import { tokenAt, vocabularySize, type BpeModelSpec, type Vocabulary } from '../engine';
import { mergesOf } from './edits/listed-merges';
import type { MergesFindings } from './types';
import { NO_TOKEN } from './vocabulary';

/**
 * Compares what merges and in which order, by what is joined, whatever its ids are. Where both sides
 * list no merges, the order of their tokens is that of the merges, and tokens are compared: each has
 * exactly one merge, which follows from those before it.
 * @param idInA by id of B the same token's id in A, or {@link NO_TOKEN}
 */
export function compareMerges(a: BpeModelSpec, b: BpeModelSpec, idInA: Int32Array): MergesFindings {
	const implied = !a.merges && !b.merges ? 'both' : !a.merges ? 'a' : !b.merges ? 'b' : 'none';
	if (implied === 'both') {
		return { implied, ...compareOrders(productsOf(a), productsOf(b), idInA) };
	}
	const ids = withSpecialTokens(a.vocabulary, b.vocabulary, idInA);
	return {
		implied,
		...comparePairs(withoutShadowed(mergesOf(a)), withoutShadowed(mergesOf(b)), ids)
	};
}

/** Another character for every byte. */
const LATIN1 = new TextDecoder('latin1');

/** The same for special tokens, which may be parts of merges too: those spelled alike are the same. */
function withSpecialTokens(a: Vocabulary, b: Vocabulary, idInA: Int32Array): Int32Array {
	const matched = new Uint8Array(vocabularySize(a));
	for (const id of idInA) if (id !== NO_TOKEN) matched[id] = 1;
	const spelled = new Map<string, number>();
	for (let id = 0; id < matched.length; id++) {
		if (matched[id] === 0) spelled.set(LATIN1.decode(tokenAt(a, id)), id);
	}
	return idInA.map((id, own) => {
		if (id !== NO_TOKEN || own >= vocabularySize(b)) return id;
		const bytes = tokenAt(b, own);
		return bytes.length === 0 ? id : (spelled.get(LATIN1.decode(bytes)) ?? id);
	});
}

/** Of equal pairs the last counts, as in Hugging Face; those before it merge nothing. */
function withoutShadowed(pairs: Uint32Array): Uint32Array {
	const ranks = new PairRanks(pairs);
	return pairs.filter((_, at) => {
		const rank = at >> 1;
		return ranks.get(pairs[2 * rank], pairs[2 * rank + 1]) === rank;
	});
}

/** Ids of the tokens that some merge makes, in order. */
function productsOf({ vocabulary: { ends } }: BpeModelSpec): Uint32Array {
	const products: number[] = [];
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] - start > 1) products.push(id);
	}
	return Uint32Array.from(products);
}

type Order = Omit<MergesFindings, 'implied'>;

function compareOrders(a: Uint32Array, b: Uint32Array, idInA: Int32Array): Order {
	const rankInA = new Map<number, number>();
	a.forEach((id, rank) => rankInA.set(id, rank));
	return orderOf(a.length, b.length, (rank) => rankInA.get(idInA[b[rank]]) ?? -1);
}

function comparePairs(a: Uint32Array, b: Uint32Array, idInA: Int32Array): Order {
	const ranks = new PairRanks(a);
	return orderOf(a.length / 2, b.length / 2, (rank) => {
		const left = idInA[b[2 * rank]];
		const right = idInA[b[2 * rank + 1]];
		return left === NO_TOKEN || right === NO_TOKEN ? -1 : ranks.get(left, right);
	});
}

/** @param rankInA the rank in A of the merge of a rank in B, or -1 */
function orderOf(sizeA: number, sizeB: number, rankInA: (rank: number) => number): Order {
	const inOrderOfB = new Int32Array(sizeB);
	const shared = new Uint8Array(sizeA);
	let count = 0;
	for (let rank = 0; rank < sizeB; rank++) {
		const other = rankInA(rank);
		if (other < 0 || shared[other]) continue;
		shared[other] = 1;
		inOrderOfB[count++] = other;
	}
	let firstReordered: number | null = null;
	for (let rank = 0, next = 0; rank < sizeA && firstReordered === null; rank++) {
		if (shared[rank] && inOrderOfB[next++] !== rank) firstReordered = rank;
	}
	return { sizeA, sizeB, added: sizeB - count, removed: sizeA - count, firstReordered };
}

/** Ranks of pairs of ids; of equal pairs the last counts, as in Hugging Face. */
class PairRanks {
	readonly #pairs: Uint32Array;
	/** Rank + 1; 0 is free. */
	readonly #slots: Int32Array;

	constructor(pairs: Uint32Array) {
		this.#pairs = pairs;
		let slots = 16;
		while (slots < pairs.length) slots *= 2;
		this.#slots = new Int32Array(slots);
		for (let rank = 0; 2 * rank < pairs.length; rank++) {
			this.#slots[this.#find(pairs[2 * rank], pairs[2 * rank + 1])] = rank + 1;
		}
	}

	get(left: number, right: number): number {
		return this.#slots[this.#find(left, right)] - 1;
	}

	#find(left: number, right: number): number {
		const slots = this.#slots;
		const pairs = this.#pairs;
		let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca77);
		hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae3d);
		for (let slot = hash >>> 1; ; slot++) {
			slot &= slots.length - 1;
			const rank = slots[slot] - 1;
			if (rank < 0 || (pairs[2 * rank] === left && pairs[2 * rank + 1] === right)) return slot;
		}
	}
}
