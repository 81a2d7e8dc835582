/** Checks the claim that languages with many suffixes (Turkish, Finnish, …) cost more tokens than the baseline. */
import type { Language } from '../../languages/types';
import type { InflationRow } from './rows';

/** One premium of one language in one tokenizer. */
interface PremiumInTokenizer {
	readonly language: Language;
	/** Index of the tokenizer in a row's premiums. */
	readonly tokenizer: number;
	readonly premium: number;
}

export interface SuffixClaim {
	/** Languages that have a premium in at least one tokenizer, without the baseline. */
	readonly languages: readonly Language[];
	/** Number of tokenizers in which any of them has a premium. */
	readonly tokenizers: number;
	/** Number of premiums: one per language and tokenizer. */
	readonly cases: number;
	/** Number of premiums above 1. */
	readonly confirmed: number;
	readonly lowest: PremiumInTokenizer;
	readonly highest: PremiumInTokenizer;
}

/**
 * Checks the suffixing languages in every tokenizer. The baseline is not compared with itself.
 * @param rows of the suffixing languages
 * @returns `null` if no premium is known
 */
export function checkSuffixClaim(
	rows: readonly InflationRow[],
	baseline: string
): SuffixClaim | null {
	const compared = rows.filter(({ language }) => language.code !== baseline);
	const cases = compared
		.flatMap(({ language, premiums }) =>
			premiums.flatMap((premium, tokenizer): PremiumInTokenizer[] =>
				premium === null ? [] : [{ language, tokenizer, premium }]
			)
		)
		.sort((a, b) => a.premium - b.premium);
	if (cases.length === 0) return null;
	return {
		languages: compared.flatMap(({ language, premiums }) =>
			premiums.some((premium) => premium !== null) ? [language] : []
		),
		tokenizers: new Set(cases.map(({ tokenizer }) => tokenizer)).size,
		cases: cases.length,
		confirmed: cases.filter(({ premium }) => premium > 1).length,
		lowest: cases[0],
		highest: cases[cases.length - 1]
	};
}
