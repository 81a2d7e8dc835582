import { TokenKind, type Encoding } from '../engine/encoding';
import type { TokenizerSpec } from '../engine/spec';
import { concatenate, TokenTable } from './token-bytes';

export interface Spelled {
	/** The tokens' bytes put together; need not be UTF-8. */
	readonly document: Uint8Array<ArrayBuffer>;
	/** Offsets are bytes of `document`; ids out of range are left out. */
	readonly encoding: Encoding;
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

/** What a list of ids says to a tokenizer, token by token. */
export function spellIds(spec: TokenizerSpec, ids: Uint32Array): Spelled {
	const table = new TokenTable(spec);
	const outOfRange: { id: number; position: number }[] = [];
	const known: number[] = [];
	ids.forEach((id, position) => {
		if (id < table.size) known.push(id);
		else outOfRange.push({ id, position });
	});
	const parts = known.map((id) => table.bytes(id));
	const byteStarts = new Uint32Array(known.length);
	const byteEnds = new Uint32Array(known.length);
	const kinds = new Uint8Array(known.length);
	let at = 0;
	known.forEach((id, i) => {
		byteStarts[i] = at;
		byteEnds[i] = at += parts[i].length;
		if (table.added(id)?.special) kinds[i] = TokenKind.special;
		else if (table.fallbackByte(id) >= 0) kinds[i] = TokenKind.byteFallback;
	});
	return {
		document: concatenate(parts),
		encoding: { ids: Uint32Array.from(known), byteStarts, byteEnds, kinds },
		outOfRange,
		vocabularySize: table.size
	};
}
