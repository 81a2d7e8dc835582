import { describe, expect, it } from 'vitest';
import { expectRefusal, runBpeLab, type Files, type Run } from '../../tests/support/run-bpe-lab';
import { observedSpec } from '../../tests/support/observed-spec';
import { smallRanks } from '../../tests/support/small-specs';
import { tokenizerJsonText } from '../lib/engine';

const inflation = (args: string, files?: Files) => runBpeLab(`inflation ${args}`, files);

/** All characters of the English declaration, but none that only other languages need. */
const latin =
	'The quick brown fox jumps over the lazy dog. THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG; (a), \'b\': 1 2 "c"\n';

interface Row {
	readonly tokenizer: string;
	readonly language: string;
	readonly name: string;
	readonly tokens: number;
	readonly ratio: number | null;
	readonly words: number | null;
}
const rowsOf = ({ output }: Run): Row[] => JSON.parse(output) as Row[];

it('prints a table with a line for each language and tokenizer, columns aligned', async () => {
	const { code, output, warnings } = await inflation('-t cl100k_base o200k_base');
	expect({ code, warnings }).toEqual({ code: 0, warnings: [] });
	const lines = output.trimEnd().split('\n');
	expect(lines).toHaveLength(1 + 2 * 521);
	expect(lines[0]).toMatch(/^tokenizer +language +name +tokens +bytes +chars +words +ratio$/);
	expect(output).toMatch(/^cl100k_base +tur +Turkish +3084 +8659 +8009 +1053 +2\.02$/m);
	expect(output).toMatch(/^o200k_base +mya +Burmese +6407 +35050 +12318 +\d+ +4\.20$/m);
	// Shan is written without spaces, so it has no fertility.
	expect(output).toMatch(/^cl100k_base +shn +Shan +28214 +35471 +12291 +- +18\.50$/m);
	const width = lines[0].length;
	for (const line of lines) expect(line).toHaveLength(width);
});

it('prints an array, tokenizers in the order given, each once, and languages from the largest ratio', async () => {
	const io = await inflation('-t cl100k_base -t my.json cl100k_base --json', {
		'my.json': tokenizerJsonText(smallRanks())
	});
	expect(io.warnings).toEqual([]);
	const rows = rowsOf(io);
	expect(io.output.split('\n')).toHaveLength(rows.length + 3);
	expect([...new Set(rows.map(({ tokenizer }) => tokenizer))]).toEqual(['cl100k_base', 'my.json']);
	const cl100k = rows.filter(({ tokenizer }) => tokenizer === 'cl100k_base');
	expect(cl100k.find(({ language }) => language === 'tur')).toEqual({
		...{ tokenizer: 'cl100k_base', language: 'tur', bcp47: 'tr', name: 'Turkish' },
		...{ tokens: 3084, bytes: 8659, chars: 8009, words: expect.any(Number) as number },
		ratio: 3084 / 1525
	});
	expect(cl100k.find(({ language }) => language === 'shn')?.words).toBeNull();
	const sorted = cl100k.toSorted(
		(a, b) => b.tokens - a.tokens || (a.language < b.language ? -1 : 1)
	);
	expect(cl100k).toEqual(sorted);
});

it('takes any language as the baseline', async () => {
	const rows = rowsOf(await inflation('-t cl100k_base --baseline tur --json'));
	const ratioOf = (code: string) => rows.find(({ language }) => language === code)?.ratio;
	expect(ratioOf('tur')).toBe(1);
	expect(ratioOf('eng')).toBe(1525 / 3084);
});

describe('a tokenizer that has no tokens for some scripts', () => {
	const files = { 'latin.json': tokenizerJsonText(observedSpec(latin)) };

	it('has rows without a ratio for them, last, and says how many these are', async () => {
		const { code, output, warnings } = await inflation('-t latin.json --json', files);
		const rows = JSON.parse(output) as Row[];
		const without = rows.filter(({ ratio }) => ratio === null);
		expect(code).toBe(0);
		expect(rows).toHaveLength(521);
		expect(rows.slice(-without.length)).toEqual(without);
		const codes = without.map(({ language }) => language);
		for (const language of ['rus', 'mya', 'cmn_hans', 'tur']) expect(codes).toContain(language);
		for (const language of ['eng', 'swh']) expect(codes).not.toContain(language);
		expect(warnings).toEqual([
			`latin.json has no tokens for part of the text in ${without.length} of 521 languages, and drops it. They would look cheap, so they have no ratio.`
		]);
	});

	it('has no ratios against a language that it drops, and prints a dash in the table', async () => {
		const { code, output, warnings } = await inflation('-t latin.json --baseline rus', files);
		expect(code).toBe(0);
		const lines = output.trimEnd().split('\n').slice(1);
		expect(lines).toHaveLength(521);
		expect(lines.filter((line) => !line.endsWith(' -'))).toEqual([]);
		expect(warnings[0]).toContain('in Russian, the baseline');
	});
});

it.each([
	['', 'missing option --tokenizer'],
	['-t', '--tokenizer: got no value'],
	['-t nope', 'unknown tokenizer "nope"'],
	['-t gpt2 nope --json', 'unknown tokenizer "nope"'],
	['-t gpt2 --baseline xx', 'unknown language "xx": expected the code of a translation, such as'],
	['-t gpt2 --baseline en', 'such as eng (English)'],
	[
		'-t gpt2 --baseline turk',
		'such as tuk_cyrl (Turkmen (Cyrillic)), tuk_latn (Turkmen (Latin)), tur (Turkish)'
	],
	['-t gpt2 --bsae eng', 'unknown option "--bsae"'],
	['--json gpt2 -t gpt2', 'too many arguments for inflation: got 1, expected 0']
])('%s is refused in one line', async (args, message) => {
	expectRefusal(await inflation(args), message);
});
