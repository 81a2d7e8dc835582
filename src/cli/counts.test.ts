import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../tests/support/size';
import { expectRefusal, runBpeLab, type Files } from '../../tests/support/run-bpe-lab';

const TEXT = 'hello hello world\nhello world\n';
const TSV = '"hello"\t2\n" hello"\t1\n" world"\t2\n"\\n"\t2\n';

const bytesOf = (chunks: readonly Uint8Array[]) => Buffer.concat(chunks);
const manifestOf = (files: Awaited<ReturnType<typeof counted>>) =>
	JSON.parse(bytesOf(files['out/manifest.json']).toString()) as {
		pattern: string;
		records: number;
		bytes: number;
		pretokens: number;
		shards: { name: string; lines: number; total: number; sha256: string }[];
	};

/** Files that `count --out out` writes. */
async function counted(args: string, files: Files = { '-': TEXT }) {
	const { code, warnings, output, filled } = await runBpeLab(`count --out out ${args}`, files);
	expect({ code, warnings, output }).toEqual({ code: 0, warnings: [], output: '' });
	return filled;
}

/** The tokenizer.json that `train` writes with these options. */
async function trained(args: string, files: Files): Promise<string> {
	const io = await runBpeLab(`train --out t.json --vocab-size 300 ${args}`, files);
	expect(io.code, io.warnings.join()).toBe(0);
	return io.saved['t.json'];
}

describe('count --out', () => {
	it('writes a shard and a manifest that describes it', async () => {
		const files = await counted('');
		expect(Object.keys(files)).toEqual(['out/counts-00000.tsv.gz', 'out/manifest.json']);
		const shard = bytesOf(files['out/counts-00000.tsv.gz']);
		expect(gunzipSync(shard).toString()).toBe(TSV);
		// The gzip header names neither a time nor an operating system.
		expect([...shard.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
		const sha256 = createHash('sha256').update(shard).digest('hex');
		expect(manifestOf(files)).toEqual({
			...{ format: 'bpe-lab-counts', version: 1, pattern: 'gpt2', feed: 'lines' },
			...{ records: 2, bytes: 30, pretokens: 7 },
			shards: [{ name: 'counts-00000.tsv.gz', lines: 4, total: 7, sha256 }]
		});
	});

	it('writes no shard for no text', async () => {
		const files = await counted('', { '-': '' });
		expect(manifestOf(files)).toMatchObject({ records: 0, bytes: 0, pretokens: 0, shards: [] });
	});

	it.each([
		['--feed whole a b', 2],
		['a b', 4],
		['--ndjson text c', 3]
	])('counts records: %s', async (args, records) => {
		const files = { a: 'a\nb', b: '\n\n', c: '{"text":"a\\nb"}\n{"text":""}\n{"text":"\\ud800"}' };
		expect(manifestOf(await counted(args, files)).records).toBe(records);
	});

	it.each([
		['counts.txt', '--out counts.txt: got a file, expected a folder'],
		['no/where', '--out no/where: there is no folder no; create it first']
	])('refuses the folder %s before it reads', async (out, message) => {
		expectRefusal(await runBpeLab(`count --out ${out}`, { 'counts.txt': '' }), message);
	});

	it('writes nothing if the text is bad', async () => {
		const input = { '-': '{"text":"a"}\n{}\n' };
		expectRefusal(await runBpeLab('count --out out --ndjson text', input), 'line 2: got no "text"');
	});
});

describe('train --counts', () => {
	it('gives the same tokenizer from a folder, from gzip and from a table', async () => {
		const pattern = '--pattern cl100k';
		const files = await counted(pattern);
		const { output } = await runBpeLab('count --pattern cl100k', { '-': TEXT });
		const table = { 'c.tsv': output };
		const expected = await trained(pattern, { '-': TEXT });
		// The pattern can be left out, because it is in the manifest.
		expect(await trained('--counts out', files)).toBe(expected);
		expect(await trained('--pattern llama3 --counts out', files)).toBe(expected);
		expect(await trained(`${pattern} --counts c.tsv`, table)).toBe(expected);
		const shard = files['out/counts-00000.tsv.gz'];
		expect(await trained(`${pattern} --counts -`, { '-': shard })).toBe(expected);
	});

	it('gives byte-identical tokenizers however records are distributed over processes and shards', async () => {
		const record = fc
			.array(fc.constantFrom('ab', 'abc', ' ab', ' bc', 'é', '\n', '日本', ' 12', '!', ' '), {
				maxLength: 12
			})
			.map((parts) => parts.join(''));
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(record, fc.nat({ max: 3 })), { minLength: 1, maxLength: 12 }),
				fc.constantFrom('gpt2', 'o200k', '/\\S+|\\s/'),
				async (records, pattern) => {
					fc.pre(records.some(([text]) => text !== ''));
					const lines = (part: typeof records) =>
						part.map(([text]) => `${JSON.stringify({ text })}\n`).join('');
					const rules = `--feed whole --ndjson text --pattern ${pattern}`;
					const whole = await counted(rules, { '-': lines(records) });
					const parts: Record<string, string | readonly Uint8Array[]> = {};
					const paths: string[] = [];
					for (const process of [3, 1, 0, 2]) {
						const files = await counted(rules, {
							'-': lines(records.filter(([, at]) => at === process))
						});
						for (const [path, chunks] of Object.entries(files)) {
							parts[path.replace('out', `part-${process}`)] = chunks;
						}
						paths.push(`part-${process}`);
					}
					const args = '--alphabet bytes --min-frequency 1';
					expect(await trained(`${args} --counts ${paths.join(' ')}`, parts)).toBe(
						await trained(`${args} --counts out`, whole)
					);
				}
			),
			{ numRuns: sized(8, 100) }
		);
	});

	const gz = (text: string) => [gzipSync(text)];
	const sha256 = (chunks: readonly Uint8Array[]) =>
		createHash('sha256').update(bytesOf(chunks)).digest('hex');
	const manifest = (shard: readonly Uint8Array[], fields: object = {}, shardFields: object = {}) =>
		JSON.stringify({
			...{ format: 'bpe-lab-counts', version: 1, pattern: 'gpt2', feed: 'lines' },
			...{ records: 2, bytes: 30, pretokens: 7 },
			shards: [{ name: 's.gz', lines: 4, total: 7, sha256: sha256(shard), ...shardFields }],
			...fields
		});
	const GOOD = gz(TSV);
	const CUT = [GOOD[0].subarray(0, -9)];

	/** A folder of one shard and its manifest. */
	const folder = (shard: readonly Uint8Array[], fields = {}, shardFields = {}, name = 'd') => ({
		[`${name}/s.gz`]: shard,
		[`${name}/manifest.json`]: manifest(shard, fields, shardFields)
	});
	const both = (fields: object) => ({ ...folder(GOOD), ...folder(GOOD, fields, {}, 'e') });

	it.each<[string, string, Files]>([
		['d: got a folder without manifest.json, expected one written by', 'd', { 'd/s.gz': GOOD }],
		['d/manifest.json: version: got 9, expected 1', 'd', folder(GOOD, { version: 9 })],
		['d/s.gz: this shard is missing', 'd', { 'd/manifest.json': manifest(GOOD) }],
		['d/s.gz: sha256: got ', 'd', { 'd/s.gz': CUT, 'd/manifest.json': manifest(GOOD) }],
		['d/s.gz: the gzip file ends too early', 'd', folder(CUT)],
		["d/s.gz: got bytes that aren't gzip", 'd', folder([Buffer.from(TSV)])],
		['d/s.gz line 2: got "\\"b\\" 4", expected', 'd', folder(gz('"a"\t3\n"b" 4\n'))],
		['d/s.gz: lines: got 4, expected 5', 'd', folder(GOOD, {}, { lines: 5 })],
		['d/s.gz: total: got 7, expected 8', 'd', folder(GOOD, { pretokens: 8 }, { total: 8 })],
		['d/manifest.json: bytes: got 30, expected 31', 'd', folder(GOOD, { bytes: 31 })],
		['e: got counts made with --pattern o200k, expected gpt2', 'd e', both({ pattern: 'o200k' })],
		['e: got counts made with --feed whole, expected lines', 'd e', both({ feed: 'whole' })],
		['--pattern qwen2: d was counted with gpt2; leave', 'd --pattern qwen2', folder(GOOD)],
		['--feed whole: d was counted with lines', 'd --feed whole', folder(GOOD)],
		['c.gz: the gzip file ends too early', 'c.gz', { 'c.gz': CUT }],
		['b.tsv line 2: got "7"', 'a.tsv b.tsv', { 'a.tsv': TSV, 'b.tsv': '"a"\t1\n7\t1\n' }]
	])('refuses in one line and writes nothing: %s', async (message, counts, files) => {
		const args = `train --vocab-size 300 --out t.json --counts ${counts}`;
		expectRefusal(await runBpeLab(args, files), message);
	});
});
