import { expect, it } from 'vitest';
import { THREE_MERGES, trainedOn } from '../../../../tests/support/fake-training';
import { decodeUtf8 } from '../../engine/text/utf8';
import { mergeOfStep, namedPairs, namedToken } from './merge-step';

const rules = { ...THREE_MERGES, ties: 'first-seen' } as const;
/** minbpe's example: aa is 256, aaa 257, aaab 258. */
const example = trainedOn('aaabdaaabac', { rules });
const spelled = (token?: { bytes: Uint8Array }) => token && decodeUtf8(token.bytes);

it('names the pair, the product and the counts', () => {
	const first = mergeOfStep(example, 1);
	expect([first?.left, first?.right, first?.product].map((token) => token?.id)).toEqual([
		97, 97, 256
	]);
	expect(spelled(first?.product)).toBe('aa');
	// "aaa" twice: four pairs of a, of which two are merged.
	expect(first).toMatchObject({ count: 4, removed: 2, reused: false });
	expect(spelled(mergeOfStep(example, 3)?.product)).toBe('aaab');
	expect([mergeOfStep(example, 0), mergeOfStep(example, 4)]).toEqual([null, null]);
});

it('uses the name of a special token, which has no bytes', () => {
	const observed = trainedOn('abab', {
		rules: { ...rules, alphabet: 'observed', specialTokens: ['<é>'], vocabularySize: 4 }
	});
	const tokens = [0, 1, 2, 3].map((id) => spelled(namedToken(observed, id)));
	expect(tokens).toEqual(['<é>', 'a', 'b', 'ab']);
});

it('spells the pairs that a merge was chosen from, in order', () => {
	const pairs = [
		{ left: 97, right: 97, count: 4 },
		{ left: 97, right: 98, count: 2 }
	];
	const named = namedPairs(example, { pairs, tied: 1, distinct: 5, barred: 0 });
	expect(named.map(({ left, right, count }) => [spelled(left), spelled(right), count])).toEqual([
		['a', 'a', 4],
		['a', 'b', 2]
	]);
});
