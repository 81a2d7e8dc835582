import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../../../../tests/support/fake-training';
import { shardName, writeCountsManifest, type CountsManifest } from '../../engine/train';
import { areShards, readShards } from './shards';

const TABLES = ['"the"\t3\n" 日本"\t2\n', '"the"\t1'];

/** A folder with these shards, which contain `the` four times and ` 日本` twice, with 3 and 7 bytes. */
function folderOf(tables: readonly string[] = TABLES, changes: Partial<CountsManifest> = {}) {
	const packed = tables.map((table) => gzipSync(table));
	const shards = packed.map((bytes, i) => ({
		name: shardName(i),
		lines: [2, 1][i],
		total: [5, 1][i],
		sha256: createHash('sha256').update(bytes).digest('hex')
	}));
	const rules = { pattern: 'o200k', feed: 'whole' } as const;
	const manifest = { ...rules, records: 2, bytes: 26, pretokens: 6, shards, ...changes };
	return [
		fileOf('manifest.json', writeCountsManifest(manifest)),
		...packed.map((bytes, i) => fileOf(shardName(i), Uint8Array.from(bytes)))
	];
}

const refusal = (files: ReturnType<typeof folderOf>) =>
	readShards(files, 'counts').catch((error: unknown) => (error as Error).message);

describe('counts in shards', () => {
	it('become one table with the rules of the manifest, in whatever order their files come', async () => {
		const files = [fileOf('_SUCCESS', ''), ...folderOf().reverse()];
		expect(areShards(files)).toBe(true);
		expect(areShards([{ name: 'counts.tsv' }])).toBe(false);
		const { file, format, counted } = await readShards(files, 'my-counts');
		expect([file.name, format]).toEqual(['my-counts.tsv', 'counts']);
		expect(counted).toEqual({ pattern: 'o200k', feed: 'whole' });
		expect(new TextDecoder().decode(await file.arrayBuffer())).toBe(
			'"the"\t3\n" 日本"\t2\n"the"\t1\n'
		);
	});

	const [manifest, first, second] = folderOf();
	const [, , other] = folderOf([TABLES[0], '"The"\t1']);
	const foreign = fileOf('counts-00002.tsv.gz', 'any');
	const otherManifest = fileOf('manifest.json', '{"name":"app"}');

	it.each([
		['without the manifest', [first, second], /^These counts are in shards, but manifest\.json/],
		['without a shard', [manifest, first], /^manifest\.json lists .*counts-00001.*is missing/],
		['with another shard', [manifest, first, second, foreign], /does not list .?counts-00002/],
		['with a changed shard', [manifest, first, other], /counts-00001.*: sha256: got [0-9a-f]{64}/],
		['with another sum', folderOf([TABLES[0], '"the"\t2']), /00001.*total: got 2, expected 1;/],
		['with a wrong line', folderOf([TABLES[0], '"the"\tmany']), /00001.*: line 1: got "many"/],
		['with other bytes', folderOf(TABLES, { bytes: 27 }), /bytes: got 26, expected 27;/],
		[
			'of another app',
			[otherManifest, first, second],
			/^manifest\.json: format: got nothing, expected/
		]
	])('are refused %s', async (_, files, message) => {
		expect(await refusal(files)).toMatch(message);
	});

	it('are refused if a shard is not compressed', async () => {
		const text = 'not gzip';
		const sha256 = createHash('sha256').update(text).digest('hex');
		const shards = [{ name: shardName(0), lines: 1, total: 1, sha256 }];
		const [manifest] = folderOf([], { shards, pretokens: 1 });
		expect(await refusal([manifest, fileOf(shardName(0), text)])).toMatch(
			/^counts-00000\.tsv\.gz: /
		);
	});
});
