/** Lists languages and their premiums in display order. */
import { isLossless } from '../../languages/dropped';
import { decompose, premiumOf } from '../../languages/premium';
import type { Decomposition, Language, TextMeasure } from '../../languages/types';
import type { RowOrder } from '../../session/documents/inflation';

/** Measurements of each language's text, keyed by language code. */
export type Measures = ReadonlyMap<string, TextMeasure>;

type Measured = TextMeasure | undefined;

export interface InflationRow {
	readonly language: Language;
	/** One measurement per tokenizer; `undefined` until the language is measured. */
	readonly measures: readonly Measured[];
	/** One premium per tokenizer; `null` until the language is measured, or if the tokenizer drops part of the text. */
	readonly premiums: readonly (number | null)[];
	/** Whether each tokenizer drops part of the text (see `isLossless`). */
	readonly dropped: readonly boolean[];
}

/**
 * @param languages sorted by name
 * @param measures one map per tokenizer, in the order of the tokenizers
 */
export function rowsOf(
	languages: readonly Language[],
	measures: readonly Measures[],
	baseline: string,
	order: RowOrder
): InflationRow[] {
	const rows = languages.map((language): InflationRow => {
		const own = measures.map((of) => of.get(language.code));
		return {
			language,
			measures: own,
			premiums: own.map((measure, i) => knownPremium(measure, measures[i].get(baseline))),
			dropped: own.map(isDropped)
		};
	});
	if (order === 'name') return rows;
	const { tokenizer } = order;
	// Languages without a premium come last. Languages with equal premiums stay sorted by name.
	return rows.sort((a, b) => (b.premiums[tokenizer] ?? -1) - (a.premiums[tokenizer] ?? -1));
}

/** Premium of a text; `null` until both texts are measured, or if there is no premium. */
export const knownPremium = (measure: Measured, baseline: Measured): number | null =>
	measure && baseline ? premiumOf(measure, baseline) : null;

/** Whether a tokenizer is known to drop part of a text. */
export const isDropped = (measure: Measured): boolean =>
	measure !== undefined && !isLossless(measure);

/** How a text compares with the baseline in one tokenizer. */
export interface Comparison {
	readonly parts: Decomposition;
	readonly measure: TextMeasure;
	readonly baseline: TextMeasure;
}

/** Compares a text with the baseline; `null` until both are measured, or if there is no premium. */
export function compare(measure: Measured, baseline: Measured): Comparison | null {
	const parts = measure && baseline ? decompose(measure, baseline) : null;
	return measure && baseline && parts ? { parts, measure, baseline } : null;
}
