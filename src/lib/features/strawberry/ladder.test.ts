import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { PACKED_IDS, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { createTokenizer, type Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { wordMergesOf, lastTokens, tokensAfter, treesAfter, type LadderNode } from './ladder';
import { firstDifferingToken } from './parting';
import { finalBoundaries } from './rivals';

const ladder = (tokenizer: Tokenizer, text: string) =>
	wordMergesOf(encodeUtf8(text), tokenizer.trace(text));

const small = createTokenizer(smallRanks());
const pieces = createTokenizer(smallSentencePiece());
const decoder = new TextDecoder();

/** The state after some merges, as `he|ll|o`. */
function state(of: ReturnType<typeof ladder>, step: number): string {
	const { byteStarts, byteEnds } = tokensAfter(of, step);
	return Array.from(byteStarts, (start, i) =>
		decoder.decode(of.bytes.subarray(start, byteEnds[i]))
	).join('|');
}

const states = (of: ReturnType<typeof ladder>) =>
	Array.from({ length: of.rungs.length + 1 }, (_, step) => state(of, step));

describe('tokensAfter', () => {
	it('goes from bytes to the token, merge by merge', () => {
		expect(states(ladder(small, 'hello'))).toEqual([
			'h|e|l|l|o',
			'he|l|l|o',
			'he|ll|o',
			'hell|o',
			'hello'
		]);
	});

	it('takes pre-tokens one after another, which never merge with each other', () => {
		const words = ladder(small, 'lo he');
		expect(states(words)).toEqual(['l|o| |h|e', 'lo| |h|e', 'lo| |he']);
		expect([...words.pieceEnds]).toEqual([2, 5]);
		expect(words.rungs.map(({ piece }) => piece)).toEqual([0, 1]);
	});

	it('begins with characters where the vocabulary is of characters, a ▁ put before', () => {
		expect(states(ladder(pieces, 'cab'))).toEqual(['▁|c|a|b', '▁|c|ab']);
	});

	it('shows a special token as the symbol it is', () => {
		const text = 'he<|end|>';
		const parsed = wordMergesOf(encodeUtf8(text), small.trace(text, { special: 'parse' }));
		expect(states(parsed)).toEqual(['h|e|<|end|>', 'he|<|end|>']);
		expect([...tokensAfter(parsed, 1).ids]).toEqual([256, 300]);
	});

	it('stays with the last state past the last step', () => {
		expect(state(ladder(small, 'he'), 99)).toBe('he');
	});
});

describe.each(PACKED_IDS)('the ladder of %s', (id) => {
	const tokenizer = packedTokenizer(id);

	it('ends with what encoding gives, loses one token a step, and leaves no possible merge', () => {
		fc.assert(
			fc.property(multilingualText, (text) => {
				const of = ladder(tokenizer, text);
				const last = tokensAfter(of, of.rungs.length);
				expect(last.ids).toEqual(tokenizer.encode(text).ids);
				for (let step = 0; step <= of.rungs.length; step++) {
					expect(tokensAfter(of, step).ids).toHaveLength(of.initial.ids.length - step);
				}
				const trees = treesAfter(of, of.rungs.length);
				expect(trees.map((tree) => tree.id)).toEqual([...last.ids]);
				for (const { left, right, lost } of finalBoundaries(of, (a, b) =>
					tokenizer.mergeRank(a, b)
				)) {
					expect(tokenizer.mergeRank(left, right)).toBe(-1);
					for (const merge of lost) {
						const winner = of.rungs[merge.lostTo - 1];
						expect(winner.rank).toBeLessThanOrEqual(merge.rank);
						expect(merge.rank).toBe(tokenizer.mergeRank(merge.left, merge.right));
					}
				}
			}),
			{ numRuns: 60 }
		);
	});
});

describe('lastTokens', () => {
	it('is the ladder of the end of a text', () => {
		const last = lastTokens(ladder(small, 'he lo'), 2);
		expect(states(last)).toEqual([' |l|o', ' |lo']);
		expect([[...last.pieceEnds], last.rungs.map(({ piece }) => piece)]).toEqual([[3], [0]]);
		expect(states(lastTokens(ladder(small, 'he'), 0))).toEqual(['']);
	});

	it('is of a word in a sentence what is shown of it: llama2 has three tokens, of the bare text with a space four', () => {
		const llama = packedTokenizer('llama2');
		const sentence = lastTokens(ladder(llama, 'The strawberry'), 3);
		expect(states(sentence).at(0)).toBe('▁|s|t|r|a|w|b|e|r|r|y');
		expect(states(sentence).at(-1)).toBe('▁st|raw|berry');
		expect(states(ladder(llama, ' strawberry')).at(-1)).toBe('▁|▁st|raw|berry');
	});

	it.each(PACKED_IDS)('of %s ends with the tokens that encoding ends with', (id) => {
		const tokenizer = packedTokenizer(id);
		fc.assert(
			fc.property(multilingualText, fc.nat(8), (text, asked) => {
				const { ids } = tokenizer.encode(text);
				const count = Math.min(asked, ids.length);
				const of = lastTokens(ladder(tokenizer, text), count);
				expect([...tokensAfter(of, of.rungs.length).ids]).toEqual([
					...ids.subarray(ids.length - count)
				]);
				expect(tokensAfter(of, 0).ids).toHaveLength(count + of.rungs.length);
				expect(of.pieceEnds.at(-1) ?? 0).toBe(of.bytes.length);
			}),
			{ numRuns: 30 }
		);
	});
});

describe('treesAfter', () => {
	it('shows what each token was merged from', () => {
		const shape = ({ start, end, merge }: LadderNode): unknown =>
			merge ? [merge.step, shape(merge.left), shape(merge.right)] : [start, end];
		expect(treesAfter(ladder(small, 'hell lo'), 4).map(shape)).toEqual([
			[3, [1, [0, 1], [1, 2]], [2, [2, 3], [3, 4]]],
			[4, 5],
			[4, [5, 6], [6, 7]]
		]);
	});
});

describe('finalBoundaries', () => {
	it('names the merge that lost to an earlier one, and that none is left', () => {
		const cuts = finalBoundaries(ladder(small, 'llo'), (a, b) => small.mergeRank(a, b));
		expect(cuts).toEqual([
			{
				left: 257,
				right: 111,
				start: 0,
				joint: 2,
				end: 3,
				// l + o is rank 259, but l + l is rank 257 and came first.
				lost: [{ left: 108, right: 111, start: 1, joint: 2, end: 3, rank: 259, lostTo: 1 }]
			}
		]);
	});

	it('has no cut between pre-tokens', () => {
		expect(finalBoundaries(ladder(small, 'he he'), (a, b) => small.mergeRank(a, b))).toMatchObject([
			{ start: 2, joint: 3, end: 5 }
		]);
	});

	it('explains why strawberry stays in three pieces in cl100k and gpt2', () => {
		// Checked by hand against the rank files: st+r is 496 and r+a 969 in cl100k, 2536 and 430 in gpt2.
		const explain = (id: string) => {
			const tokenizer = packedTokenizer(id);
			const of = ladder(tokenizer, 'strawberry');
			const text = (start: number, end: number) => decoder.decode(of.bytes.subarray(start, end));
			return finalBoundaries(of, (a, b) => tokenizer.mergeRank(a, b)).map((cut) => ({
				cut: `${text(cut.start, cut.joint)}+${text(cut.joint, cut.end)}`,
				lost: cut.lost.map((merge) => text(merge.start, merge.end))
			}));
		};
		expect(explain('cl100k_base')).toEqual([
			{ cut: 'str+aw', lost: ['ra', 'stra'] },
			{ cut: 'aw+berry', lost: ['wb'] }
		]);
		expect(explain('gpt2')).toEqual([
			{ cut: 'st+raw', lost: ['tr', 'str', 'stra'] },
			{ cut: 'raw+berry', lost: ['wb'] }
		]);
	});
});

describe('firstDifferingToken', () => {
	const parting = (a: string, b: string, text: string) =>
		firstDifferingToken(ladder(packedTokenizer(a), text), ladder(packedTokenizer(b), text));
	const made = (id: string, text: string, step: number | null | undefined) => {
		const of = ladder(packedTokenizer(id), text);
		if (step === null || step === undefined) return null;
		const { start, end } = of.rungs[step - 1];
		return decoder.decode(of.bytes.subarray(start, end));
	};

	it('finds the first token that only one of them makes', () => {
		const found = parting('cl100k_base', 'gpt2', 'strawberry');
		expect(found?.sameCuts).toBe(false);
		expect(made('cl100k_base', 'strawberry', found?.a)).toBe('str');
		expect(made('gpt2', 'strawberry', found?.b)).toBe('ra');
	});

	it('lines up a text with a ▁ before it and one without', () => {
		const found = parting('gpt2', 'llama2', 'strawberry');
		expect(found?.sameCuts).toBe(true);
		expect(made('gpt2', 'strawberry', found?.a)).toBe('st');
		expect(made('llama2', 'strawberry', found?.b)).toBe('▁s');
	});

	it('finds none between two names of one vocabulary', () => {
		expect(parting('gpt2', 'r50k_base', 'strawberry')).toEqual({
			a: null,
			b: null,
			sameCuts: true
		});
	});

	it('does not compare what they do not see alike', () => {
		// qwen3 composes the letter and its mark, gpt2 leaves them apart.
		expect(parting('gpt2', 'qwen3', 'e\u0301')).toBeNull();
	});
});
