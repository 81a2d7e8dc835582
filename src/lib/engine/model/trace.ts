import type { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import type { Merger } from './merger';
import { Symbols, type SymbolCutter } from './symbols';
import type { PieceTrace } from './types';

/**
 * Every merge of one piece, by the code that encodes it.
 *
 * @param whole id of the token that the whole piece is, where that goes before merging; -1 otherwise
 */
export function tracePiece(
	source: ByteSource,
	cut: SymbolCutter,
	merger: Merger,
	whole: number
): PieceTrace {
	const length = source.bytes.length;
	const symbols = new Symbols();
	cut(source, 0, length, symbols);
	const initialIds = Uint32Array.from(symbols.ids.subarray(0, symbols.count));
	const initialEnds = Uint32Array.from(symbols.ends.subarray(0, symbols.count));
	const [ranks, lefts, rights, products, positions] = Array.from(
		{ length: 5 },
		() => new IntBuffer(16)
	);
	merger.merge(source, 0, symbols, (rank, left, right, product, position) => {
		ranks.push(rank);
		lefts.push(left);
		rights.push(right);
		products.push(product);
		positions.push(position);
	});
	if (whole >= 0 && !(symbols.count === 1 && symbols.ids[0] === whole)) {
		// Merging would not give the token that the piece is.
		const none = new Uint32Array(0);
		return {
			initialIds: Uint32Array.of(whole),
			initialEnds: Uint32Array.of(length),
			ranks: none,
			lefts: none,
			rights: none,
			products: none,
			positions: none,
			whole: true
		};
	}
	return {
		initialIds,
		initialEnds,
		ranks: ranks.toArray(),
		lefts: lefts.toArray(),
		rights: rights.toArray(),
		products: products.toArray(),
		positions: positions.toArray(),
		whole: false
	};
}
