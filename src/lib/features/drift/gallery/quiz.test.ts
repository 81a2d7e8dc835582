import { describe, expect, it } from 'vitest';
import { DRIFT_CASES } from '../cases/cases';
import { choicesOf, otherCatchers, rightChoice } from './quiz';

describe.each(DRIFT_CASES.map((item) => [item.slug, item] as const))('%s', (_, item) => {
	it('has four choices, of which one catches it', () => {
		const choices = choicesOf(item);
		expect(new Set(choices).size).toBe(4);
		expect(choices.at(-1)).toBe('none');
		const caught: readonly string[] = item.caughtBy;
		const right = choices.filter((choice) => caught.includes(choice));
		expect(right).toEqual(caught.length > 0 ? [rightChoice(item)] : []);
		expect(rightChoice(item) === 'none').toBe(caught.length === 0);
	});

	it('is caught by checks only if two files can show it', () => {
		expect(item.caughtBy.length > 0).toBe(item.destination.page === 'diff');
		expect(otherCatchers(item)).not.toContain(rightChoice(item));
	});
});

it('asks for different checks', () => {
	expect(new Set(DRIFT_CASES.map(rightChoice))).toEqual(
		new Set([
			'embedding',
			'vocabulary',
			'round-trip',
			'self-encode',
			'special-tokens',
			'config',
			'none'
		])
	);
});
