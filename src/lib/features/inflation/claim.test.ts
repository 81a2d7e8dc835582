import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { claimOf, listed } from './claim';

const row = (code: string, name: string, ...ratios: (number | null)[]) => ({
	language: languageOf(code, name),
	ratios,
	dropped: ratios.map(() => false),
	tokens: ratios
});

describe('claimOf', () => {
	it('says from where to where the suffixing languages go', () => {
		const rows = [
			row('tur', 'Turkish', 2.02, 1.52),
			row('fin', 'Finnish', 2.19, 1.66),
			row('hun', 'Hungarian', 2.3, null),
			row('mya', 'Burmese', 15.7, 4.2)
		];
		expect(claimOf(rows, 'eng', 'English')).toEqual({
			verdict: 'true here',
			measured: 'Turkish, Finnish and Hungarian cost 1.52 to 2.30 times English',
			highest: { language: rows[2].language, tokenizer: 0, ratio: 2.3 }
		});
	});

	it('says so where it is not, or not always, true', () => {
		const rows = [row('tur', 'Turkish', 0.9), row('fin', 'Finnish', 1.1)];
		expect(claimOf(rows, 'mya', 'Burmese').verdict).toBe('true here in 1 of 2 cases');
		const turkish = row('tur', 'Turkish', 0.5);
		expect(claimOf([turkish], 'mya', 'Burmese')).toEqual({
			verdict: 'not true here',
			measured: 'Turkish costs 0.50 times Burmese',
			highest: { language: turkish.language, tokenizer: 0, ratio: 0.5 }
		});
	});

	it('does not compare the baseline with itself, and waits for what is measured', () => {
		expect(claimOf([row('tur', 'Turkish', 1)], 'tur', 'Turkish').measured).toBeNull();
		expect(claimOf([row('fin', 'Finnish', null)], 'eng', 'English').verdict).toBeNull();
	});
});

it('lists names as people do', () => {
	expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual([
		'',
		'a',
		'a and b',
		'a, b and c'
	]);
});
