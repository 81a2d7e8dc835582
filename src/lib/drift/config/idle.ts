import { createBpeModel } from '../../engine/model/bpe';
import type { BpeModelSpec } from '../../engine';
import { ByteSource } from '../../engine/structures/byte-table';
import { IntBuffer } from '../../engine/structures/int-buffer';
import { TokenTable } from '../../engine/structures/token-table';
import { encodeUtf8 } from '../../engine/text/utf8';

/** Whether every byte has a token, so that nothing is ever unknown. */
export function knowsEveryByte(model: BpeModelSpec): boolean {
	if (!model.byte_level && !model.byte_fallback) return false;
	const tokens = new TokenTable(model.vocabulary);
	for (let byte = 0; byte < 256; byte++) {
		const hex = byte.toString(16).toUpperCase().padStart(2, '0');
		const entry = model.byte_level ? Uint8Array.of(byte) : encodeUtf8(`<0x${hex}>`);
		if (tokens.idOf(new ByteSource(entry), 0, entry.length) < 0) return false;
	}
	return true;
}

/**
 * Ids of the tokens that merging their own bytes does not give: what `ignore_merges` keeps within
 * reach. The whole vocabulary is encoded at once, each token as a piece.
 */
export function tokensNotMerged(model: BpeModelSpec, merges: Uint32Array): number[] {
	const { bytes, ends } = model.vocabulary;
	const unknown = knowsEveryByte(model) ? null : model.unk_token;
	const bpe = createBpeModel({ ...model, merges, ignore_merges: false, unk_token: unknown });
	const pieces = new IntBuffer(ends.length);
	const idOfPiece: number[] = [];
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] === start) continue;
		pieces.push(ends[id]);
		idOfPiece.push(id);
	}
	const ids = new IntBuffer(ends.length);
	const tokenEnds = new IntBuffer(ends.length);
	bpe.encodePieces(bytes, 0, pieces, 0, pieces.length, ids, tokenEnds, null);
	const reached = new Set<number>();
	for (let i = 0, token = 0; i < pieces.length; i++) {
		const first = token;
		while (token < tokenEnds.length && tokenEnds.data[token] <= pieces.data[i]) token++;
		if (token - first === 1) reached.add(ids.data[first]);
	}
	return idOfPiece.filter((id) => !reached.has(id));
}
