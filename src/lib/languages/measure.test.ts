import fc from 'fast-check';
import { expect, it } from 'vitest';
import { multilingualText } from '../../../tests/support/arbitrary-text';
import { tokensAt } from '../../../tests/support/encodings';
import { packedTokenizer } from '../../../tests/support/packed-tokenizers';
import { sized } from '../../../tests/support/size';
import type { Encoding } from '../engine';
import { Measurer, prepareText } from './measure';
import type { MeasuredText } from './types';

/** Token 0 spells `é` whole, 1 its first byte, 2 an ASCII letter. */
const SPELLINGS = [[0xc3, 0xa9], [0xc3], [0x61]].map((bytes) => Uint8Array.from(bytes));
const toy = {
	tokenBytes: (id: number) => SPELLINGS[id],
	vocabularySize: SPELLINGS.length
};

/** An encoding with a token of id 2 for each span. */
const encoding = (spans: readonly (readonly [number, number])[]) =>
	tokensAt(...spans.map(([start, end]) => [2, start, end] as const));

/** Adjacent spans that end at these bytes. */
const consecutive = (...ends: number[]) =>
	ends.map((end, i) => [i === 0 ? 0 : ends[i - 1], end] as const);

/** A text with the byte spans of its words. */
const textOf = (text: string, words: number[] | null): MeasuredText => ({
	text,
	words: words && Uint32Array.from(words)
});

const measured = (text: MeasuredText, spans: Encoding) => new Measurer(toy).measure(text, spans);

/** Counts the words that one token covers and no other token touches, by comparing every token with every word. */
function slowOneTokenWords(words: Uint32Array, { byteStarts, byteEnds }: Encoding): number {
	let count = 0;
	for (let word = 0; word < words.length; word += 2) {
		const [start, end] = words.subarray(word, word + 2);
		const touching = Array.from(byteStarts, (from, i) => ({ from, to: byteEnds[i] })).filter(
			({ from, to }) => from < to && from < end && to > start
		);
		if (touching.length === 1 && touching[0].from <= start && touching[0].to >= end) count++;
	}
	return count;
}

it('counts tokens, bytes, chars and words', () => {
	const text = textOf('Zoë 😀 ok', [0, 4, 10, 12]);
	expect(measured(text, encoding(consecutive(2, 4, 9, 12)))).toEqual({
		tokens: 4,
		bytes: 12,
		chars: 8,
		words: 2,
		// "ok" with the space before it; "Zoë" is split.
		oneTokenWords: 1,
		fallbackBytes: 0,
		droppedBytes: 0
	});
});

it('counts a word inside a token that holds more, but none that is split or not covered', () => {
	// "(one two)x" with whole words, a split word, and two words in one token; tokens include spaces and punctuation.
	const words = textOf('(one two)x', [1, 4, 5, 8, 9, 10]);
	const oneTokenWords = (...spans: [number, number][]) =>
		measured(words, encoding(spans)).oneTokenWords;
	expect(oneTokenWords([0, 4], [4, 9], [9, 10])).toBe(3);
	expect(oneTokenWords([0, 8], [8, 10])).toBe(3);
	expect(oneTokenWords([0, 2], [2, 4], [4, 7], [7, 10])).toBe(1);
	expect(oneTokenWords([0, 4], [9, 10])).toBe(2);
	expect(oneTokenWords()).toBe(0);
});

it('is not misled by empty tokens and by tokens that overlap', () => {
	const words = textOf('ab ™c', [0, 2, 3, 7]);
	const oneTokenWords = (...spans: [number, number][]) =>
		measured(words, encoding(spans)).oneTokenWords;
	// SentencePiece's ▁ added before the text, and an empty token after a word.
	expect(oneTokenWords([0, 0], [0, 2], [2, 2], [2, 7])).toBe(2);
	// NFKC turns ™ into T and M: two tokens over the same bytes.
	expect(oneTokenWords([0, 2], [2, 6], [3, 7])).toBe(1);
});

it.each(['cl100k_base', 'llama2'])('counts under %s what the definitions say', (id) => {
	const tokenizer = packedTokenizer(id);
	const measurer = new Measurer(tokenizer);
	fc.assert(
		fc.property(multilingualText, (raw) => {
			const text = prepareText(raw);
			const spans = tokenizer.encode(raw);
			const measure = measurer.measure(text, spans);
			expect(measure.bytes).toBe(Buffer.byteLength(raw));
			expect(measure.chars).toBe([...raw].length);
			expect(measure.tokens).toBe(spans.ids.length);
			// These have a token for every byte.
			expect(measure.droppedBytes).toBe(0);
			const single = [...spans.ids].map((token) => tokenizer.tokenBytes(token));
			expect(measure.fallbackBytes).toBe(
				single.filter((bytes) => bytes.length === 1 && bytes[0] > 0x7f).length
			);
			const { words } = text;
			expect(measure.oneTokenWords).toBe(words && slowOneTokenWords(words, spans));
		}),
		{ numRuns: sized(60, 300) }
	);
});
