/** Finds the merges with which a tokenizer builds a word's tokens, starting from the word's initial symbols. */
import type { Encoding, MergeTrace, Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { tokensFrom } from './variant-tokens';

/** One merge of two adjacent tokens. Offsets are byte offsets into {@link WordMerges.bytes}. */
export interface WordMerge {
	/** Lower ranks merge first. */
	readonly rank: number;
	readonly left: number;
	readonly right: number;
	readonly product: number;
	readonly start: number;
	/** Offset at which the right-hand token begins. */
	readonly boundary: number;
	readonly end: number;
}

/** The merges in a text, pre-token by pre-token. The tokens at any step can be derived without tokenizing again. */
export interface WordMerges {
	/** The text as the model sees it (normalised, with `▁` for a space): all pre-tokens concatenated. */
	readonly bytes: Uint8Array;
	/** The symbols before the first merge. */
	readonly initial: Encoding;
	/** Exclusive end of each pre-token. */
	readonly preTokenEnds: Uint32Array;
	readonly steps: readonly WordMerge[];
}

/** Traces the merges in a text from byte `byteStart` on. The offsets in the result are relative to that byte. */
export function traceWord(tokenizer: Tokenizer, text: string, byteStart = 0): WordMerges {
	const { ids } = tokensFrom(tokenizer.encode(text, { wholeSpans: true }), byteStart);
	return lastTokens(wordMergesOf(encodeUtf8(text), tokenizer.trace(text)), ids.length);
}

/** @param text UTF-8 of the traced text; added tokens are copied from it */
export function wordMergesOf(text: Uint8Array, trace: MergeTrace): WordMerges {
	const preTokens: Uint8Array[] = [];
	const ids: number[] = [];
	const starts: number[] = [];
	const ends: number[] = [];
	const preTokenEnds: number[] = [];
	const steps: WordMerge[] = [];
	let base = 0;
	for (const part of trace) {
		const bytes = part.kind === 'added' ? text.subarray(part.byteStart, part.byteEnd) : part.bytes;
		preTokens.push(bytes);
		if (part.kind === 'added') {
			ids.push(part.id);
			starts.push(base);
			ends.push(base + bytes.length);
		} else {
			/**
			 * End of each symbol, keyed by its start, both relative to the pre-token. Merging never moves a symbol's
			 * start.
			 */
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
				const boundary = endAt.get(start);
				const end = boundary === undefined ? undefined : endAt.get(boundary);
				if (boundary === undefined || end === undefined)
					throw new Error(`merge ${i} of the trace joins symbols that do not exist`);
				endAt.delete(boundary);
				endAt.set(start, end);
				steps.push({
					rank,
					left: part.lefts[i],
					right: part.rights[i],
					product: part.products[i],
					start: base + start,
					boundary: base + boundary,
					end: base + end
				});
			});
		}
		base += bytes.length;
		preTokenEnds.push(base);
	}
	return {
		bytes: Uint8Array.from(preTokens.flatMap((bytes) => [...bytes])),
		initial: {
			ids: Uint32Array.from(ids),
			byteStarts: Uint32Array.from(starts),
			byteEnds: Uint32Array.from(ends)
		},
		preTokenEnds: Uint32Array.from(preTokenEnds),
		steps
	};
}

/** Returns the tokens after `step` merges, or after all merges if there are fewer than `step`. */
export function tokensAfter({ initial, steps }: WordMerges, step: number): Encoding {
	/** Tokens by first byte, in ascending order. Removing entries preserves the order of the others. */
	const tokens = new Map<number, { readonly id: number; readonly end: number }>();
	initial.ids.forEach((id, i) =>
		tokens.set(initial.byteStarts[i], { id, end: initial.byteEnds[i] })
	);
	for (const { product, start, boundary, end } of steps.slice(0, step)) {
		tokens.delete(boundary);
		tokens.set(start, { id: product, end });
	}
	return {
		ids: Uint32Array.from(tokens.values(), ({ id }) => id),
		byteStarts: Uint32Array.from(tokens.keys()),
		byteEnds: Uint32Array.from(tokens.values(), ({ end }) => end)
	};
}

/** Returns the byte offsets at which the final tokens begin. At every earlier step, a token begins there too. */
export function anchorsOf({ initial, steps }: WordMerges): Uint32Array {
	const merged = new Set(steps.map(({ boundary }) => boundary));
	return initial.byteStarts.filter((start) => !merged.has(start));
}

/**
 * Keeps only the merges that build the last `count` final tokens. No merge crosses the boundary before these tokens.
 * @param count at most the number of final tokens
 */
export function lastTokens(merges: WordMerges, count: number): WordMerges {
	const { bytes, initial, preTokenEnds } = merges;
	const from = count === 0 ? bytes.length : (anchorsOf(merges).at(-count) ?? 0);
	const rebase = (offsets: Uint32Array) => offsets.map((byte) => byte - from);
	const first = initial.byteStarts.filter((start) => start < from).length;
	const preToken = preTokenEnds.filter((end) => end <= from).length;
	const steps = merges.steps
		.filter(({ start }) => start >= from)
		.map((merge) => ({
			...merge,
			start: merge.start - from,
			boundary: merge.boundary - from,
			end: merge.end - from
		}));
	return {
		bytes: bytes.slice(from),
		initial: {
			ids: initial.ids.slice(first),
			byteStarts: rebase(initial.byteStarts.subarray(first)),
			byteEnds: rebase(initial.byteEnds.subarray(first))
		},
		preTokenEnds: rebase(preTokenEnds.subarray(preToken)),
		steps
	};
}
