import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recognizeFile } from './file-kind';

const kindOf = (content: string) => recognizeFile('any.name', new Blob([content]));

it.each([
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

it('recognizes every table of counts, whatever its pre-tokens and its length', async () => {
	const row = fc.tuple(fc.string({ unit: 'binary' }), fc.nat());
	await fc.assert(
		fc.asyncProperty(fc.array(row, { minLength: 1 }), fc.nat(3000), async (rows, times) => {
			const table = rows.map(([key, count]) => `${JSON.stringify(key)}\t${count}\n`).join('');
			expect(await kindOf(table.repeat(times + 1))).toBe('counts');
		}),
		{ numRuns: 30 }
	);
});
