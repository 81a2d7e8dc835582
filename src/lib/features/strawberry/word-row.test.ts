import { expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { WordVariant } from './variants';
import { createTokenCache, rowOf } from './word-row';

const row = (text: string, letter: string, ...ends: number[]) =>
	rowOf(
		{ variant: new WordVariant('alone', text), encoding: endingAt(...ends) },
		{ letter, caseRule: 'alike' }
	);

it('draws some of 10,000 letters and counts the other tokens', () => {
	const ends = Array.from({ length: 5000 }, (_, i) => 2 * i + 2);
	const { tokens, more } = row('r'.repeat(10_000), 'r', ...ends);
	expect([tokens.length, more]).toEqual([60, 4940]);
});

it('keeps the tokens that did not change, as the same objects', () => {
	const cached = createTokenCache();
	const first = cached(row('strawberry', 'r', 3, 5, 10).tokens);
	const second = cached(row('strawbelly', 'r', 3, 5, 10).tokens);
	expect(second.map((token, i) => token === first[i])).toEqual([true, true, false]);
	const third = cached(row('strawbelly', 'w', 3, 5, 10).tokens);
	expect(third.map((token, i) => token === second[i])).toEqual([false, false, true]);
});
