/** Larger ids are counted in a set, because the table grows with the largest id. */
const MAX_TABLE_ID = 1 << 22;

/** Counts distinct ids with a table of one byte per possible id. */
export function countDistinct(ids: Uint32Array): number {
	let largest = 0;
	for (let token = 0; token < ids.length; token++) if (ids[token] > largest) largest = ids[token];
	if (largest > MAX_TABLE_ID) return new Set(ids).size;
	const seen = new Uint8Array(largest + 1);
	let distinct = 0;
	for (let token = 0; token < ids.length; token++) {
		distinct += 1 - seen[ids[token]];
		seen[ids[token]] = 1;
	}
	return distinct;
}
