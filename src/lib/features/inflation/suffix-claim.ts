/** Checks the claim that languages with many suffixes cost more tokens than languages with few, in the same letters. */
import type { Language } from '../../languages/types';
import type { InflationRow } from './rows';

/** Premiums of some languages in one tokenizer. */
export interface PremiumRange {
	/** Those that have a premium. */
	readonly languages: readonly Language[];
	readonly lowest: number;
	readonly highest: number;
}

/** The claim in one tokenizer. */
export interface SuffixCase {
	/** Index of the tokenizer in a row's premiums. */
	readonly tokenizer: number;
	/** Languages with many suffixes. */
	readonly many: PremiumRange;
	/** Languages with few. */
	readonly few: PremiumRange;
}

export interface SuffixClaim {
	/** Number of tokenizers in which each language with many suffixes costs more than each with few. */
	readonly confirmed: number;
	/** The tokenizer that speaks most against the claim. */
	readonly weakest: SuffixCase;
}

/**
 * Compares the languages within each tokenizer. The baseline is left out.
 * @param many rows of the languages with many suffixes
 * @param few rows of the others
 * @returns `null` if no tokenizer has a premium of both
 */
export function checkSuffixClaim(
	many: readonly InflationRow[],
	few: readonly InflationRow[],
	baseline: string
): SuffixClaim | null {
	const tokenizers = many.at(0)?.premiums.keys() ?? [];
	const cases = [...tokenizers].flatMap((tokenizer): SuffixCase[] => {
		const [a, b] = [many, few].map((rows) => rangeOf(rows, tokenizer, baseline));
		return a && b ? [{ tokenizer, many: a, few: b }] : [];
	});
	if (cases.length === 0) return null;
	const margin = ({ many, few }: SuffixCase) => many.lowest / few.highest;
	return {
		confirmed: cases.filter((one) => margin(one) > 1).length,
		weakest: cases.reduce((a, b) => (margin(b) < margin(a) ? b : a))
	};
}

function rangeOf(
	rows: readonly InflationRow[],
	tokenizer: number,
	baseline: string
): PremiumRange | null {
	const found = rows.flatMap(({ language, premiums }) => {
		const premium = premiums[tokenizer];
		return premium === null || language.code === baseline ? [] : [{ language, premium }];
	});
	if (found.length === 0) return null;
	const premiums = found.map(({ premium }) => premium);
	return {
		languages: found.map(({ language }) => language),
		lowest: Math.min(...premiums),
		highest: Math.max(...premiums)
	};
}
