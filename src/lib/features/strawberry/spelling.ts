/** Several short texts under one tokenizer, in one answer. */
import type { Encoding } from '../../engine';

/** The encodings of n texts one after another. Offsets are bytes of each text's own UTF-8. */
export interface Spellings extends Encoding {
	/** n, the token after each text's last. */
	readonly textEnds: Uint32Array;
	readonly kinds: Uint8Array;
	/** n: bytes of each text that have no token and are left out; absent where nobody counted. */
	readonly lost?: Uint32Array;
}

/** Puts encodings one after another. */
export function joinEncodings(encodings: readonly Encoding[]): Spellings {
	const textEnds = new Uint32Array(encodings.length);
	let count = 0;
	encodings.forEach(({ ids }, i) => (textEnds[i] = count += ids.length));
	const joined: Spellings = {
		ids: new Uint32Array(count),
		byteStarts: new Uint32Array(count),
		byteEnds: new Uint32Array(count),
		kinds: new Uint8Array(count),
		textEnds
	};
	encodings.forEach(({ ids, byteStarts, byteEnds, kinds }, i) => {
		const start = i === 0 ? 0 : textEnds[i - 1];
		joined.ids.set(ids, start);
		joined.byteStarts.set(byteStarts, start);
		joined.byteEnds.set(byteEnds, start);
		if (kinds) joined.kinds.set(kinds, start);
	});
	return joined;
}

/**
 * The tokens of text `at` from byte `byteStart` on, which becomes byte 0. A token that begins before it is
 * clipped to it; a `▁` without bytes that a tokenizer puts before a text belongs to byte 0.
 */
export function encodingOf(
	{ ids, byteStarts, byteEnds, kinds, textEnds }: Spellings,
	at: number,
	byteStart = 0
): Encoding & { readonly kinds: Uint8Array } {
	let from = at === 0 ? 0 : textEnds[at - 1];
	const to = textEnds[at];
	if (byteStart > 0) while (from < to && byteEnds[from] <= byteStart) from++;
	const rebased = (bytes: Uint32Array) =>
		byteStart === 0
			? bytes.subarray(from, to)
			: bytes.subarray(from, to).map((byte) => Math.max(0, byte - byteStart));
	return {
		ids: ids.subarray(from, to),
		byteStarts: rebased(byteStarts),
		byteEnds: rebased(byteEnds),
		kinds: kinds.subarray(from, to)
	};
}
