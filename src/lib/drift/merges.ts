import { vocabularySize, type BpeModelSpec, type MergeList, type TokenizerSpec } from '../engine';
import { tokenTableOf, type TokenTable } from '../engine/stages';
import { longTokens, mergesOf } from './edits/table-edits';
import { PairIndex } from './pair-index';
import { repeatsNone, splitFinder } from './merges-as-splits';
import { namedTokens } from './token-texts';
import type { MergesFindings } from './types';
import { NO_TOKEN } from './vocabulary';
import { memoize } from './calls';

/** A merge that one side lacks or ranks differently, and its competitors. */
export interface ChangedMerge {
	/** The side whose ids `left`, `right` and `competitors` contain. */
	readonly side: 'a' | 'b';
	readonly left: number;
	readonly right: number;
	/** Tokens that other merges join to the start of the left token (`before`) or the end of the right one (`after`). */
	readonly competitors: readonly { readonly side: 'before' | 'after'; readonly id: number }[];
}

/**
 * Compares merges and their order by the tokens that they join, not by ids. If neither side lists merges, compares
 * tokens instead, because each token then has exactly one merge, determined by the tokens before it, and merges are in
 * the order of the tokens.
 * @param idInA for each id of B, the same token's id in A, or {@link NO_TOKEN}
 */
export function compareMerges(
	specA: TokenizerSpec,
	specB: TokenizerSpec,
	idInA: Int32Array
): { readonly findings: MergesFindings; readonly changes: () => readonly ChangedMerge[] } {
	const [a, b] = [specA.model, specB.model];
	const ids = withNamedTokens(specA, specB, idInA);
	if (!a.merges && !b.merges) {
		const { order } = compareOrders(longTokens(a.vocabulary), longTokens(b.vocabulary), ids);
		return { findings: order, changes: () => [] };
	}
	if (a === b) {
		const size =
			a.merges && repeatsNone(a.merges) ? a.merges.count : unshadowedMerges(a).length / 2;
		const order = { sizeA: size, sizeB: size, added: 0, removed: 0, firstReordered: null };
		return { findings: order, changes: () => [] };
	}
	let lists: ComparedLists | undefined;
	const compareLists = () =>
		(lists ??= comparePairs(unshadowedMerges(a), unshadowedMerges(b), ids));
	const order = compareInPlace(a, b, ids) ?? compareLists().order;
	return { findings: order, changes: () => changedMerges(order, compareLists()) };
}

/** Maximum number of changed merges to examine per side. */
const MAX_CHANGED = 20_000;
const MAX_COMPETITORS = 24;

function changedMerges(
	{ added, removed, firstReordered }: MergesFindings,
	{ pairsA, pairsB, ranksInA }: ComparedLists
): ChangedMerge[] {
	if (added === 0 && removed === 0 && firstReordered === null) return [];
	const shared = new Uint8Array(pairsA.length / 2);
	for (const rank of ranksInA) if (rank >= 0) shared[rank] = 1;
	const removedRanks = ranksWhere(shared.length, (rank) => shared[rank] === 0);
	const addedRanks = ranksWhere(ranksInA.length, (rank) => ranksInA[rank] < 0);
	const moved = firstReordered === null ? [] : movedMerges(ranksInA);
	// A merge that the other side lacks counts as reordered relative to every merge after it.
	const alone = (rank: number): Contest => ({ rank, first: rank, last: Infinity });
	const ofA = [...moved, ...removedRanks.map(alone)].slice(0, MAX_CHANGED);
	const ofB = addedRanks.slice(0, MAX_CHANGED).map(alone);
	return [...withCompetitors('a', pairsA, ofA), ...withCompetitors('b', pairsB, ofB)];
}

function ranksWhere(size: number, isWanted: (rank: number) => boolean): number[] {
	const ranks: number[] = [];
	for (let rank = 0; rank < size; rank++) if (isWanted(rank)) ranks.push(rank);
	return ranks;
}

/** A merge, and the range of its competitors' ranks. */
interface Contest {
	readonly rank: number;
	readonly first: number;
	readonly last: number;
}

/**
 * The smallest set of merges whose removal leaves the other merges in order: all merges outside a longest increasing
 * subsequence. Each merge in this set is reordered relative to the merges between its two ranks.
 */
function movedMerges(ranksInA: Int32Array): Contest[] {
	/**
	 * For each length, the rank in B of a merge that ends an increasing subsequence of that length. Among all such
	 * merges, this one has the lowest rank in A.
	 */
	const ends: number[] = [];
	const before = new Int32Array(ranksInA.length).fill(-1);
	for (let rankB = 0; rankB < ranksInA.length; rankB++) {
		const rank = ranksInA[rankB];
		if (rank < 0) continue;
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (ranksInA[ends[middle]] < rank) low = middle + 1;
			else high = middle;
		}
		if (low > 0) before[rankB] = ends[low - 1];
		ends[low] = rankB;
	}
	const stays = new Uint8Array(ranksInA.length);
	for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]) stays[at] = 1;
	const moved: Contest[] = [];
	ranksInA.forEach((rank, rankB) => {
		if (rank < 0 || stays[rankB] === 1) return;
		moved.push({ rank, first: Math.min(rank, rankB), last: Math.max(rank, rankB) });
	});
	return moved;
}

function withCompetitors(
	side: 'a' | 'b',
	pairs: Uint32Array,
	contests: readonly Contest[]
): ChangedMerge[] {
	/** For each token, the ranks of the merges that have it as their left or right token. */
	const asLeft = new Map<number, number[]>();
	const asRight = new Map<number, number[]>();
	for (const { rank } of contests) {
		asLeft.set(pairs[2 * rank + 1], []);
		asRight.set(pairs[2 * rank], []);
	}
	for (let at = 0; at < pairs.length; at += 2) {
		asLeft.get(pairs[at])?.push(at / 2);
		asRight.get(pairs[at + 1])?.push(at / 2);
	}
	return contests.map(({ rank, first, last }) => {
		const [left, right] = [pairs[2 * rank], pairs[2 * rank + 1]];
		const among = (ranks: readonly number[] | undefined) =>
			(ranks ?? []).filter((other) => other >= first && other <= last).slice(0, MAX_COMPETITORS);
		const competitors = [
			...among(asLeft.get(right)).map(
				(other) => ({ side: 'after', id: pairs[2 * other + 1] }) as const
			),
			...among(asRight.get(left)).map(
				(other) => ({ side: 'before', id: pairs[2 * other] }) as const
			)
		];
		return { side, left, right, competitors };
	});
}

/**
 * `idInA` extended to added and control tokens, which merges may also join. Tokens with the same spelling are treated
 * as the same token.
 */
function withNamedTokens(a: TokenizerSpec, b: TokenizerSpec, idInA: Int32Array): Int32Array {
	const [tokensA, tokensB] = [a, b].map(({ model }) => tokenTableOf(model.vocabulary));
	const isMatched = new Uint8Array(tokensA.size);
	for (const id of idInA) if (id !== NO_TOKEN) isMatched[id] = 1;
	const ids = idInA.slice();
	const match = (inA: number, inB: number) => {
		if (isMatched[inA] === 0 && ids[inB] === NO_TOKEN) ids[inB] = inA;
	};
	for (const id of namedTokens(b).keys()) match(sameToken(tokensB, id, tokensA), id);
	for (const id of namedTokens(a).keys()) match(id, sameToken(tokensA, id, tokensB));
	return ids;
}

/** Id in `others` of the token with the same bytes; {@link NO_TOKEN} if there is none. */
const sameToken = (tokens: TokenTable, id: number, others: TokenTable): number =>
	id < tokens.size ? others.idOf(tokens.source, tokens.startOf(id), tokens.endOf(id)) : NO_TOKEN;

const unshadowedMerges = (model: BpeModelSpec): Uint32Array =>
	model.merges ? withoutShadowed(model.merges) : mergesOf(model);

/** The merges, except those overridden by an equal pair later in the list. */
export function withoutShadowed(merges: MergeList): Uint32Array {
	const { pairs } = merges;
	if (repeatsNone(merges)) return pairs;
	const rankOf = rankFinder(pairs);
	const isLast = (rank: number) => rankOf(pairs[2 * rank], pairs[2 * rank + 1]) === rank;
	for (let rank = 0; 2 * rank < pairs.length; rank++) {
		if (!isLast(rank)) return pairs.filter((_, at) => isLast(at >> 1));
	}
	return pairs;
}

/**
 * Finds the rank of a pair of ids; -1 for a pair that isn't merged. If a pair is listed more than once, its last rank
 * counts, as in Hugging Face's library. Memoised, because tokenizers that differ in other fields share the list of
 * merges.
 */
const rankFinder = memoize((pairs: Uint32Array): ((left: number, right: number) => number) => {
	const index = new PairIndex();
	const ranks = new Int32Array(pairs.length / 2);
	for (let rank = 0; rank < ranks.length; rank++) {
		ranks[index.add(pairs[2 * rank], pairs[2 * rank + 1])] = rank;
	}
	return (left, right) => ranks[index.find(left, right)] ?? -1;
});

/**
 * If one side's merges are stored as splits of their products, compares these splits with the other side's pairs,
 * because deriving pairs from the splits takes longer than the rest of the comparison. Returns `null` if both sides
 * must be compared as lists of pairs.
 */
function compareInPlace(
	a: BpeModelSpec,
	b: BpeModelSpec,
	idInA: Int32Array
): MergesFindings | null {
	const inB = splitFinder(b.merges);
	const there = inB ?? splitFinder(a.merges);
	const idThere = inB ? inverse(idInA, vocabularySize(a.vocabulary)) : idInA;
	if (!there || !idThere) return null;
	const pairs = unshadowedMerges(inB ? a : b);
	const size = pairs.length / 2;
	/**
	 * Merges that both sides have, in order of rank: their ranks on this side, and their positions on the other side.
	 */
	const ranks = new Int32Array(size);
	const places = new Float64Array(size);
	let shared = 0;
	for (let rank = 0; rank < size; rank++) {
		const left = idThere[pairs[2 * rank]];
		const right = idThere[pairs[2 * rank + 1]];
		if (left === NO_TOKEN || right === NO_TOKEN) continue;
		const place = there.placeOf(left, right);
		if (place < 0) continue;
		ranks[shared] = rank;
		places[shared++] = place;
	}
	// The first merge that precedes some merge on this side but follows that merge on the other side.
	let reordered: { readonly here: number; readonly there: number } | null = null;
	for (let i = shared - 1, next = Infinity; i >= 0; i--) {
		if (places[i] > next) reordered = { here: ranks[i], there: next };
		else next = places[i];
	}
	return {
		...(inB ? { sizeA: size, sizeB: there.size } : { sizeA: there.size, sizeB: size }),
		added: (inB ? there.size : size) - shared,
		removed: (inB ? size : there.size) - shared,
		firstReordered: reordered && (inB ? reordered.here : there.rankAt(reordered.there))
	};
}

/** Inverts a mapping of ids; returns `null` if two ids map to the same id. */
function inverse(ids: Int32Array, size: number): Int32Array | null {
	const inverted = new Int32Array(size).fill(NO_TOKEN);
	for (let id = 0; id < ids.length; id++) {
		if (ids[id] === NO_TOKEN) continue;
		if (inverted[ids[id]] !== NO_TOKEN) return null;
		inverted[ids[id]] = id;
	}
	return inverted;
}

interface Compared {
	readonly order: MergesFindings;
	/** For each rank in B, the rank of the same merge in A, or -1. */
	readonly ranksInA: Int32Array;
}

function compareOrders(a: Uint32Array, b: Uint32Array, idInA: Int32Array): Compared {
	const rankInA = new Map<number, number>();
	a.forEach((id, rank) => rankInA.set(id, rank));
	return orderOf(a.length, b.length, (rank) => rankInA.get(idInA[b[rank]]) ?? -1);
}

interface ComparedLists extends Compared {
	readonly pairsA: Uint32Array;
	readonly pairsB: Uint32Array;
}

function comparePairs(pairsA: Uint32Array, pairsB: Uint32Array, idInA: Int32Array): ComparedLists {
	const rankOf = rankFinder(pairsA);
	const compared = orderOf(pairsA.length / 2, pairsB.length / 2, (rank) => {
		const left = idInA[pairsB[2 * rank]];
		const right = idInA[pairsB[2 * rank + 1]];
		return left === NO_TOKEN || right === NO_TOKEN ? -1 : rankOf(left, right);
	});
	return { pairsA, pairsB, ...compared };
}

/** @param rankInA returns the rank in A of the merge with the given rank in B; -1 if A lacks this merge */
function orderOf(sizeA: number, sizeB: number, rankInA: (rank: number) => number): Compared {
	const inOrderOfB = new Int32Array(sizeB);
	const shared = new Uint8Array(sizeA);
	const ranksInA = new Int32Array(sizeB).fill(-1);
	let count = 0;
	for (let rank = 0; rank < sizeB; rank++) {
		const other = rankInA(rank);
		if (other < 0 || shared[other]) continue;
		shared[other] = 1;
		ranksInA[rank] = other;
		inOrderOfB[count++] = other;
	}
	let firstReordered: number | null = null;
	for (let rank = 0, next = 0; rank < sizeA && firstReordered === null; rank++) {
		if (shared[rank] && inOrderOfB[next++] !== rank) firstReordered = rank;
	}
	const order = { sizeA, sizeB, added: sizeB - count, removed: sizeA - count, firstReordered };
	return { order, ranksInA };
}
