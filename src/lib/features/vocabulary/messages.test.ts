import { expect, it } from 'vitest';
import { describeIds } from './messages';

const summary = (ids: number, tokens: number, special: number) => ({
	ids,
	tokens,
	special
});

it('says why a vocabulary has more ids than tokens', () => {
	expect(describeIds(summary(200_019, 200_000, 2))).toBe(
		'2 of the tokens are special. 19 of 200,019 ids are not used.'
	);
	expect(describeIds(summary(11, 10, 1))).toBe(
		'1 of the tokens is special. 1 of 11 ids is not used.'
	);
	expect(describeIds(summary(10, 10, 0))).toBe('None of the tokens is special.');
});
