import { expect, it } from 'vitest';
import { describeDifferences, describeExpectedNumber, formatTokenName } from './messages';

it('describes where a walk through the differences is', () => {
	expect(describeDifferences(0, -1)).toBe('All split this text the same way');
	expect(describeDifferences(1, -1)).toBe('1 difference');
	expect(describeDifferences(1200, 999)).toBe('Difference 1,000 of 1,200');
});

it('describes the number that a field expects', () => {
	const field = { value: null, min: 1, max: 2000, whole: true };
	expect(describeExpectedNumber(field)).toBe('Enter a whole number from 1 to 2,000.');
	expect(describeExpectedNumber({ value: 0.25, min: 0, max: Infinity, whole: false })).toBe(
		'Enter a number of at least 0. Still using 0.25.'
	);
});

it('truncates the text in the name of a long token, never inside a surrogate pair', () => {
	const parts = [{ kind: 'text', text: `${'x'.repeat(59)}😀y` }] as const;
	expect(formatTokenName({ parts, id: 5, start: 0, end: 64, kind: 0, placeholder: null })).toBe(
		`token "${'x'.repeat(59)}…", id 5, bytes 0–64`
	);
});
