import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codePoint } from '../../../tests/support/arbitrary-text';
import { findCountsFolder, recognizeFile } from './file-kind';

const kindOf = (content: string) => recognizeFile('any.name', new Blob([content]));

it.each([
	['"bpe_simple_vocab_16e6.txt#version: 0.2\ni n\n', 'tokenizer'],
	['{"a":1}', 'json'],
	['\n\t {', 'json'],
	['"a"\t1\n', 'counts'],
	['"a\\"b\\u0041"\t12\r\n"c"\t3', 'counts'],
	['', 'text'],
	['"a"\t1\nplain', 'text'],
	['"a"\t\n', 'text'],
	['"a" 1\n', 'text'],
	['a\t1\n', 'text'],
	['[1, 2]', 'text'],
	['Hello { world }', 'text']
])('%j is %s', async (content, kind) => {
	expect(await kindOf(content)).toBe(kind);
});

it.each(['tekken.json', 'tekken_240911.json', 'bpe_simple_vocab_16e6.txt.gz'])(
	'recognizes a tokenizer by its name: %s',
	async (name) => {
		expect(await recognizeFile(name, new Blob(['\x1f']))).toBe('tokenizer');
	}
);

it('recognizes every table of counts, whatever its pre-tokens and its length', async () => {
	const row = fc.tuple(fc.string({ unit: codePoint }), fc.nat());
	await fc.assert(
		fc.asyncProperty(fc.array(row, { minLength: 1 }), fc.nat(3000), async (rows, times) => {
			const table = rows.map(([key, count]) => `${JSON.stringify(key)}\t${count}\n`).join('');
			expect(await kindOf(table.repeat(times + 1))).toBe('counts');
		}),
		{ numRuns: 30 }
	);
});

const named = (path: string, content = '') => ({
	path,
	file: new File([content], path.slice(path.lastIndexOf('/') + 1))
});
const MANIFEST = '{\n\t"format": "bpe-lab-counts"';

it.each([
	[
		'a folder',
		[named('b/a.txt'), named('b/manifest.json', MANIFEST), named('b/x.gz'), named('a.txt')],
		'b',
		['a.txt', 'manifest.json', 'x.gz']
	],
	['files', [named('x.gz'), named('manifest.json', MANIFEST)], '', ['x.gz', 'manifest.json']],
	['shards without a manifest', [named('a/b/counts-00000.tsv.gz')], 'b', ['counts-00000.tsv.gz']]
])('finds counts in shards: %s', async (_, files, name, names) => {
	const found = await findCountsFolder(files);
	expect(found?.name).toBe(name);
	expect(found?.files.map((file) => file.name)).toEqual(names);
});

it('finds no counts beside the manifest of something else', async () => {
	expect(
		await findCountsFolder([named('manifest.json', '{"name":"app"}'), named('x.tsv.gz')])
	).toBeNull();
});
