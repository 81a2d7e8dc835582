import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { PreTokenizerSpec, SplitBehavior } from '../spec';
import { encodeUtf8, decodeUtf8 } from '../text/utf8';
import { toByteLevel } from '../structures/byte-level';
import { Pretokens } from './pretokens';
import { createPreTokenizer } from './pre-tokenizer';
import { EXTRAS } from '../text/all-extras';

const native = createRequire(import.meta.url)('tokenizers');

/** Pre-tokens of a text by Hugging Face's library, in its byte alphabet. */
function nativePieces(spec: PreTokenizerSpec): (text: string) => string[] {
	const tokenizer = native.Tokenizer.fromString(
		JSON.stringify({
			version: '1.0',
			added_tokens: [],
			normalizer: null,
			pre_tokenizer: spec,
			post_processor: null,
			decoder: null,
			model: { type: 'BPE', vocab: {}, merges: [] }
		})
	);
	const preTokenizer = tokenizer.getPreTokenizer();
	return (text) => preTokenizer.preTokenizeString(text).map(([piece]: [string]) => piece);
}

function ownPieces(spec: PreTokenizerSpec): (text: string) => string[] {
	const preTokenizer = createPreTokenizer(spec, EXTRAS);
	return (text) => {
		const bytes = encodeUtf8(text);
		const whole = new Pretokens().reset(
			{ bytes, start: 0, end: bytes.length, origin: null },
			false
		);
		whole.add(0, bytes.length);
		const pieces = preTokenizer(whole);
		return Array.from({ length: pieces.starts.length }, (_, i) => {
			const piece = pieces.text.bytes.subarray(pieces.starts.data[i], pieces.ends.data[i]);
			return pieces.byteLevel ? toByteLevel(piece) : decodeUtf8(piece);
		});
	};
}

/** A small generator with its own seed, so that a failure can be reproduced. */
function random(seed: number) {
	return () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 32;
	};
}

const ALPHABET = [
	...'aAbBzsSkKtTlLmM ',
	' ',
	' ',
	'-',
	'-',
	'--',
	"'",
	"'s",
	"'LL",
	'’',
	'.',
	',',
	'!',
	'_',
	'$',
	'0',
	'1',
	'23',
	'4567',
	'٣',
	'²',
	'½',
	'Ⅷ',
	'\n',
	'\r\n',
	'\t',
	'\v',
	'\u0085',
	'\u00a0',
	'\u3000',
	'\ufeff',
	'é',
	'e\u0301',
	'\u0301',
	'ſ',
	'\u212a',
	'ß',
	'ẞ',
	'ﬁ',
	'İ',
	'ı',
	'Σ',
	'ς',
	'σ',
	'ǅ',
	'ʰ',
	'中文',
	'の',
	'ア',
	'हिन्दी',
	'🎉',
	'👩‍👩‍👧',
	'▁',
	'▁▁',
	'Ā',
	'Ω',
	'Å',
	'µ',
	'\u200d',
	'\u0345',
	'\u{1d49c}',
	'\u{11de3}',
	'ⓐ',
	'₀'
];

function texts(seed: number, count: number): string[] {
	const next = random(seed);
	return Array.from({ length: count }, () =>
		Array.from(
			{ length: Math.floor(next() * 12) },
			() => ALPHABET[Math.floor(next() * ALPHABET.length)]
		).join('')
	);
}

const split = (
	pattern: string,
	behavior: SplitBehavior = 'Isolated',
	invert = false
): PreTokenizerSpec => ({ type: 'Split', pattern: { Regex: pattern }, behavior, invert });

function expectSame(spec: PreTokenizerSpec, seed: number, count: number): void {
	const ours = ownPieces(spec);
	const theirs = nativePieces(spec);
	for (const text of texts(seed, count)) {
		expect(ours(text), JSON.stringify(text)).toEqual(theirs(text));
	}
}

const BEHAVIORS = [
	'Removed',
	'Isolated',
	'MergedWithPrevious',
	'MergedWithNext',
	'Contiguous'
] as const;
const byteLevel = (add_prefix_space: boolean, use_regex: boolean): PreTokenizerSpec => ({
	type: 'ByteLevel',
	add_prefix_space,
	trim_offsets: true,
	use_regex
});

describe('pre-tokenizers equal Hugging Face', () => {
	for (const behavior of BEHAVIORS) {
		for (const invert of [false, true]) {
			it(`Split ${behavior}${invert ? ' inverted' : ''}`, () => {
				expectSame({ type: 'Split', pattern: { String: '-' }, behavior, invert }, 1, 400);
				expectSame({ type: 'Split', pattern: { String: ' ' }, behavior, invert }, 2, 400);
				expectSame(split('\\p{L}+|\\s', behavior, invert), 3, 400);
				expectSame(split('-*', behavior, invert), 4, 400);
				expectSame(split('\\p{N}', behavior, invert), 5, 400);
				expectSame(split('', behavior, invert), 5, 100);
			});
		}
	}

	it.each([true, false])('ByteLevel with and without its pattern, prefix %s', (prefix) => {
		expectSame(byteLevel(prefix, true), 6, 600);
		expectSame(byteLevel(prefix, false), 7, 600);
	});

	for (const prepend_scheme of ['always', 'first', 'never'] as const) {
		for (const splits of [true, false]) {
			it(`Metaspace ${prepend_scheme}, split ${splits}`, () => {
				const metaspace = {
					type: 'Metaspace',
					replacement: '▁',
					prepend_scheme,
					split: splits
				} as const;
				expectSame(metaspace, 8, 800);
				const after = {
					type: 'Sequence',
					pretokenizers: [split('\\p{N}|-', 'Removed'), metaspace]
				} as const;
				expectSame(after, 9, 800);
			});
		}
	}

	it.each([true, false])('Digits, each by itself %s', (individual_digits) => {
		expectSame({ type: 'Digits', individual_digits }, 10, 1000);
	});

	it.each<[string, PreTokenizerSpec[]]>([
		['digits, then bytes', [{ type: 'Digits', individual_digits: true }, byteLevel(false, true)]],
		[
			'a split after ByteLevel sees its spelling',
			[byteLevel(false, false), split('[0-9][0-9][0-9]'), split('Ġ|\\p{N}+')]
		],
		[
			'digits after ByteLevel',
			[byteLevel(true, true), { type: 'Digits', individual_digits: false }, split('\\p{L}')]
		],
		[
			'ByteLevel between splits',
			[split('-', 'Removed'), byteLevel(true, false), split('\\s+', 'Removed')]
		],
		['ByteLevel twice', [byteLevel(false, true), byteLevel(false, false)]],
		['ByteLevel twice, with prefix and pattern', [byteLevel(true, false), byteLevel(true, true)]],
		[
			'ByteLevel three times',
			[byteLevel(false, false), byteLevel(false, true), byteLevel(false, true)]
		]
	])('%s', (_, pretokenizers) => {
		expectSame({ type: 'Sequence', pretokenizers }, 11, 1500);
	});

	it.each([
		'\\s+',
		'\\S+',
		'\\w+',
		'\\W',
		'\\d+',
		'\\D',
		'\\b',
		'\\B',
		'[^\\s\\p{L}\\p{N}]+',
		'(?i:s)',
		'(?i:k|\\p{Lu})',
		"(?i:'s|'t|'ll)",
		'(?i)[a-l]+',
		'(?i:[^s])',
		'a(?i)b|s',
		'(?-i:a)(?i:B)',
		'.',
		'(?m:.)+',
		'^.',
		'.$',
		'\\A.',
		'.\\z',
		'.\\Z',
		'(?<=\\s)\\S',
		'(?<!\\p{L})\\p{L}',
		'\\p{L}++',
		'\\p{L}?+a',
		'(?>a|ab)b',
		'\\p{N}{1,3}+',
		'\\p{N}{2}',
		'a{,2}',
		'a{',
		's{1,2}?',
		'(a)(b)?',
		'(?<n>a)b',
		'\\p{Alpha}+',
		'\\p{Alnum}+',
		'\\p{Upper}+',
		'\\p{Lower}+',
		'\\p{Han}+',
		'\\p{Hiragana}',
		'\\p{Latin}+',
		'\\p{Greek}',
		'\\p{Letter}',
		'\\p{^L}',
		'\\P{L}',
		'\\P{^L}',
		'\\p{Nd}',
		'\\p{No}',
		'\\p{Mn}',
		'\\p{Cf}',
		'\\p{Emoji}',
		'\\p{Word}+',
		'\\p{Space}',
		'\\p{Blank}',
		'[[:alpha:]]+',
		'[[:digit:]_]',
		'[[:^space:]]+',
		'[[:upper:]]',
		'[[:alnum:]]+',
		'[[:word:]]+',
		'[[:xdigit:]]+',
		'[a-z&&[^b]]+',
		'[^a-z&&[s-z]]',
		'[\\w&&\\P{N}]+',
		'[a[b]-]',
		'[]a]',
		'[a-]',
		'[\\-a]',
		'[\\s\\S]',
		'\\x41',
		'\\x{1d49c}',
		'\\u00e9',
		'\\t|\\n|\\r|\\v|\\f',
		'\\h+',
		'\\R',
		'\\N+',
		'\\O',
		'\\$',
		'\\_',
		'(?x: a b # comment\n)',
		'(?#c)a',
		'a|',
		'(?=a)',
		'(?!a).',
		'(?i:σ)',
		'(?i:µ)',
		'(?i:å)',
		'(?:a+|b)*',
		'a{2}?b',
		's*?',
		'(?i:\\p{Ll})',
		'[[:punct:]]+',
		'\\p{Punct}',
		'[[:graph:]]+',
		'[[:print:]]',
		'(?i:[\\p{Ll}&&[a-k]])',
		'\\p{Any}'
	])('Split at %s', (pattern) => {
		expectSame(split(pattern), 12, 500);
	});

	it.each(['\\X', '(?~a)', '(?i:ss)', '(?i:ß)', '\\K', '(a)\\1', '(?<n>a)\\g<n>', '\\p{Nonsense}'])(
		'refuses %s and names it',
		(pattern) => {
			expect(() => ownPieces(split(pattern))).toThrow(
				/^regular expression ".*(is not supported; write it differently|: unknown property)/
			);
		}
	);
});
