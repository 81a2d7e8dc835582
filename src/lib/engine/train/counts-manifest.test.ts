import { describe, expect, it } from 'vitest';
import {
	checkFigures,
	differingRule,
	parseCountsManifest,
	shardName,
	writeCountsManifest,
	type CountsManifest
} from './counts-manifest';

const SHA256 = 'a'.repeat(64);
const SHARD = { name: 'counts-00000.tsv.gz', lines: 2, total: 5, sha256: SHA256 };
const MANIFEST: CountsManifest = {
	pattern: 'gpt2',
	feed: 'lines',
	records: 3,
	bytes: 12,
	pretokens: 5,
	shards: [SHARD]
};

/** A manifest as JSON with other fields. */
const json = (fields: object) =>
	JSON.stringify({ ...(JSON.parse(writeCountsManifest(MANIFEST)) as object), ...fields });

describe('a manifest of counts', () => {
	it.each<[string, CountsManifest]>([
		['one shard', MANIFEST],
		['a regular expression', { ...MANIFEST, pattern: { regex: 'a/"\\n|\n' } }],
		['no shards', { ...MANIFEST, feed: 'whole', records: 0, bytes: 0, pretokens: 0, shards: [] }],
		[
			'several shards',
			{ ...MANIFEST, pretokens: 10, shards: [SHARD, { ...SHARD, name: 'part-1.gz' }] }
		]
	])('is read back: %s', (_, manifest) => {
		expect(parseCountsManifest(writeCountsManifest(manifest))).toEqual(manifest);
	});

	it.each([
		['', "got text that isn't JSON, expected a manifest written by `bpe-lab count --out`"],
		['[]', 'file: got an array of 0, expected an object'],
		['{}', 'format: got nothing, expected "bpe-lab-counts"'],
		[json({ version: 2 }), 'version: got 2, expected 1'],
		[json({ pattern: 'gpt5' }), 'pattern: got "gpt5", expected the name of a pattern, or'],
		[json({ pattern: null }), 'pattern: got null'],
		[json({ feed: 'file' }), 'feed: got "file", expected "lines" or "whole"'],
		[json({ records: -1 }), 'records: got -1, expected a whole number from 0'],
		[json({ bytes: '12' }), 'bytes: got "12"'],
		[json({ pretokens: 4 }), 'pretokens: got 4, expected 5, the total of the shards'],
		[json({ shards: {} }), 'shards: got an object, expected an array'],
		[json({ shards: [7] }), 'shards[0]: got 7, expected an object'],
		[json({ shards: [SHARD, SHARD] }), 'got the shard "counts-00000.tsv.gz" twice'],
		[json({ shards: [{ ...SHARD, lines: 1.5 }] }), 'shards[0].lines: got 1.5'],
		[json({ shards: [{ ...SHARD, sha256: 'abc' }] }), 'sha256: got "abc", expected 64'],
		...['../a', 'a/b', 'a\\b', '..', '.', '', 'a\0'].map((name) => [
			json({ shards: [{ ...SHARD, name }] }),
			`name: got ${JSON.stringify(name)}, expected the name of a file in the same folder`
		])
	])('is refused: %s', (text, message) => {
		expect(() => parseCountsManifest(text)).toThrow(message);
	});

	it('names shards by their number', () => {
		expect([0, 12, 123456].map(shardName)).toEqual([
			'counts-00000.tsv.gz',
			'counts-00012.tsv.gz',
			'counts-123456.tsv.gz'
		]);
	});

	it('tells a changed shard by its hash, lines, total and bytes', () => {
		const found = { sha256: SHA256, lines: 2, total: 5 };
		expect(() => checkFigures(SHARD, found)).not.toThrow();
		expect(() => checkFigures(SHARD, { ...found, sha256: 'b'.repeat(64) })).toThrow(
			/^sha256: got b{64}, expected a{64};/
		);
		expect(() => checkFigures(SHARD, { ...found, lines: 1 })).toThrow('lines: got 1, expected 2');
		expect(() => checkFigures(SHARD, { ...found, total: 6 })).toThrow('total: got 6, expected 5');
		expect(() => checkFigures(MANIFEST, { bytes: 12 })).not.toThrow();
		expect(() => checkFigures(MANIFEST, { bytes: 13 })).toThrow('bytes: got 13, expected 12');
	});

	it('differs in a rule if other pre-tokens could come of it', () => {
		const rules = { pattern: 'cl100k', feed: 'lines' } as const;
		expect(differingRule(rules, { pattern: 'llama3', feed: 'lines' })).toBeNull();
		expect(differingRule(rules, { pattern: 'o200k', feed: 'whole' })).toBe('pattern');
		expect(differingRule(rules, { ...rules, feed: 'whole' })).toBe('feed');
	});
});
