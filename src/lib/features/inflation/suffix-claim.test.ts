import { expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { checkSuffixClaim } from './suffix-claim';

const row = (code: string, name: string, ...premiums: (number | null)[]) => ({
	language: languageOf(code, name),
	premiums,
	dropped: premiums.map(() => false),
	measures: premiums.map(() => undefined)
});
/** Premiums in llama3, cl100k_base and o200k_base: 30 articles of the declaration, encoded by their references. */
const MANY = [row('tur', 'Turkish', 1.46, 2.02, 1.52), row('fin', 'Finnish', 2.18, 2.19, 1.66)];
const FEW = [row('spa', 'Spanish', 1.47, 1.47, 1.23)];

it('denies the claim for llama3, where Turkish costs less than Spanish', () => {
	const inLlama3 = (rows: typeof MANY) =>
		rows.map((one) => ({ ...one, premiums: one.premiums.slice(0, 1) }));
	expect(checkSuffixClaim(inLlama3(MANY), inLlama3(FEW), 'eng')).toEqual({
		confirmed: 0,
		weakest: {
			tokenizer: 0,
			many: { languages: MANY.map(({ language }) => language), lowest: 1.46, highest: 2.18 },
			few: { languages: [FEW[0].language], lowest: 1.47, highest: 1.47 }
		}
	});
});

it('confirms it within each other tokenizer, and shows the one that speaks most against it', () => {
	expect(checkSuffixClaim(MANY, FEW, 'eng')).toMatchObject({
		confirmed: 2,
		weakest: { tokenizer: 0 }
	});
	const withoutLlama3 = (rows: typeof MANY) =>
		rows.map((one) => ({ ...one, premiums: [null, ...one.premiums.slice(1)] }));
	// 1.52 / 1.23 is less than 2.02 / 1.47.
	expect(checkSuffixClaim(withoutLlama3(MANY), withoutLlama3(FEW), 'eng')).toMatchObject({
		confirmed: 2,
		weakest: { tokenizer: 2, many: { lowest: 1.52 }, few: { highest: 1.23 } }
	});
});

it('does not compare premiums of different tokenizers, and leaves the baseline out', () => {
	const apart = [row('tur', 'Turkish', 2, null)];
	expect(checkSuffixClaim(apart, [row('spa', 'Spanish', null, 1)], 'eng')).toBeNull();
	expect(checkSuffixClaim(MANY, FEW, 'spa')).toBeNull();
	expect(checkSuffixClaim(MANY, FEW, 'tur')?.weakest.many.languages).toEqual([MANY[1].language]);
});
