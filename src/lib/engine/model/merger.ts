import type { ByteSource } from '../structures/byte-table';
import { RankQueue } from '../structures/rank-queue';
import type { MergeRules } from './merge-rules';
import type { Symbols } from './symbols';

/** Called for every merge. `position` is the offset of the left token in the source. */
export type MergeListener = (
	rank: number,
	left: number,
	right: number,
	product: number,
	position: number
) => void;

/** Above this number of symbols, a queue is faster than scanning all ranks before each merge. */
const MAX_SCANNED_SYMBOLS = 64;
/** Above this number of symbols, working memory is released after use. */
const MAX_CACHED_SYMBOLS = 1 << 16;
/** Exceeds any rank. */
const NEVER = 0x7fffffff;

/** Merges symbols until no two adjacent symbols can merge: lowest rank first and, among equal ranks, leftmost first. */
export class Merger {
	readonly #shortRanks = new Int32Array(MAX_SCANNED_SYMBOLS);
	#queue: RankQueue | null = null;
	/** Rank of the merge of each symbol with the next one; -1 if they do not merge. The symbols form a linked list. */
	#ranks = new Int32Array(0);
	#previous = new Int32Array(0);
	#next = new Int32Array(0);

	constructor(private readonly rules: MergeRules) {}

	/** Merges symbols in place. @param start offset of the first symbol */
	merge(source: ByteSource, start: number, symbols: Symbols, listener: MergeListener | null): void {
		if (symbols.count <= MAX_SCANNED_SYMBOLS) this.#mergeShort(source, start, symbols, listener);
		else this.#mergeLong(source, start, symbols, listener);
	}

	/** Takes O(n²) time with a small constant factor. */
	#mergeShort(
		source: ByteSource,
		start: number,
		symbols: Symbols,
		listener: MergeListener | null
	): void {
		const { rules } = this;
		const ranks = this.#shortRanks;
		const { ids, ends } = symbols;
		let count = symbols.count;
		for (let i = 0; i + 1 < count; i++) {
			const from = i === 0 ? start : ends[i - 1];
			const rank = rules.rankOf(ids[i], ids[i + 1], source, from, ends[i], ends[i + 1]);
			ranks[i] = rank < 0 ? NEVER : rank;
		}
		while (count > 1) {
			let best = NEVER;
			let at = 0;
			for (let i = 0; i + 1 < count; i++) {
				if (ranks[i] < best) {
					best = ranks[i];
					at = i;
				}
			}
			if (best === NEVER) break;
			const from = at === 0 ? start : ends[at - 1];
			const product = rules.productOf(best, source, from, ends[at + 1]);
			if (listener) listener(best, ids[at], ids[at + 1], product, from);
			ids[at] = product;
			ends[at] = ends[at + 1];
			count--;
			for (let i = at + 1; i < count; i++) {
				ids[i] = ids[i + 1];
				ends[i] = ends[i + 1];
				ranks[i - 1] = ranks[i];
			}
			if (at + 1 < count) {
				const rank = rules.rankOf(product, ids[at + 1], source, from, ends[at], ends[at + 1]);
				ranks[at] = rank < 0 ? NEVER : rank;
			}
			if (at > 0) {
				const before = at === 1 ? start : ends[at - 2];
				const rank = rules.rankOf(ids[at - 1], product, source, before, from, ends[at]);
				ranks[at - 1] = rank < 0 ? NEVER : rank;
			}
		}
		symbols.count = count;
	}

	/** Takes O(n log n) time, and O(n) for a run of equal pairs. */
	#mergeLong(
		source: ByteSource,
		start: number,
		symbols: Symbols,
		listener: MergeListener | null
	): void {
		const { rules } = this;
		const { ids, ends, count } = symbols;
		const queue = (this.#queue ??= new RankQueue(rules.rankCount));
		// There is one push per initial pair and at most two per merge.
		queue.reset(3 * count);
		if (this.#ranks.length < count) {
			this.#ranks = new Int32Array(count);
			this.#previous = new Int32Array(count);
			this.#next = new Int32Array(count);
		}
		const ranks = this.#ranks;
		const previous = this.#previous;
		const next = this.#next;
		const startOf = (symbol: number) => (previous[symbol] < 0 ? start : ends[previous[symbol]]);

		for (let i = 0; i < count; i++) {
			previous[i] = i - 1;
			next[i] = i + 1 < count ? i + 1 : -1;
			ranks[i] =
				i + 1 < count
					? rules.rankOf(ids[i], ids[i + 1], source, startOf(i), ends[i], ends[i + 1])
					: -1;
			if (ranks[i] >= 0) queue.push(ranks[i], i);
		}
		while (queue.pop()) {
			const { rank, position: at } = queue;
			// The pair may have changed since it was pushed.
			if (ranks[at] !== rank) continue;
			const right = next[at];
			const from = startOf(at);
			const product = rules.productOf(rank, source, from, ends[right]);
			if (listener) listener(rank, ids[at], ids[right], product, from);
			ids[at] = product;
			ends[at] = ends[right];
			ranks[right] = -1;
			const after = (next[at] = next[right]);
			ranks[at] = -1;
			if (after >= 0) {
				previous[after] = at;
				ranks[at] = rules.rankOf(product, ids[after], source, from, ends[at], ends[after]);
				if (ranks[at] >= 0) queue.push(ranks[at], at);
			}
			const before = previous[at];
			if (before >= 0) {
				ranks[before] = rules.rankOf(ids[before], product, source, startOf(before), from, ends[at]);
				if (ranks[before] >= 0) queue.push(ranks[before], before);
			}
		}
		let left = 0;
		for (let i = 0; i >= 0; i = next[i]) {
			ids[left] = ids[i];
			ends[left++] = ends[i];
		}
		symbols.count = left;
		if (count > MAX_CACHED_SYMBOLS) {
			queue.release();
			this.#ranks = this.#previous = this.#next = new Int32Array(0);
		}
	}
}
