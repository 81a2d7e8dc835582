import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sized } from '../../../../tests/support/size';
import type { NormalizerSpec } from '../spec';
import type { AlignedText } from '../text/aligned';
import { decodeUtf8, encodeUtf8 } from '../text/utf8';
import { createNormalizer } from './normalizer';
import { EXTRAS } from '../text/all-extras';
import { encodeBase64 } from '../text/base64';
import { writeCharsmap } from '../../../tools/charsmap.mjs';

const native = createRequire(import.meta.url)('tokenizers');

const aligned = (text: string): AlignedText => {
	const bytes = encodeUtf8(text);
	return { bytes, start: 0, end: bytes.length, origin: null };
};
const textOf = ({ bytes, start, end }: AlignedText) => decodeUtf8(bytes.subarray(start, end));
const normalize = (spec: NormalizerSpec, text: string) =>
	createNormalizer(spec, EXTRAS)(aligned(text));

/** Each character of the normalized text, followed by the part of the original that it comes from in parentheses. */
function sources(spec: NormalizerSpec, text: string): string {
	const result = normalize(spec, text);
	const bytes = encodeUtf8(text);
	let at = result.start;
	const parts = Array.from(textOf(result), (character) => {
		const start = result.origin?.starts[at] ?? at;
		at += encodeUtf8(character).length;
		const end = result.origin?.ends[at - 1] ?? at;
		return `${character}(${decodeUtf8(bytes.subarray(start, end))})`;
	});
	return parts.join('');
}

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;
const nativeForms = {
	NFC: native.nfcNormalizer(),
	NFD: native.nfdNormalizer(),
	NFKC: native.nfkcNormalizer(),
	NFKD: native.nfkdNormalizer(),
	Lowercase: native.lowercase()
};

/** Letters, marks of many classes and versions, Hangul parts, halfwidth and compatibility letters. */
const combining = fc.oneof(
	fc.constantFrom(...'aeocAEkKsñçāôự가각ㅏㄱ한ﾊﾞﾟｶᅡᆨᄀ'),
	fc.integer({ min: 0x300, max: 0x36f }).map((code) => String.fromCodePoint(code)),
	fc.constantFrom(...'\u0334\u05b0\u064b\u0655\u093c\u09be\u0dcf\u0f71\u102e\u1161\u11a8\u1dc4'),
	fc.constantFrom(...'\u0958\u0344\u212b\u1e9b\ufb1d\u{1d15e}\u{110ba}\u{2f800}ﬁ①ﷺ™½'),
	fc.constantFrom(...'\u08d3\u1dfb\u1ac1\u0898\u{1e08f}\u{11f41}\u{16d63}\u{113b8}\u{10efd}'),
	fc
		.integer({ min: 0, max: 0x10ffff })
		.filter((c) => c < 0xd800 || c > 0xdfff)
		.map((c) => String.fromCodePoint(c))
);
const markHeavy = fc.array(combining, { maxLength: 12 }).map((parts) => parts.join(''));

describe('Unicode forms equal the native library', () => {
	it.each([...FORMS, 'Lowercase'] as const)(
		'%s of every code point, alone and between others',
		(type) => {
			const ours = createNormalizer({ type }, EXTRAS);
			for (let code = 0; code < 0x110000; code++) {
				// Surrogates, and code points that are private or unassigned in every version.
				if ((code >= 0xd800 && code < 0xf900) || (code >= 0x32000 && code !== 0xe0001)) continue;
				const character = String.fromCodePoint(code);
				const expected = nativeForms[type].normalizeString(character);
				if (textOf(ours(aligned(character))) !== expected) expect(code.toString(16)).toBe(expected);
				const between = `e${character}\u0316\u0301\u1161`;
				if (
					code > 0x2ff &&
					textOf(ours(aligned(between))) !== nativeForms[type].normalizeString(between)
				) {
					expect(code.toString(16)).toBe('the same between others');
				}
			}
		}
	);

	it.each(FORMS)('%s of strings full of marks', (type) => {
		const ours = createNormalizer({ type }, EXTRAS);
		fc.assert(
			fc.property(markHeavy, (text) => {
				expect(textOf(ours(aligned(text)))).toBe(nativeForms[type].normalizeString(text));
			}),
			{ numRuns: sized(700, 10_000) }
		);
	});

	it('follows the JavaScript engine if the spec asks for it', () => {
		const spec = { type: 'NFKC', unicode: 'latest' } as const;
		fc.assert(
			fc.property(markHeavy, (text) => {
				expect(textOf(normalize(spec, text))).toBe(text.normalize('NFKC'));
			}),
			{ numRuns: sized(700, 10_000) }
		);
		// Letters that join the letter before them.
		for (const text of ['\u{16d67}\u{16d67}', 'a\u{16d63}\u{16d67}', '\u{16d69}\u{16d67}'])
			expect(textOf(normalize(spec, text))).toBe(text.normalize('NFKC'));
	});

	it('normalizes long texts like short ones, wherever chunks end', () => {
		fc.assert(
			fc.property(fc.array(markHeavy, { minLength: 300, maxLength: 300 }), (parts) => {
				const text = parts.join(' e');
				const result = normalize({ type: 'NFC' }, text);
				expect(textOf(result)).toBe(nativeForms.NFC.normalizeString(text));
			}),
			{ numRuns: sized(5, 20) }
		);
	});
});

it('lowercases by the table of the native library, whatever Unicode version the host has', () => {
	const text = 'ÄΣİẞꟜ\u{1c89}\u{10d50}\u{16ea0}';
	const expected = nativeForms.Lowercase.normalizeString(text);
	const host = vi.spyOn(String.prototype, 'toLowerCase').mockImplementation(() => 'host');
	try {
		expect(textOf(normalize({ type: 'Lowercase' }, text))).toBe(expected);
	} finally {
		host.mockRestore();
	}
});

describe('alignment', () => {
	it('returns its argument when nothing changes', () => {
		const text = aligned('plain é text');
		for (const type of ['NFC', 'NFKC', 'Lowercase'] as const) {
			expect(createNormalizer({ type }, EXTRAS)(text)).toBe(text);
		}
	});

	it('never decreases, and covers the whole text in every form', () => {
		fc.assert(
			fc.property(markHeavy, fc.constantFrom(...FORMS), (text, type) => {
				const { origin, end } = normalize({ type }, text);
				if (origin === null) return;
				let covered = 0;
				for (let i = 0; i < end; i++) {
					expect(origin.starts[i]).toBeLessThanOrEqual(covered);
					expect(i === 0 || origin.starts[i] >= origin.starts[i - 1]).toBe(true);
					expect(origin.ends[i]).toBeGreaterThanOrEqual(covered);
					covered = origin.ends[i];
				}
				expect(covered).toBe(encodeUtf8(text).length);
			}),
			{ numRuns: sized(400, 5000) }
		);
	});

	it.each<[string, NormalizerSpec, string, string]>([
		[
			'a composed character stands for its parts',
			{ type: 'NFC' },
			'xe\u0301y',
			'x(x)é(e\u0301)y(y)'
		],
		['parts stand for the whole character', { type: 'NFKC' }, '™', 'T(™)M(™)'],
		['an inserted character stands for nothing', { type: 'Prepend', prepend: '▁' }, 'a', '▁()a(a)'],
		[
			'a replacement stands for the match',
			{ type: 'Replace', pattern: { String: 'ab' }, content: 'xyz' },
			'cab',
			'c(c)x(ab)y(ab)z(ab)'
		],
		[
			'removed text belongs to nothing',
			{ type: 'Strip', strip_left: true, strip_right: true },
			' \u3000a\n',
			'a(a)'
		],
		['lowercase may be longer', { type: 'Lowercase' }, 'Aİ', 'a(A)i(İ)\u0307(İ)'],
		[
			'places carry through a sequence',
			{
				type: 'Sequence',
				normalizers: [
					{ type: 'Prepend', prepend: ' ' },
					{ type: 'Replace', pattern: { String: ' ' }, content: '▁' },
					{ type: 'NFC' }
				]
			},
			'e\u0301 b',
			'▁()é(e\u0301)▁( )b(b)'
		],
		[
			'SentencePiece’s prefix is empty, and its symbols keep their characters',
			{
				type: 'SentencePiece',
				precompiled_charsmap: encodeBase64(
					writeCharsmap([
						['e\u0301', 'é'],
						['xy', 'z']
					])
				),
				add_dummy_prefix: true,
				remove_extra_whitespaces: true,
				escape_whitespaces: true,
				user_defined_symbols: ['xyé', ' b']
			},
			'  e\u0301  xyé b xy ',
			'▁()é(e\u0301)▁( )x(x)y(y)é(é)▁( )b(b)▁( )z(xy)'
		]
	])('%s', (_, spec, text, expected) => {
		expect(sources(spec, text)).toEqual(expected);
	});

	it('leaves an empty text empty', () => {
		expect(textOf(normalize({ type: 'Prepend', prepend: '▁' }, ''))).toBe('');
	});
});

describe('a text that grows without bound is refused before it fills the memory', () => {
	const doubling = (letter: string): NormalizerSpec => ({
		type: 'Replace',
		pattern: { String: letter },
		content: letter.repeat(2)
	});
	it.each<[string, NormalizerSpec, string]>([
		[
			'by doubling letters again and again',
			{ type: 'Sequence', normalizers: Array.from({ length: 24 }, () => doubling('a')) },
			'rewrites 11 bytes of text as'
		],
		[
			'by a long prefix',
			{ type: 'Prepend', prepend: 'b'.repeat(1 << 20) },
			'rewrites 11 bytes of text as 1048576 or more: expected at most 64 times as many plus 4096'
		]
	])('%s', (_name, spec, message) => {
		const normalizer = createNormalizer(spec, EXTRAS);
		expect(() => normalizer(aligned('x aaaa aaaa'))).toThrow(message);
	});

	it('whatever text came before', () => {
		const normalizer = createNormalizer(
			{
				type: 'Sequence',
				normalizers: Array.from({ length: 12 }, () => doubling('a'))
			},
			EXTRAS
		);
		expect(textOf(normalizer(aligned('b'.repeat(1 << 20))))).toHaveLength(1 << 20);
		expect(() => normalizer(aligned('aaa'))).toThrow('rewrites 3 bytes of text');
	});

	it('while every compatibility form fits', () => {
		const ligature = 'ﷺ';
		expect(textOf(normalize({ type: 'NFKD' }, ligature.repeat(1000)))).toHaveLength(18_000);
	});
});
