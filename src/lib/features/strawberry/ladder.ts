/** How a word came together under one tokenizer: from its first symbols to its tokens, merge by merge. */
import type { Encoding, MergeTrace } from '../../engine';

/** One merge. Offsets are bytes of the ladder's own text. */
export interface WordMerge {
	/** Smaller ranks merge first. */
	readonly rank: number;
	readonly left: number;
	readonly right: number;
	readonly product: number;
	readonly start: number;
	/** Where the two parts meet. */
	readonly joint: number;
	readonly end: number;
	/** Which pre-token it happens in, from 0: pre-tokens never merge with each other. */
	readonly piece: number;
}

/**
 * The merges of a text, its pre-tokens one after another, so that any step is read off without
 * tokenizing, forwards and backwards alike.
 */
export interface WordMerges {
	/** The text as the model sees it (`▁` for a space, normalized), pre-tokens back to back. */
	readonly bytes: Uint8Array;
	/** The symbols that merging starts from, in order. */
	readonly initial: Spans;
	/** Byte after each pre-token's last. */
	readonly pieceEnds: Uint32Array;
	/** Per pre-token: it is a token and was taken as it stands, because merging would not lead to it. */
	readonly whole: readonly boolean[];
	readonly rungs: readonly WordMerge[];
	/** By byte where a symbol begins: the step, counted from 1, that joins it to the one before; 0: none does. */
	readonly mergedAt: Uint32Array;
}

export type Spans = Pick<Encoding, 'ids' | 'byteStarts' | 'byteEnds'>;

/**
 * @param bytes UTF-8 of the text that the trace is of; added tokens are read from it
 */
export function wordMergesOf(bytes: Uint8Array, trace: MergeTrace): WordMerges {
	const parts: Uint8Array[] = [];
	const ids: number[] = [];
	const starts: number[] = [];
	const ends: number[] = [];
	const pieceEnds: number[] = [];
	const rungs: WordMerge[] = [];
	let base = 0;
	trace.forEach((part, piece) => {
		const own = part.kind === 'piece' ? part.bytes : bytes.subarray(part.byteStart, part.byteEnd);
		parts.push(own);
		if (part.kind === 'added') {
			ids.push(part.id);
			starts.push(base);
			ends.push(base + own.length);
		} else {
			/** By the byte of the piece where a symbol begins: where it ends. Merging never moves a beginning. */
			const endAt = new Map<number, number>();
			let at = 0;
			part.initialIds.forEach((id, i) => {
				const end = part.initialEnds[i];
				ids.push(id);
				starts.push(base + at);
				ends.push(base + end);
				endAt.set(at, end);
				at = end;
			});
			part.ranks.forEach((rank, i) => {
				const start = part.positions[i];
				const joint = endAt.get(start);
				const end = joint === undefined ? undefined : endAt.get(joint);
				if (joint === undefined || end === undefined)
					throw new Error(`merge ${i} of the trace joins symbols that are not there`);
				endAt.delete(joint);
				endAt.set(start, end);
				rungs.push({
					rank,
					left: part.lefts[i],
					right: part.rights[i],
					product: part.products[i],
					start: base + start,
					joint: base + joint,
					end: base + end,
					piece
				});
			});
		}
		base += own.length;
		pieceEnds.push(base);
	});
	const all = new Uint8Array(base);
	parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
	const mergedAt = new Uint32Array(base + 1);
	rungs.forEach(({ joint }, i) => (mergedAt[joint] = i + 1));
	return {
		bytes: all,
		initial: {
			ids: Uint32Array.from(ids),
			byteStarts: Uint32Array.from(starts),
			byteEnds: Uint32Array.from(ends)
		},
		pieceEnds: Uint32Array.from(pieceEnds),
		whole: trace.map((part) => part.kind === 'piece' && part.whole),
		rungs,
		mergedAt
	};
}

/** The tokens after `step` merges; past the last step those of the last. */
export function tokensAfter({ initial, rungs, mergedAt }: WordMerges, step: number): Spans {
	const done = Math.min(step, rungs.length);
	const products = new Map<number, number>();
	for (let i = 0; i < done; i++) products.set(rungs[i].start, rungs[i].product);
	const ids: number[] = [];
	const starts: number[] = [];
	const ends: number[] = [];
	initial.ids.forEach((id, i) => {
		const start = initial.byteStarts[i];
		const end = initial.byteEnds[i];
		const death = mergedAt[start];
		if (death > 0 && death <= done) {
			ends[ends.length - 1] = end;
			return;
		}
		ids.push(products.get(start) ?? id);
		starts.push(start);
		ends.push(end);
	});
	return {
		ids: Uint32Array.from(ids),
		byteStarts: Uint32Array.from(starts),
		byteEnds: Uint32Array.from(ends)
	};
}

/**
 * The last `count` tokens of a ladder's end, as a ladder of their own: what comes before them is left out,
 * because in the end no merge joins the two.
 * @param count at most as many as there are
 */
export function lastTokens(ladder: WordMerges, count: number): WordMerges {
	const { bytes, initial, pieceEnds, whole, rungs: all } = ladder;
	const { byteStarts } = tokensAfter(ladder, all.length);
	const from = count === 0 ? bytes.length : (byteStarts.at(-count) ?? 0);
	const moved = (offsets: Uint32Array) => offsets.map((byte) => byte - from);
	const first = initial.byteStarts.filter((start) => start < from).length;
	const piece = pieceEnds.filter((end) => end <= from).length;
	const rungs = all.flatMap((rung) =>
		rung.start < from
			? []
			: {
					...rung,
					start: rung.start - from,
					joint: rung.joint - from,
					end: rung.end - from,
					piece: rung.piece - piece
				}
	);
	const mergedAt = new Uint32Array(bytes.length - from + 1);
	rungs.forEach(({ joint }, i) => (mergedAt[joint] = i + 1));
	return {
		bytes: bytes.slice(from),
		initial: {
			ids: initial.ids.slice(first),
			byteStarts: moved(initial.byteStarts.subarray(first)),
			byteEnds: moved(initial.byteEnds.subarray(first))
		},
		pieceEnds: moved(pieceEnds.subarray(piece)),
		whole: whole.slice(piece),
		rungs,
		mergedAt
	};
}

/** A token and the two it was merged from; null for a symbol that merging starts from. */
export interface LadderNode {
	readonly id: number;
	readonly start: number;
	readonly end: number;
	readonly merge: {
		/** Counted from 1. */
		readonly step: number;
		readonly rank: number;
		readonly left: LadderNode;
		readonly right: LadderNode;
	} | null;
}

/** The trees after `step` merges, one a token, in order. */
export function treesAfter({ initial, rungs }: WordMerges, step: number): LadderNode[] {
	const nodes = new Map<number, LadderNode>();
	initial.ids.forEach((id, i) => {
		const start = initial.byteStarts[i];
		nodes.set(start, { id, start, end: initial.byteEnds[i], merge: null });
	});
	rungs.slice(0, step).forEach(({ rank, product, start, joint, end }, i) => {
		const left = nodes.get(start);
		const right = nodes.get(joint);
		if (!left || !right) return;
		nodes.delete(joint);
		nodes.set(start, { id: product, start, end, merge: { step: i + 1, rank, left, right } });
	});
	return [...nodes.values()].sort((a, b) => a.start - b.start);
}
