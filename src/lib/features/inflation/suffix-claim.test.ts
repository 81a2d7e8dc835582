import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { checkSuffixClaim } from './suffix-claim';

const row = (code: string, name: string, ...premiums: (number | null)[]) => ({
	language: languageOf(code, name),
	premiums,
	dropped: premiums.map(() => false),
	measures: premiums.map(() => undefined)
});

describe('checkSuffixClaim', () => {
	it('finds the range of the premiums', () => {
		const rows = [
			row('tur', 'Turkish', 2.02, 1.52),
			row('fin', 'Finnish', 2.19, 1.66),
			row('hun', 'Hungarian', 2.3, null)
		];
		expect(checkSuffixClaim(rows, 'eng')).toEqual({
			languages: rows.map(({ language }) => language),
			tokenizers: 2,
			cases: 5,
			confirmed: 5,
			lowest: { language: rows[0].language, tokenizer: 1, premium: 1.52 },
			highest: { language: rows[2].language, tokenizer: 0, premium: 2.3 }
		});
	});

	it('names only languages and counts only tokenizers that have a premium', () => {
		const rows = [row('tur', 'Turkish', null, 2, null), row('fin', 'Finnish', null, null, null)];
		expect(checkSuffixClaim(rows, 'eng')).toMatchObject({
			languages: [{ code: 'tur' }],
			tokenizers: 1,
			cases: 1
		});
	});

	it('counts the cases that confirm it', () => {
		const rows = [row('tur', 'Turkish', 0.9), row('fin', 'Finnish', 1.1)];
		expect(checkSuffixClaim(rows, 'mya')).toMatchObject({ cases: 2, confirmed: 1 });
		expect(checkSuffixClaim([row('tur', 'Turkish', 0.5)], 'mya')).toMatchObject({
			cases: 1,
			confirmed: 0
		});
	});

	it('does not compare the baseline with itself, and needs a premium', () => {
		expect(checkSuffixClaim([row('tur', 'Turkish', 1)], 'tur')).toBeNull();
		expect(checkSuffixClaim([row('fin', 'Finnish', null)], 'eng')).toBeNull();
	});
});
