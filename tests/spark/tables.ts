import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Reads a folder of counts without using the lab's reader. Returns the manifest's totals, and each pre-token's count
 * summed over the tables.
 */
export function readTables(folder: string) {
	const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
		readonly shards: readonly { readonly name: string }[];
		readonly [field: string]: unknown;
	};
	const { shards, ...totals } = manifest;
	const sums = new Map<string, number>();
	for (const { name } of shards) {
		const table = gunzipSync(readFileSync(join(folder, name))).toString('utf8');
		for (const line of table.split('\n').slice(0, -1)) {
			const [pretoken, count] = line.split('\t');
			sums.set(pretoken, (sums.get(pretoken) ?? 0) + Number(count));
		}
	}
	return { totals, sums };
}
