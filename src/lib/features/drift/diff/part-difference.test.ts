import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partDifference } from './part-difference';

it('cuts a text where it parts from another one', () => {
	expect(partDifference('\\p{N}{1,3}|x', '\\p{N}{1,2}|x')).toEqual({
		before: '\\p{N}{1,',
		middle: '3',
		after: '}|x'
	});
	expect(partDifference('same', 'same')).toEqual({ before: 'same', middle: '', after: '' });
	expect(partDifference('aa', 'a')).toEqual({ before: 'a', middle: 'a', after: '' });
});

it('keeps only the surroundings of a difference in long texts', () => {
	const { before, middle, after } = partDifference(
		`${'a'.repeat(500)}X${'b'.repeat(500)}`,
		`${'a'.repeat(500)}Y${'b'.repeat(500)}`
	);
	expect(middle).toBe('X');
	expect(before).toBe(`…${'a'.repeat(160)}`);
	const far = ['c'.repeat(5000), 'd'.repeat(3000)];
	expect(partDifference(far.join('X'), far.join('YY'))).toMatchObject({ middle: 'X' });
	expect(after).toBe(`${'b'.repeat(160)}…`);
});

it('shows the ends of a difference that is long itself', () => {
	const { middle } = partDifference(`<${'x'.repeat(9000)}>`, '<>');
	expect(middle).toBe(`${'x'.repeat(600)} … ${'x'.repeat(600)}`);
});

it('never cuts a pair of surrogates, and loses nothing of a short text', () => {
	const text = fc.string({ unit: 'binary', maxLength: 20 });
	fc.assert(
		fc.property(text, text, (one, other) => {
			const { before, middle, after } = partDifference(one, other);
			expect(before + middle + after).toBe(one);
			for (const part of [before, middle, after]) {
				if (one.isWellFormed() && other.isWellFormed()) expect(part.isWellFormed()).toBe(true);
			}
		})
	);
});
