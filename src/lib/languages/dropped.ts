import { tokenAt, vocabularySize, type Tokenizer } from '../engine';
import { decodeUtf8, sequenceLength } from '../engine/text';

/** Bytes of `utf8[start, end)`, whole characters, that a tokenizer has no token for. */
export type DropCounter = (utf8: Uint8Array, start: number, end: number) => number;

/**
 * Finds what a tokenizer drops. Hugging Face's BPE drops a symbol that is not in the vocabulary where
 * there is no unknown token; the next token's span then covers it, so spans do not show it.
 * @returns null for a tokenizer that drops nothing
 */
export function dropCounter(tokenizer: Pick<Tokenizer, 'spec' | 'tokenBytes'>): DropCounter | null {
	const { byte_level, byte_fallback, merges, unk_token, vocabulary } = tokenizer.spec.model;
	if (unk_token !== null || merges === null) return null;
	const bytes = new Uint8Array(256);
	const characters = new Set<string>();
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		// Holes, and ids that only added tokens have.
		if (tokenAt(vocabulary, id).length === 0) continue;
		const spelled = tokenizer.tokenBytes(id);
		if (spelled.length === 1) bytes[spelled[0]] = 1;
		else if (!byte_level && spelled.length > 0 && spelled.length === sequenceLength(spelled[0]))
			characters.add(decodeUtf8(spelled));
	}
	if ((byte_level || byte_fallback) && bytes.every((has) => has === 1)) return null;

	const hasAll = (symbol: Uint8Array) => symbol.every((byte) => bytes[byte] === 1);
	return (utf8, start, end) => {
		let dropped = 0;
		for (let at = start; at < end;) {
			const length = byte_level ? 1 : sequenceLength(utf8[at]);
			const symbol = utf8.subarray(at, at + length);
			at += length;
			const known = length === 1 || byte_fallback ? hasAll(symbol) : false;
			if (!known && (byte_level || !characters.has(decodeUtf8(symbol)))) dropped += length;
		}
		return dropped;
	};
}
