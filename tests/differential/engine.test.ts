import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Tiktoken } from 'tiktoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Encoding, EncodeOptions, Tokenizer } from '../../src/lib/engine';
import { OTHER_WORDS } from '../../src/lib/features/strawberry/other-words';
import { DRIFT_CASES } from '../../src/lib/features/drift/cases/cases';
import { variantsOf } from '../../src/lib/features/strawberry/variants';
import { charSpans } from '../support/char-of-byte';
import { nativeLibrary as native, type NativeTokenizer } from '../support/native-library';
import { nativeOriginal } from '../support/native-sides';
import { HUGGING_FACE, TIKTOKEN_RANKS } from '../support/native-tokenizers';
import { packedTokenizer } from '../support/packed-tokenizers';
import { randomTexts, SEED } from '../support/random-texts';
import { sized } from '../support/size';
import { testCases } from './drift-cases';

const require = createRequire(import.meta.url);

/** Number of short strings per tokenizer, and of strings of several kilobytes, which are processed in parts. */
const STRINGS = sized(200, 4000);
const LONG_STRINGS = sized(2, 25);
/** One in this many tokens is encoded and decoded. `tests/oracle` checks the bytes of all tokens. */
const STRIDE = sized(50, 1);

console.log(`differential tests: SEED=${SEED} runs the same strings again`);

/** Words of the Strawberry page in all variants, and strings that are hard for tokenizers. */
const WORDS = [...OTHER_WORDS.map(({ word }) => word), 'a', '\u0301', 'Straw Berry'].flatMap(
	(word) => variantsOf(word).map(({ text }) => text)
);
const texts = (seed: number): string[] => [
	...WORDS,
	...randomTexts(seed, STRINGS),
	...randomTexts(seed + 1, LONG_STRINGS, 1500)
];

/** Long enough to make the engine's core ready, where a tokenizer has one. */
const LONG_TEXT = 'a long text '.repeat(100_000);

/** Expects the encodings that the loops in TypeScript gave. */
function expectSameFromCore(
	tokenizer: Tokenizer,
	texts: readonly string[],
	encodings: readonly Encoding[],
	options?: EncodeOptions
): void {
	tokenizer.encode(LONG_TEXT);
	texts.forEach((text, i) => {
		const { ids, byteStarts, byteEnds } = tokenizer.encode(text, options);
		const expected = encodings[i];
		expect(ids, JSON.stringify(text)).toEqual(expected.ids);
		expect(byteStarts, JSON.stringify(text)).toEqual(expected.byteStarts);
		expect(byteEnds, JSON.stringify(text)).toEqual(expected.byteEnds);
	});
}

/** Ids with a token, ascending. */
const idsOf = (tokenizer: Tokenizer): number[] =>
	Array.from({ length: tokenizer.vocabularySize }, (_, id) => id).filter((id) => {
		try {
			tokenizer.tokenBytes(id);
			return true;
		} catch {
			return false;
		}
	});
const isSampled = (_: number, i: number) => i % STRIDE === 0;

function openTiktoken(id: string): Tiktoken {
	const { Tiktoken } = require('tiktoken');
	const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS[id]();
	return new Tiktoken(bpe_ranks, special_tokens, pat_str);
}

describe.each(Object.keys(TIKTOKEN_RANKS))('%s equals native tiktoken', (id) => {
	let ours: Tokenizer;
	const inputOf = (text: string) =>
		id === 'claude-legacy' ? text.toWellFormed().normalize('NFKC') : text.toWellFormed();
	let reference: Tiktoken;
	beforeAll(() => {
		ours = packedTokenizer(id);
		reference = openTiktoken(id);
	});
	afterAll(() => reference.free());

	it('in ids, spans and decoded text of strings', () => {
		const strings = texts(SEED + id.length);
		const encodings = strings.map((text) => ours.encode(text));
		strings.forEach((text, i) => {
			const input = inputOf(text);
			const encoding = encodings[i];
			expect([...encoding.ids], JSON.stringify(text)).toEqual([
				...reference.encode_ordinary(input)
			]);
			// Every byte of the text belongs to exactly one token.
			if (id !== 'claude-legacy') {
				const ends = [0, ...encoding.byteEnds];
				expect([...encoding.byteStarts, Buffer.byteLength(input)]).toEqual(ends);
			}
			expect(ours.decode(encoding.ids), JSON.stringify(text)).toBe(input);
		});
		expectSameFromCore(ours, strings, encodings);
	});

	it('in the encoding of tokens', () => {
		for (const token of idsOf(ours).filter(isSampled)) {
			const text = ours.decode([token]);
			const encoded = ours.encode(text).ids;
			const there = reference.encode_ordinary(inputOf(text));
			if (encoded.join() !== there.join()) expect([...encoded], text).toEqual([...there]);
		}
	});

	testCases(id);
});

it('cases of the gallery are about these tokenizers', () => {
	const tested = [...Object.keys(TIKTOKEN_RANKS), ...Object.keys(HUGGING_FACE)];
	for (const { slug, a } of DRIFT_CASES) expect(tested, slug).toContain(a.tokenizer);
});

it('special tokens in text that is normalized first are those that the package of claude-legacy finds', () => {
	const ours = packedTokenizer('claude-legacy');
	const reference = openTiktoken('claude-legacy');
	/** Fragments of the special tokens, before and after NFKC, and a mark that combines with `>`. */
	const parts = fc.constantFrom(
		...['<', '＜', '﹤', '>', '＞', 'EOT', 'ＥＯＴ', 'ℰOT', 'META', '_START', '＿END', '<EOT>'],
		...['Ⓢ', 'SOS', '\u0338', ' ', 'é', 'e\u0301', '™', '<META_END>', '＜ＳＯＳ＞']
	);
	expect([...ours.encode('＜EOT＞', { special: 'parse' }).ids]).toEqual([0]);
	fc.assert(
		fc.property(fc.array(parts, { maxLength: 10 }), (found) => {
			const text = found.join('');
			const expected = [...reference.encode(text.normalize('NFKC'), 'all')];
			expect([...ours.encode(text, { special: 'parse' }).ids]).toEqual(expected);
		}),
		{ numRuns: sized(500, 5000) }
	);
	reference.free();
});

describe.skipIf(!native).each(Object.keys(HUGGING_FACE))('%s equals native tokenizers', (id) => {
	let ours: Tokenizer;
	let reference: NativeTokenizer;
	beforeAll(() => {
		ours = packedTokenizer(id);
		reference = nativeOriginal(id);
	});

	it('in ids, offsets and decoded text of strings', async () => {
		const formed = texts(SEED + id.length * 7).map((text) => text.toWellFormed());
		const expected = await reference.encodeBatch(formed, { addSpecialTokens: false });
		const ids = expected.map((encoding) => encoding.getIds());
		const kept = await reference.decodeBatch(ids, false);
		const skipped = await reference.decodeBatch(ids, true);
		const encodings = formed.map((text) => ours.encode(text, { special: 'parse' }));
		formed.forEach((text, i) => {
			const encoding = encodings[i];
			expect([...encoding.ids], JSON.stringify(text)).toEqual(ids[i]);
			expectSameOffsets(ours, encoding, expected[i].getOffsets(), text);
			expect(ours.decode(ids[i]), JSON.stringify(text)).toBe(kept[i]);
			expect(ours.decode(ids[i], { skipSpecial: true }), JSON.stringify(text)).toBe(skipped[i]);
		});
		expectSameFromCore(ours, formed, encodings, { special: 'parse' });
	});

	it('in the tokens of the template', async () => {
		const texts = ['', ' ', 'Hello world'];
		const expected = await reference.encodeBatch(texts, { addSpecialTokens: true });
		texts.forEach((text, i) => {
			const { ids } = ours.encode(text, { special: 'parse', addSpecialTokens: true });
			expect([...ids], JSON.stringify(text)).toEqual(expected[i].getIds());
		});
	});

	it('in the decoding and the encoding of tokens', async () => {
		const all = idsOf(ours);
		expect(reference.getVocabSize(true)).toBe(all.length);
		const ids = all.filter(isSampled);
		const rows = ids.map((token) => [token]);
		const texts = await reference.decodeBatch(rows, false);
		const skipped = await reference.decodeBatch(rows, true);
		const encodings = await reference.encodeBatch(texts, { addSpecialTokens: false });
		ids.forEach((token, i) => {
			const text = ours.decode([token]);
			if (text !== texts[i]) expect(text, `token ${token}`).toBe(texts[i]);
			const without = ours.decode([token], { skipSpecial: true });
			if (without !== skipped[i]) expect(without, `token ${token}`).toBe(skipped[i]);
			const encoded = ours.encode(text, { special: 'parse' }).ids;
			const there = encodings[i].getIds();
			if (encoded.join() !== there.join()) expect([...encoded], text).toEqual(there);
		});
	});

	// Run here because each tokenizer takes seconds to open, and last because they modify it.
	testCases(id);
});

/**
 * When NFC composes a character, the native span covers only its first part. Ours covers all parts, so it must contain
 * the native one.
 */
function expectSameOffsets(
	tokenizer: Tokenizer,
	encoding: Encoding,
	native: [number, number][],
	text: string
): void {
	const composes = tokenizer.spec.normalizer?.type === 'NFC' && text.normalize('NFC') !== text;
	charSpans(text, encoding).forEach((span, i) => {
		const [start, end] = native[i];
		if (span === null || (span[0] === start && span[1] === end)) return;
		if (composes && span[0] <= start && end <= span[1]) return;
		expect(span, `token ${i} of ${JSON.stringify(text)}`).toEqual(native[i]);
	});
}
