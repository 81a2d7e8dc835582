import type { IntBuffer } from '../structures/int-buffer';
import { codePointAt, sequenceLength } from '../text/utf8';
import type { TokenTable } from '../structures/token-table';

/** Splits `bytes[start, end)` into parts without gaps: appends the exclusive last byte of each to `ends`. */
export type PartSplitter = (bytes: Uint8Array, start: number, end: number, ends: IntBuffer) => void;

/**
 * Creates a function that splits a pre-token at boundaries that no merge can cross, so that its parts can be
 * encoded and cached one by one. In SentencePiece-style tokenizers the pre-token is the whole text.
 *
 * Theorem: if no vocabulary entry has character x directly before y, then splitting between an x and a y does
 * not change the tokens. Proof: every product of merges is an entry whose string is the text it covers, so
 * none crosses the boundary, and the order of merges on one side (rank, then position) does not depend on the
 * other side. A character without an entry becomes fallback bytes. These must be complete, because an unknown
 * token could fuse across the boundary, and in no merge. The theorem fails with `ignore_merges`, where a part
 * may be a token that merging does not lead to.
 *
 * Llama 2 and Gemma are split before nearly every `▁`, and often between ideographs and around punctuation.
 * Pairs of ASCII characters are looked up exactly, others in a set of hashes, where a collision only loses a
 * boundary.
 *
 * @param byteFallback ids of `<0x00>` to `<0xFF>`, -1 if missing; `null` without byte fallback
 * @returns `null` if the theorem does not apply
 */
export function createPartSplitter(
	tokens: TokenTable,
	merges: Uint32Array | null,
	byteFallback: Int32Array | null
): PartSplitter | null {
	if (!merges || !byteFallback || byteFallback.includes(-1)) return null;
	const isFallback = new Uint8Array(tokens.size);
	for (const id of byteFallback) isFallback[id] = 1;
	for (let i = 0; i < merges.length; i++) if (isFallback[merges[i]]) return null;
	const { ascii, hashed, shift } = pairsOf(tokens);
	return (bytes, start, end, ends) => {
		let previous = -1;
		for (let at = start; at < end;) {
			const code = codePointAt(bytes, at);
			if (previous >= 0) {
				const joins =
					(previous | code) < 0x80
						? ascii[(previous << 7) | code]
						: bitAt(hashed, hashPair(previous, code) >>> shift);
				if (!joins) ends.push(at);
			}
			previous = code;
			at += sequenceLength(bytes[at]);
		}
		if (end > start) ends.push(end);
	};
}

/** Collects the pairs of adjacent characters inside tokens. */
function pairsOf(tokens: TokenTable) {
	const { bytes, ends } = tokens.vocabulary;
	const ascii = new Uint8Array(1 << 14);
	// There are about as many distinct pairs as tokens. The table has eight to sixteen bits for each.
	const log = Math.min(24, 3 + Math.ceil(Math.log2(Math.max(tokens.size, 4))));
	const shift = 32 - log;
	const hashed = new Int32Array(1 << (log - 5));
	for (let id = 0, at = 0; id < tokens.size; id++) {
		let previous = -1;
		while (at < ends[id]) {
			const code = codePointAt(bytes, at);
			at += sequenceLength(bytes[at]);
			if (previous >= 0) {
				if ((previous | code) < 0x80) ascii[(previous << 7) | code] = 1;
				else {
					const bit = hashPair(previous, code) >>> shift;
					hashed[bit >> 5] |= 1 << (bit & 31);
				}
			}
			previous = code;
		}
	}
	return { ascii, hashed, shift };
}

function bitAt(bits: Int32Array, bit: number): number {
	return (bits[bit >> 5] >>> (bit & 31)) & 1;
}

function hashPair(left: number, right: number): number {
	return Math.imul(Math.imul(left, 0x9e3779b1) ^ (right + (left >>> 8)), 0x85ebca77);
}
