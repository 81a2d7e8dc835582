import { TokenKind, type Encoding, type Tokenizer } from '../engine';

export interface DecodedIds {
	/** Bytes of the tokens in order, not necessarily valid UTF-8. */
	readonly document: Uint8Array<ArrayBuffer>;
	/** Encoding with offsets in `document`, without ids that have no token. */
	readonly encoding: Encoding;
	/** Ids that the tokenizer lacks, with their indices in the list. */
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

/** Decodes a list of ids token by token. */
export function decodeIds(tokenizer: Tokenizer, ids: Uint32Array): DecodedIds {
	const outOfRange: { id: number; position: number }[] = [];
	const known: number[] = [];
	const parts: Uint8Array[] = [];
	ids.forEach((id, position) => {
		const bytes = bytesOf(tokenizer, id);
		if (bytes) {
			known.push(id);
			parts.push(bytes);
		} else outOfRange.push({ id, position });
	});
	const document = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	const byteStarts = new Uint32Array(known.length);
	const byteEnds = new Uint32Array(known.length);
	const kinds = new Uint8Array(known.length);
	const special = new Set(
		tokenizer.spec.added_tokens.filter((token) => token.special).map(({ id }) => id)
	);
	let at = 0;
	parts.forEach((part, i) => {
		document.set(part, at);
		byteStarts[i] = at;
		byteEnds[i] = at += part.length;
		if (special.has(known[i])) kinds[i] = TokenKind.special;
	});
	return {
		document,
		encoding: { ids: Uint32Array.from(known), byteStarts, byteEnds, kinds },
		outOfRange,
		vocabularySize: tokenizer.vocabularySize
	};
}

function bytesOf(tokenizer: Tokenizer, id: number): Uint8Array | null {
	try {
		return tokenizer.tokenBytes(id);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}
