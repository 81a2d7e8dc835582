import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runNormalizer } from '../../src/lib/drift/config/stages';
import { createTokenizer, parseTokenizerJson, tokenizerJsonText } from '../../src/lib/engine';
import { encodeBase64 } from '../../src/lib/engine/stages';
import { readTokenizer } from '../../src/lib/tokenizers/files/read';
import { lossesOf } from '../../src/lib/tokenizers/files/write';
import { writeCharsmap } from '../../src/tools/charsmap.mjs';
import { ORACLE_INPUTS } from '../support/oracle';
import { BYTE_PIECES, sentencePieceFile, slicedFile } from '../support/tokenizer-files';
import { loadNative, nativeLibrary as native } from '../support/native-library';
import { nativeStages } from '../support/native-stages';
import { sized } from '../support/size';

/** Table of SentencePiece's rule nmt_nfkc. `tests/oracle/PROVENANCE.md` states its origin. */
const NMT_NFKC = brotliDecompressSync(
	readFileSync(join(import.meta.dirname, '../oracle/nmt_nfkc.charsmap.br'))
);
const NMT_NFKC_SHA256 = '1e2c7b43d3ee9755ceaa2ac335e253d8703604e0249ee1e81156c92b46423844';

const precompiled = (table: Uint8Array) =>
	({ type: 'Precompiled', precompiled_charsmap: encodeBase64(table) }) as const;

/** The same normalizer in the engine and in the native library. */
function bothOf(table: Uint8Array) {
	const normalizer = precompiled(table);
	const reference = nativeStages({ normalizer }).getNormalizer();
	const ours = runNormalizer(normalizer);
	return {
		ours: (text: string) => ours(text)[0],
		reference: (text: string) => reference?.normalizeString(text)
	};
}

/** Characters of every grapheme class, of one to four bytes. */
const CHARACTERS = [
	...'ab \t\r\n\0\u0001éß©®½\u00ad\u0301\u0308',
	...'\u0600\u06dd\u0890\u{110bd}\u0d4e\u0903\u0e33\u0f7f\u{11131}',
	...'\u200d\u200c\ufe0f\u20e3❤😀🏽👩\u{1fbff}🇹🇷',
	...'\u1100\u1161\u11a8가각\u{16d63}\u{16d67}\ua960\ud7b0\ud7cb',
	...'कत\u094d\u093cক\u09cd\u1039က\u{11f45}',
	...'ﬁ㌀ｱﾞ中日本𝒳\u2028\ufeff\u{e0041}\u0378'
];

const strings = (maxLength: number, minLength = 0) =>
	fc
		.array(fc.constantFrom(...CHARACTERS), { minLength, maxLength })
		.map((characters) => characters.join(''));

describe.skipIf(!native)('Precompiled equals native', () => {
	it('with generated tables', () => {
		const replacements = fc.array(
			fc.tuple(
				strings(3, 1).filter((text) => !text.includes('\0')),
				fc.oneof(strings(3), fc.constant('')).map((text) => text.replaceAll('\0', ''))
			),
			{ minLength: 1, maxLength: 40 }
		);
		fc.assert(
			fc.property(replacements, fc.array(strings(12), { minLength: 20 }), (pairs, texts) => {
				const { ours, reference } = bothOf(writeCharsmap(pairs));
				for (const text of texts) expect(ours(text)).toBe(reference(text));
			}),
			{ numRuns: sized(100, 1000) }
		);
	});

	it('in where graphemes begin, on every code point next to those of each class', () => {
		// A grapheme that starts with © or a mark loses the rest. One inside a longer grapheme does not.
		const { ours, reference } = bothOf(
			writeCharsmap(
				Object.entries({ '©': 'X', '\u0301': 'Y', क: 'Z', ᆨ: 'T', ᅡ: 'V', ᄀ: 'L', a: 'A' })
			)
		);
		const texts = (c: string) => [
			`a${c}a\u0301 ${c}\u0301\u0301 ©${c}\u200d©\u0301 ${c}\u200d©\u0301`,
			`${c}ᄀ\u0301 ${c}ᅡ\u0301 ${c}ᆨ\u0301 ${c}\u094dक\u0301 क${c}क\u0301 क${c}\u094dक\u0301 क\u094d${c}क\u0301`
		];
		// Blocks of letters are sampled.
		for (let code = 0; code < 0x110000; code += code < 0x3000 ? 1 : sized(11, 1)) {
			if (code >= 0x323b0 && code < 0xe0000) code = 0xe0000;
			if (code >= 0xe1000) break;
			if (code >= 0xd800 && code <= 0xdfff) continue;
			const text = texts(String.fromCodePoint(code)).join('\n');
			if (ours(text) !== reference(text))
				expect(ours(text), code.toString(16)).toBe(reference(text));
		}
	});

	it('with the table of SentencePiece', () => {
		expect(createHash('sha256').update(NMT_NFKC).digest('hex')).toBe(NMT_NFKC_SHA256);
		const { ours, reference } = bothOf(NMT_NFKC);
		for (let start = 0; start < 0x110000; start += 0x400) {
			const codes = Array.from({ length: 0x400 }, (_, i) => start + i);
			const characters = codes.map((code) => String.fromCodePoint(code));
			const text = characters
				.map((c) => `a${c}\u0301 e${c}${c}ﾞ`)
				.join('\n')
				.toWellFormed();
			expect(ours(text)).toBe(reference(text));
		}
		const generated = fc.oneof(strings(30), fc.string({ unit: 'binary', maxLength: 30 }));
		fc.assert(
			fc.property(generated, (text) => {
				expect(ours(text)).toBe(reference(text));
			}),
			{ numRuns: sized(500, 5000) }
		);
	});
});

it('a SentencePiece model with a table normalizes as SentencePiece does', async () => {
	const path = join(import.meta.dirname, '../oracle/nmt_nfkc.json');
	const rows = JSON.parse(readFileSync(path, 'utf8')) as [text: string, normalized: string][];
	const pieces = [['<unk>', 0, 2] as const, ['a', 0] as const];
	const file = sentencePieceFile({ pieces, charsmap: NMT_NFKC, removesSpaces: true });
	const { normalizer } = (await readTokenizer([slicedFile(file)])).spec;
	if (!normalizer) throw new Error('got no normalizer');
	const normalize = runNormalizer(normalizer);
	for (const [text, normalized] of rows)
		expect(normalize(text)[0], JSON.stringify(text)).toBe(normalized);
});

describe.skipIf(!native)('a SentencePiece model with a table, written as tokenizer.json', () => {
	const LETTERS = ['▁', 'a', 'b', 'e', '1', '2', '⁄', 'é', 'ア', 'パ', '中', 'f', 'i'];
	const MERGED = ['▁a', 'ab', 'fi', '▁中', '1⁄', '1⁄2', 'アパ'];
	const build = async () => {
		const bytes = BYTE_PIECES.map((piece) => [piece, 0, 6] as const);
		const words = [...MERGED, ...LETTERS].map((piece, i) => [piece, -i] as const);
		const pieces = [['<unk>', 0, 2] as const, ...bytes, ...words];
		const options = { byteFallback: true, removesSpaces: true, charsmap: NMT_NFKC };
		const { spec } = await readTokenizer([slicedFile(sentencePieceFile({ pieces, ...options }))]);
		expect(await lossesOf(spec, 'tokenizer.json', {})).toEqual([]);
		const json = tokenizerJsonText(spec);
		return {
			sentencePiece: createTokenizer(spec),
			written: createTokenizer(parseTokenizerJson(JSON.parse(json))),
			reference: loadNative(json)
		};
	};

	it('gives native’s ids on any text', async () => {
		const { written, reference } = await build();
		await fc.assert(
			fc.asyncProperty(fc.oneof(strings(30), fc.string({ unit: 'binary' })), async (text) => {
				const encoding = await reference.encode(text, null, { addSpecialTokens: false });
				expect([...written.encode(text).ids]).toEqual(encoding.getIds());
			}),
			{ numRuns: sized(300, 3000) }
		);
	});

	it('gives SentencePiece’s ids on ordinary text, as native does', async () => {
		const { sentencePiece, written, reference } = await build();
		for (const { text } of ORACLE_INPUTS) {
			// See conversionNote in write.ts.
			if (!text.isWellFormed() || /\r\n|\p{M}\p{M}/u.test(text)) continue;
			const ids = [...sentencePiece.encode(text, { special: 'parse' }).ids];
			const encoding = await reference.encode(text, null, { addSpecialTokens: false });
			expect(encoding.getIds(), text).toEqual(ids);
			expect([...written.encode(text, { special: 'parse' }).ids], text).toEqual(ids);
		}
	});
});

describe('a damaged table is refused when the file is loaded', () => {
	const load = (precompiled_charsmap: unknown) => () =>
		parseTokenizerJson({
			added_tokens: [],
			normalizer: { type: 'Precompiled', precompiled_charsmap },
			model: { type: 'BPE', vocab: {}, merges: [] }
		});
	const table = writeCharsmap(Object.entries({ a: 'x', é: 'yz' }));
	const changed = (change: (view: DataView) => void) => {
		const copy = table.slice();
		change(new DataView(copy.buffer));
		return encodeBase64(copy);
	};
	const trieBytes = new DataView(table.buffer).getUint32(0, true);

	it.each([
		['no text', null, 'normalizer.precompiled_charsmap: got null, expected a string'],
		['no base64', 'A*==', 'precompiled_charsmap: got text that'],
		['nothing', '', 'got 0 bytes, expected a trie'],
		['no trie', 'AAAAAA==', 'got 4 bytes that name a trie of 0 units'],
		[
			'a trie beyond its end',
			changed((view) => view.setUint32(0, 1 << 30, true)),
			'name a trie of 268435456 units'
		],
		[
			'a path out of the trie',
			changed((view) => view.setUint32(4, 0x7ffffc00, true)),
			'got a trie that leads to unit'
		],
		[
			'a replacement beyond its end',
			changed((view) => {
				for (let at = 4; at < 4 + trieBytes; at += 4) {
					if (view.getUint32(at, true) >>> 31) view.setUint32(at, 0x80000fff, true);
				}
			}),
			'got a replacement at byte 4095'
		],
		[
			'other than UTF-8',
			changed((view) => view.setUint8(4 + trieBytes, 0xff)),
			"got replacements that aren't UTF-8 at byte 0"
		],
		['megabytes', 'A'.repeat(6_000_000), 'got 6000000 characters, expected at most']
	])('if it is %s', (_, value, message) => {
		expect(load(value)).toThrow(message);
	});

	it('or read without leaving its arrays', () => {
		const bytes = fc.array(fc.tuple(fc.nat(table.length - 1), fc.nat(255)), {
			minLength: 1,
			maxLength: 8
		});
		fc.assert(
			fc.property(bytes, strings(20), (edits, text) => {
				const copy = table.slice();
				for (const [at, byte] of edits) copy[at] = byte;
				let normalizer;
				try {
					normalizer = runNormalizer(precompiled(copy));
				} catch (error) {
					expect(String(error)).toContain('precompiled_charsmap: got');
					return;
				}
				normalizer(text);
			}),
			{ numRuns: sized(500, 2000) }
		);
	});

	it('and one that grows a text without bound fails', () => {
		const growing = runNormalizer(precompiled(writeCharsmap([['a', 'b'.repeat(10_000)]])));
		expect(() => growing('aa')).toThrow('rewrites 2 bytes of text as 10000 or more');
	});
});
