/** Several short texts under one tokenizer, in one struct of arrays. */
import type { Encoding } from '../../engine';

/** The encodings of n texts, one after another. Offsets are bytes of each text's own UTF-8. */
export interface JoinedEncodings {
	readonly ids: Uint32Array;
	readonly byteStarts: Uint32Array;
	readonly byteEnds: Uint32Array;
	/** n: index after the last token of each text. */
	readonly textEnds: Uint32Array;
	/** n: number of bytes of each text that the tokenizer cannot represent. */
	readonly droppedBytes: Uint32Array;
}

export function joinEncodings(encodings: readonly Encoding[]): JoinedEncodings {
	const join = (of: (encoding: Encoding) => Uint32Array) =>
		Uint32Array.from(encodings.flatMap((encoding) => [...of(encoding)]));
	let count = 0;
	return {
		ids: join(({ ids }) => ids),
		byteStarts: join(({ byteStarts }) => byteStarts),
		byteEnds: join(({ byteEnds }) => byteEnds),
		textEnds: Uint32Array.from(encodings, ({ ids }) => (count += ids.length)),
		droppedBytes: Uint32Array.from(encodings, ({ droppedBytes = 0 }) => droppedBytes)
	};
}

/**
 * Tokens of text `at` from byte `byteStart` on, which becomes byte 0. A token that begins earlier is clipped.
 * A `▁` without bytes that a tokenizer puts before a text belongs to byte 0. Dropped bytes are those of the
 * whole text.
 */
export function encodingOf(
	{ ids, byteStarts, byteEnds, textEnds, droppedBytes }: JoinedEncodings,
	at: number,
	byteStart = 0
): Encoding {
	let from = at === 0 ? 0 : textEnds[at - 1];
	const to = textEnds[at];
	if (byteStart > 0) while (from < to && byteEnds[from] <= byteStart) from++;
	const rebase = (bytes: Uint32Array) =>
		byteStart === 0
			? bytes.subarray(from, to)
			: bytes.subarray(from, to).map((byte) => Math.max(0, byte - byteStart));
	return {
		ids: ids.subarray(from, to),
		byteStarts: rebase(byteStarts),
		byteEnds: rebase(byteEnds),
		droppedBytes: droppedBytes[at]
	};
}
