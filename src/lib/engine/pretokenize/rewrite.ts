import { AlignedBuilder } from '../text/aligned';
import { addPiece, emptyPieces, type Pieces } from './pieces';

/**
 * Rewrites pieces: `write` puts the new form of bytes [start, end) into the builder. Used where a
 * pre-tokenizer changes the text, which is why pieces carry theirs with them.
 */
export function rewritePieces(
	pieces: Pieces,
	write: (builder: AlignedBuilder, start: number, end: number) => void
): Pieces {
	const { text, starts, ends, byteLevel } = pieces;
	const builder = new AlignedBuilder(text);
	const bounds: [number, number][] = [];
	for (let i = 0; i < starts.length; i++) {
		const from = builder.length;
		write(builder, starts.data[i], ends.data[i]);
		bounds.push([from, builder.length]);
	}
	const rewritten = emptyPieces(builder.finish(), byteLevel);
	for (const [from, to] of bounds) addPiece(rewritten, from, to);
	return rewritten;
}

/** Whether the bytes at `at` are `content`. */
export function startsWith(
	bytes: Uint8Array,
	at: number,
	end: number,
	content: Uint8Array
): boolean {
	if (end - at < content.length) return false;
	for (let i = 0; i < content.length; i++) if (bytes[at + i] !== content[i]) return false;
	return true;
}
