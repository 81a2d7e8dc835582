import { expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { WordVariant } from './variants';
import { rowOf } from './word-row';

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
