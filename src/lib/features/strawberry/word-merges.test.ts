import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { PACKED_IDS, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { createTokenizer, type Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { anchorsOf, lastTokens, tokensAfter, wordMergesOf } from './word-merges';

const mergesOf = (tokenizer: Tokenizer, text: string) =>
	wordMergesOf(encodeUtf8(text), tokenizer.trace(text));

const small = createTokenizer(smallRanks());
const sentencePiece = createTokenizer(smallSentencePiece());
const decoder = new TextDecoder();

/** The state after some merges, as `he|ll|o`. */
function state(of: ReturnType<typeof mergesOf>, step: number): string {
	const { byteStarts, byteEnds } = tokensAfter(of, step);
	return Array.from(byteStarts, (start, i) =>
		decoder.decode(of.bytes.subarray(start, byteEnds[i]))
	).join('|');
}

const states = (of: ReturnType<typeof mergesOf>) =>
	Array.from({ length: of.steps.length + 1 }, (_, step) => state(of, step));

it('goes from bytes to the token, merge by merge, and stays at the end', () => {
	const merges = mergesOf(small, 'hello');
	expect(states(merges).join(' ')).toBe('h|e|l|l|o he|l|l|o he|ll|o hell|o hello');
	expect(state(merges, 99)).toBe('hello');
});

it('lists pre-tokens one after another, and nothing merges across them', () => {
	const words = mergesOf(small, 'lo he');
	expect(states(words)).toEqual(['l|o| |h|e', 'lo| |h|e', 'lo| |he']);
	expect([...words.preTokenEnds]).toEqual([2, 5]);
});

it('begins with characters if those are the symbols, with a ▁ put before', () => {
	expect(states(mergesOf(sentencePiece, 'cab'))).toEqual(['▁|c|a|b', '▁|c|ab']);
});

it('shows a special token as the symbol it is', () => {
	const text = 'he<|end|>';
	const parsed = wordMergesOf(encodeUtf8(text), small.trace(text, { special: 'parse' }));
	expect(states(parsed)).toEqual(['h|e|<|end|>', 'he|<|end|>']);
	expect([...tokensAfter(parsed, 1).ids]).toEqual([256, 300]);
});

// In short runs, one vocabulary of each kind.
const MERGED_IDS = sized(['cl100k_base', 'llama2', 'qwen3'], PACKED_IDS);

describe.each(MERGED_IDS)('the merges of %s', (id) => {
	const tokenizer = packedTokenizer(id);

	it('end with the encoding, remove one token per step, leave no possible merge, and have ends', () => {
		fc.assert(
			fc.property(multilingualText, fc.nat(8), (text, asked) => {
				const of = mergesOf(tokenizer, text);
				const last = tokensAfter(of, of.steps.length);
				expect(last.ids).toEqual(tokenizer.encode(text).ids);
				for (let step = 0; step <= of.steps.length; step++) {
					expect(tokensAfter(of, step).ids).toHaveLength(of.initial.ids.length - step);
				}
				const count = Math.min(asked, last.ids.length);
				const end = lastTokens(of, count);
				expect([...tokensAfter(end, end.steps.length).ids]).toEqual([
					...last.ids.subarray(last.ids.length - count)
				]);
				expect(tokensAfter(end, 0).ids).toHaveLength(count + end.steps.length);
				expect(end.preTokenEnds.at(-1) ?? 0).toBe(end.bytes.length);
				for (let i = 1; i < last.ids.length; i++)
					if (!of.preTokenEnds.includes(last.byteStarts[i]))
						expect(tokenizer.mergeRank(last.ids[i - 1], last.ids[i])).toBe(-1);
			}),
			{ numRuns: sized(30, 60) }
		);
	});
});

describe('lastTokens', () => {
	it('has the merges of the end of a text', () => {
		const last = lastTokens(mergesOf(small, 'he lo'), 2);
		expect(states(last)).toEqual([' |l|o', ' |lo']);
		expect([...last.preTokenEnds]).toEqual([3]);
		expect(states(lastTokens(mergesOf(small, 'he'), 0))).toEqual(['']);
	});
});

it('lists where a token begins at every step', () => {
	expect([...anchorsOf(mergesOf(small, 'llo'))]).toEqual([0, 2]);
});
