import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { PACKED_IDS, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { createTokenizer, type Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { TokenTree } from '../../session/calls/token-details';
import { anchorsOf, lastTokens, tokensAfter, treesAfter, wordMergesOf } from './word-merges';
import { finalBoundaries } from './word-trace';

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

// One per kind of vocabulary in short.
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
				const trees = treesAfter(of, of.steps.length);
				expect(Array.from(trees.values(), ({ token }) => token.id)).toEqual([...last.ids]);
				for (const { left, right, runnersUp } of finalBoundaries(of, (a, b) =>
					tokenizer.mergeRank(a, b)
				)) {
					expect(tokenizer.mergeRank(left, right)).toBe(-1);
					for (const merge of runnersUp) {
						const winner = of.steps[merge.lostTo - 1];
						expect(winner.rank).toBeLessThanOrEqual(merge.rank);
						expect(merge.rank).toBe(tokenizer.mergeRank(merge.left, merge.right));
					}
				}
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

it('shows what each token was merged from', () => {
	const shape = ({ token, merge, parts }: TokenTree): unknown =>
		parts ? [merge, ...parts.map(shape)] : decoder.decode(token.bytes);
	const trees = treesAfter(mergesOf(small, 'hell lo'), 4);
	expect(Array.from(trees, ([start, tree]) => [start, shape(tree)])).toEqual([
		[0, [3, [1, 'h', 'e'], [2, 'l', 'l']]],
		[4, ' '],
		[5, [4, 'l', 'o']]
	]);
});

it('lists where a token begins at every step', () => {
	expect([...anchorsOf(mergesOf(small, 'llo'))]).toEqual([0, 2]);
});

describe('finalBoundaries', () => {
	const boundariesOf = (text: string) =>
		finalBoundaries(mergesOf(small, text), (a, b) => small.mergeRank(a, b));

	it('names the merge that lost to an earlier one', () => {
		// l + o is rank 259, but l + l is rank 257 and came first.
		const lost = { left: 108, right: 111, start: 1, boundary: 2, end: 3, rank: 259, lostTo: 1 };
		expect(boundariesOf('llo')).toEqual([
			{ left: 257, right: 111, start: 0, boundary: 2, end: 3, runnersUp: [lost] }
		]);
	});

	it('has no boundary between pre-tokens', () => {
		expect(boundariesOf('he he')).toMatchObject([{ start: 2, boundary: 3, end: 5 }]);
	});

	it('explains why strawberry has three tokens in cl100k', () => {
		// Checked by hand against the rank file: st+r is 496, r+a 969.
		const tokenizer = packedTokenizer('cl100k_base');
		const of = mergesOf(tokenizer, 'strawberry');
		const text = (start: number, end: number) => decoder.decode(of.bytes.subarray(start, end));
		const boundaries = finalBoundaries(of, (a, b) => tokenizer.mergeRank(a, b)).map((pair) => [
			`${text(pair.start, pair.boundary)}+${text(pair.boundary, pair.end)}`,
			...pair.runnersUp.map((merge) => text(merge.start, merge.end))
		]);
		expect(boundaries).toEqual([
			['str+aw', 'ra', 'stra'],
			['aw+berry', 'wb']
		]);
	});
});
