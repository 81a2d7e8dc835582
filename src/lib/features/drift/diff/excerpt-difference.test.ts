import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../../../tests/support/arbitrary-text';
import { excerptDifference } from './excerpt-difference';

it('splits a text at its difference from another text', () => {
	expect(excerptDifference('\\p{N}{1,3}|x', '\\p{N}{1,2}|x')).toEqual({
		before: '\\p{N}{1,',
		middle: '3',
		after: '}|x'
	});
	expect(excerptDifference('same', 'same')).toEqual({ before: 'same', middle: '', after: '' });
	expect(excerptDifference('aa', 'a')).toEqual({ before: 'a', middle: 'a', after: '' });
});

it('keeps only the context of a difference in long texts', () => {
	const { before, middle, after } = excerptDifference(
		`${'a'.repeat(500)}X${'b'.repeat(500)}`,
		`${'a'.repeat(500)}Y${'b'.repeat(500)}`
	);
	expect(middle).toBe('X');
	expect(before).toBe(`…${'a'.repeat(160)}`);
	const far = ['c'.repeat(5000), 'd'.repeat(3000)];
	expect(excerptDifference(far.join('X'), far.join('YY'))).toMatchObject({ middle: 'X' });
	expect(after).toBe(`${'b'.repeat(160)}…`);
});

it('shows the ends of a difference that is long itself', () => {
	const { middle } = excerptDifference(`<${'x'.repeat(9000)}>`, '<>');
	expect(middle).toBe(`${'x'.repeat(600)} … ${'x'.repeat(600)}`);
});

it('never splits a surrogate pair, and keeps all of a short text', () => {
	const text = anyText({ maxLength: 20 });
	fc.assert(
		fc.property(text, text, (one, other) => {
			const { before, middle, after } = excerptDifference(one, other);
			expect(before + middle + after).toBe(one);
			for (const part of [before, middle, after]) {
				if (one.isWellFormed() && other.isWellFormed()) expect(part.isWellFormed()).toBe(true);
			}
		})
	);
});
