import type { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import type { Merger } from './merger';
import { Symbols, type SymbolSplitter } from './symbols';
import type { PretokenTrace } from './types';

/**
 * Traces the merges of one pre-token with the code that encodes it.
 *
 * @param whole id of the token that the pre-token is, if that precedes merging; -1 otherwise
 */
export function tracePretoken(
	source: ByteSource,
	splitSymbols: SymbolSplitter,
	merger: Merger,
	whole: number
): PretokenTrace {
	const length = source.bytes.length;
	const symbols = new Symbols();
	splitSymbols(source, 0, length, symbols);
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
		// Merging would not give the token that the pre-token is.
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
