import { ByteSource } from '../structures/byte-table';
import { CountTable } from './count-table';
import type { PretokenCounts } from './types';

/** Adds up counts of parts of a corpus. First seen first, over the parts in their order. */
export function mergePretokenCounts(parts: readonly PretokenCounts[]): PretokenCounts {
	if (parts.length === 1) return parts[0];
	const table = new CountTable();
	for (const { bytes, ends, counts } of parts) {
		const source = new ByteSource(bytes);
		for (let i = 0, at = 0; i < ends.length; at = ends[i++]) {
			table.add(source, at, ends[i] - at, counts[i]);
		}
	}
	return table.toCounts();
}
