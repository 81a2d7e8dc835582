import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeTokenizerJson, type Encoding, type Tokenizer } from '../../src/lib/engine';
import { charOfByte } from '../support/char-of-byte';
import { nativeLibrary as native } from '../support/native-library';
import { HUGGING_FACE, TIKTOKEN_RANKS } from '../support/native-tokenizers';
import { packedTokenizer } from '../support/packed-tokenizers';
import { randomTexts, SEED } from '../support/random-texts';

const require = createRequire(import.meta.url);
const encoder = new TextEncoder();

/** Short strings per tokenizer: more than 50,000 per run. */
const STRINGS = 4000;

console.log(`differential tests: SEED=${SEED} runs the same strings again`);

/** Mostly short strings, and some of several kilobytes, which are handled in parts. */
function texts(seed: number): string[] {
	return [...randomTexts(seed, STRINGS), ...randomTexts(seed + 1, 25, 1500)];
}

describe.each(Object.keys(TIKTOKEN_RANKS))('%s equals native tiktoken', (id) => {
	it(`on ${STRINGS} strings`, () => {
		const { Tiktoken } = require('tiktoken');
		const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS[id]();
		const reference = new Tiktoken(bpe_ranks, special_tokens, pat_str);
		const ours = packedTokenizer(id);
		for (const text of texts(SEED + id.length)) {
			const formed = text.toWellFormed();
			const input = id === 'claude-legacy' ? formed.normalize('NFKC') : formed;
			const expected = [...reference.encode_ordinary(input)];
			const encoding = ours.encode(text);
			expect([...encoding.ids], JSON.stringify(text)).toEqual(expected);
			if (id !== 'claude-legacy') expectTiled(encoding, formed);
			expect(ours.decode(encoding.ids), JSON.stringify(text)).toBe(input);
		}
		reference.free();
	});
});

describe('special tokens in text that is normalized first', () => {
	/** Parts of Claude's special tokens, as NFKC leaves and as it makes them, and a mark that changes a `>`. */
	const texts = () => {
		const parts = fc.constantFrom(
			...[
				'<',
				'＜',
				'﹤',
				'>',
				'＞',
				'EOT',
				'ＥＯＴ',
				'ℰOT',
				'META',
				'_START',
				'＿END',
				'<EOT>',
				'Ⓢ',
				'SOS'
			],
			...['\u0338', ' ', 'é', 'e\u0301', '™', '<META_END>', '＜ＳＯＳ＞']
		);
		return fc.array(parts, { maxLength: 10 }).map((found) => found.join(''));
	};
	const ours = packedTokenizer('claude-legacy');

	it('are those that the package of claude-legacy finds', () => {
		const { Tiktoken } = require('tiktoken');
		const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS['claude-legacy']();
		const reference = new Tiktoken(bpe_ranks, special_tokens, pat_str);
		expect([...ours.encode('＜EOT＞', { special: 'parse' }).ids]).toEqual([0]);
		fc.assert(
			fc.property(texts(), (text) => {
				const expected = [...reference.encode(text.normalize('NFKC'), 'all')];
				expect([...ours.encode(text, { special: 'parse' }).ids]).toEqual(expected);
			}),
			{ numRuns: 5000 }
		);
		reference.free();
	});

	it.skipIf(!native)('are those that native tokenizers find', async () => {
		if (!native) return;
		const spec = { ...ours.spec, normalizer: { type: 'NFKC' } } as const;
		const reference = native.Tokenizer.fromString(JSON.stringify(writeTokenizerJson(spec)));
		await fc.assert(
			fc.asyncProperty(texts(), async (text) => {
				const [expected] = await reference.encodeBatch([text], { addSpecialTokens: false });
				const found = ours.encode(text, { special: 'parse' });
				expect([...found.ids], JSON.stringify(text)).toEqual(expected.getIds());
			}),
			{ numRuns: 2000 }
		);
	});
});

describe.skipIf(!native).each(Object.keys(HUGGING_FACE))('%s equals native tokenizers', (id) => {
	it(`ids, offsets and decoded text of ${STRINGS} strings`, async () => {
		if (!native) return;
		const ours = packedTokenizer(id);
		const reference = native.Tokenizer.fromString(JSON.stringify(HUGGING_FACE[id]()));
		const formed = texts(SEED + id.length * 7).map((text) => text.toWellFormed());
		const expected = await reference.encodeBatch(formed, { addSpecialTokens: false });
		const ids = expected.map((encoding) => encoding.getIds());
		const kept = await reference.decodeBatch(ids, false);
		const skipped = await reference.decodeBatch(ids, true);
		formed.forEach((text, i) => {
			const encoding = ours.encode(text, { special: 'parse' });
			expect([...encoding.ids], JSON.stringify(text)).toEqual(ids[i]);
			expectSameOffsets(ours, encoding, expected[i].getOffsets(), text);
			expect(ours.decode(ids[i]), JSON.stringify(text)).toBe(kept[i]);
			expect(ours.decode(ids[i], { skipSpecial: true }), JSON.stringify(text)).toBe(skipped[i]);
		});
	});

	it('adds the tokens of the template', async () => {
		if (!native) return;
		const ours = packedTokenizer(id);
		const reference = native.Tokenizer.fromString(JSON.stringify(HUGGING_FACE[id]()));
		const texts = ['', ' ', 'Hello world'];
		const expected = await reference.encodeBatch(texts, { addSpecialTokens: true });
		texts.forEach((text, i) => {
			const { ids } = ours.encode(text, { special: 'parse', addSpecialTokens: true });
			expect([...ids], JSON.stringify(text)).toEqual(expected[i].getIds());
		});
	});
});

/** Every byte of the text belongs to exactly one token. */
function expectTiled({ byteStarts, byteEnds }: Encoding, text: string): void {
	let at = 0;
	for (let i = 0; i < byteStarts.length; i++) {
		expect(byteStarts[i], JSON.stringify(text)).toBe(at);
		at = byteEnds[i];
	}
	expect(at, JSON.stringify(text)).toBe(encoder.encode(text).length);
}

/**
 * Native offsets are characters, so a token with part of a character has the span of all of it. An inserted character has
 * its neighbour's span there and an empty one here. If NFC composes a character, native gives it the span of its first part
 * and we give it all parts, so our span must contain the native one.
 */
function expectSameOffsets(
	tokenizer: Tokenizer,
	{ byteStarts, byteEnds }: Encoding,
	native: [number, number][],
	text: string
): void {
	const composes = tokenizer.spec.normalizer?.type === 'NFC' && text.normalize('NFC') !== text;
	const characters = charOfByte(text);
	native.forEach(([start, end], i) => {
		if (byteStarts[i] === byteEnds[i]) return;
		const ours = [characters[byteStarts[i]], characters[byteEnds[i] - 1] + 1];
		const same = composes
			? ours[0] <= start && end <= ours[1]
			: ours[0] === start && ours[1] === end;
		if (!same) expect(ours, `token ${i} of ${JSON.stringify(text)}`).toEqual([start, end]);
	});
}
