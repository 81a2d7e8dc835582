import { describe, expect, it } from 'vitest';
import { nativePretokens } from '../../../../tests/support/native-stages';
import { randomFrom } from '../../../../tests/support/random-texts';
import { sized } from '../../../../tests/support/size';
import { byteLevel } from '../../../../tests/support/spec-parts';
import type { PreTokenizerSpec, SplitBehavior } from '../spec';
import { encodeUtf8, decodeUtf8 } from '../text/utf8';
import { toByteLevel } from '../structures/byte-level';
import { Pretokens } from './pretokens';
import { createPreTokenizer } from './pre-tokenizer';
import { EXTRAS } from '../text/all-extras';

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

const ALPHABET = [
	..."aAbBzsSkKtTlLmM   --'’.,!_$01٣²½Ⅷ\n\t\v\u0085\u00a0\u3000\ufeffé\u0301ſ\u212aßẞﬁİıΣςσǅʰのア▁ĀΩÅµ\u200d\u0345ⓐ₀",
	...['--', "'s", "'LL", '23', '4567', '\r\n', 'e\u0301', '中文', 'हिन्दी', '🎉', '👩‍👩‍👧', '▁▁'],
	...['\u{1d49c}', '\u{11de3}']
];

function texts(seed: number, count: number): string[] {
	const next = randomFrom(seed);
	return Array.from({ length: count }, () =>
		Array.from(
			{ length: Math.floor(next() * 12) },
			() => ALPHABET[Math.floor(next() * ALPHABET.length)]
		).join('')
	);
}

const split = (Regex: string, behavior: SplitBehavior = 'Isolated'): PreTokenizerSpec => ({
	...{ type: 'Split', pattern: { Regex } },
	...{ behavior, invert: false }
});

function expectSame(spec: PreTokenizerSpec, seed: number, count: number): void {
	const ours = ownPieces(spec);
	const theirs = nativePretokens(spec);
	for (const text of texts(seed, sized(count / 4, count))) {
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
const bytes = (add_prefix_space: boolean, use_regex: boolean) =>
	byteLevel({ add_prefix_space, use_regex });

describe('pre-tokenizers equal Hugging Face', () => {
	const both = [false, true];
	it.each(BEHAVIORS.flatMap((behavior) => both.map((invert) => ({ behavior, invert }))))(
		'Split: $behavior, inverted $invert',
		({ behavior, invert }) => {
			const patterns = [
				{ String: '-' },
				{ String: ' ' },
				{ Regex: '\\p{L}+|\\s' },
				{ Regex: '-*' }
			];
			for (const [seed, pattern] of [...patterns, { Regex: '\\p{N}' }, { Regex: '' }].entries())
				expectSame({ type: 'Split', pattern, behavior, invert }, seed, 400);
		}
	);

	it.each(both)('ByteLevel with and without its pattern, prefix %s', (prefix) => {
		expectSame(bytes(prefix, true), 6, 600);
		expectSame(bytes(prefix, false), 7, 600);
	});

	it.each(
		(['always', 'first', 'never'] as const).flatMap((prepend_scheme) =>
			both.map((split) => ({ prepend_scheme, split }))
		)
	)('Metaspace: $prepend_scheme, split $split', (settings) => {
		const metaspace = { type: 'Metaspace', replacement: '▁', ...settings } as const;
		expectSame(metaspace, 8, 800);
		const pretokenizers = [split('\\p{N}|-', 'Removed'), metaspace];
		expectSame({ type: 'Sequence', pretokenizers }, 9, 800);
	});

	it.each(both)('Digits, each by itself %s', (individual_digits) => {
		expectSame({ type: 'Digits', individual_digits }, 10, 1000);
	});

	it.each<[string, PreTokenizerSpec[]]>([
		['digits, then bytes', [{ type: 'Digits', individual_digits: true }, bytes(false, true)]],
		[
			'a split after ByteLevel sees its spelling',
			[bytes(false, false), split('[0-9][0-9][0-9]'), split('Ġ|\\p{N}+')]
		],
		[
			'digits after ByteLevel',
			[bytes(true, true), { type: 'Digits', individual_digits: false }, split('\\p{L}')]
		],
		[
			'ByteLevel between splits',
			[split('-', 'Removed'), bytes(true, false), split('\\s+', 'Removed')]
		],
		['ByteLevel twice', [bytes(false, true), bytes(false, false)]],
		['ByteLevel twice, with prefix and pattern', [bytes(true, false), bytes(true, true)]],
		['ByteLevel three times', [bytes(false, false), bytes(false, true), bytes(false, true)]]
	])('%s', (_, pretokenizers) => {
		expectSame({ type: 'Sequence', pretokenizers }, 11, 1500);
	});

	it.each([
		...String.raw`
			\s+ \S+ \w+ \W \d+ \D \b \B [^\s\p{L}\p{N}]+ (?i:s) (?i:k|\p{Lu}) (?i)[a-l]+ (?i:[^s])
			a(?i)b|s (?-i:a)(?i:B) . (?m:.)+ ^. .$ \A. .\z .\Z (?<=\s)\S (?<!\p{L})\p{L} \p{L}++
			\p{L}?+a (?>a|ab)b \p{N}{1,3}+ \p{N}{2} a{,2} a{ s{1,2}? (a)(b)? (?<n>a)b \p{Alpha}+
			\p{Alnum}+ \p{Upper}+ \p{Lower}+ \p{Han}+ \p{Hiragana} \p{Latin}+ \p{Greek} \p{Letter}
			\p{^L} \P{L} \P{^L} \p{Nd} \p{No} \p{Mn} \p{Cf} \p{Emoji} \p{Word}+ \p{Space} \p{Blank}
			[[:alpha:]]+ [[:digit:]_] [[:^space:]]+ [[:upper:]] [[:alnum:]]+ [[:word:]]+
			[[:xdigit:]]+ [a-z&&[^b]]+ [^a-z&&[s-z]] [\w&&\P{N}]+ [a[b]-] []a] [a-] [\-a] [\s\S] \x41
			\x{1d49c} \u00e9 \t|\n|\r|\v|\f \h+ \R \N+ \O \$ \_ (?#c)a a| (?=a) (?!a). (?i:σ) (?i:µ)
			(?i:å) (?:a+|b)* a{2}?b s*? (?i:\p{Ll}) [[:punct:]]+ \p{Punct} [[:graph:]]+ [[:print:]]
			(?i:[\p{Ll}&&[a-k]]) \p{Any}
		`
			.trim()
			.split(/\s+/),
		...["(?i:'s|'t|'ll)", '(?x: a b # comment\n)']
	])('Split at %s', (pattern) => {
		expectSame(split(pattern), 12, 500);
	});
});
