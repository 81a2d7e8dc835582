import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../../../../tests/support/fake-training';
import { shardName, writeCountsManifest, type CountsManifest } from '../../engine/train';
import { areShards, readShards } from './shards';

const TABLES = ['"the"\t3\n" 日本"\t2\n', '"the"\t1'];

/** A folder with these shards: four times `the` and twice ` 日本`, of 3 and 7 bytes. */
function folderOf(tables: readonly string[] = TABLES, changes: Partial<CountsManifest> = {}) {
	const packed = tables.map((table) => gzipSync(table));
	const shards = packed.map((bytes, i) => ({
		name: shardName(i),
		lines: [2, 1][i],
		total: [5, 1][i],
		sha256: createHash('sha256').update(bytes).digest('hex')
	}));
	const manifest: CountsManifest = {
		pattern: 'o200k',
		feed: 'whole',
		records: 2,
		bytes: 26,
		pretokens: 6,
		shards,
		...changes
	};
	return [
		fileOf('manifest.json', writeCountsManifest(manifest)),
		...packed.map((bytes, i) => fileOf(shardName(i), Uint8Array.from(bytes)))
	];
}

const refusal = (files: ReturnType<typeof folderOf>) =>
	readShards(files, 'counts').then(
		() => null,
		(error: unknown) => (error as Error).message
	);

describe('counts in shards', () => {
	it('become one table with the rules of the manifest, in whatever order their files come', async () => {
		const files = [fileOf('_SUCCESS', ''), ...folderOf().reverse()];
		expect(areShards(files)).toBe(true);
		const { file, format, counted } = await readShards(files, 'my-counts');
		expect({ name: file.name, format, counted }).toEqual({
			name: 'my-counts.tsv',
			format: 'counts',
			counted: { pattern: 'o200k', feed: 'whole' }
		});
		expect(new TextDecoder().decode(await file.arrayBuffer())).toBe(
			'"the"\t3\n" 日本"\t2\n"the"\t1\n'
		);
	});

	it('are not a table alone', () => {
		expect(areShards([{ name: 'counts.tsv' }])).toBe(false);
	});

	it('are refused without the manifest, without a shard, and with one of other counts', async () => {
		const [manifest, first, second] = folderOf();
		expect(await refusal([first, second])).toMatch(
			/^These are counts in shards without manifest\.json/
		);
		expect(await refusal([manifest, first])).toMatch(
			/^manifest\.json lists .?counts-00001\.tsv\.gz.?, which is missing\. Drop the whole folder/
		);
		const foreign = fileOf('counts-00002.tsv.gz', 'any');
		expect(await refusal([manifest, first, second, foreign])).toMatch(
			/^manifest\.json does not list .?counts-00002\.tsv\.gz/
		);
	});

	it('are refused if a shard was changed, or is not what the manifest says', async () => {
		const [manifest, first] = folderOf();
		const [, , other] = folderOf([TABLES[0], '"The"\t1']);
		expect(await refusal([manifest, first, other])).toMatch(
			/^counts-00001\.tsv\.gz: got SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; copy the file again$/
		);
		expect(await refusal(folderOf([TABLES[0], '"the"\t2']))).toBe(
			'counts-00001.tsv.gz: got counts with the sum 2, expected 1'
		);
		expect(await refusal(folderOf([TABLES[0], '"the"\tmany']))).toMatch(
			/^counts-00001\.tsv\.gz: line 1: got "many"/
		);
		expect(await refusal(folderOf(TABLES, { bytes: 27 }))).toBe(
			'manifest.json: got shards with 26 bytes of text, expected 27'
		);
	});

	it('are refused if a shard or the manifest is something else', async () => {
		const [, first, second] = folderOf();
		expect(await refusal([fileOf('manifest.json', '{"name":"app"}'), first, second])).toMatch(
			/^manifest\.json: got nothing in "format"/
		);
		const text = 'not gzip';
		const sha256 = createHash('sha256').update(text).digest('hex');
		const shards = [{ name: shardName(0), lines: 1, total: 1, sha256 }];
		const [manifest] = folderOf([], { shards, pretokens: 1 });
		expect(await refusal([manifest, fileOf(shardName(0), text)])).toMatch(
			/^counts-00000\.tsv\.gz: /
		);
	});
});
