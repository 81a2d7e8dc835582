import type { RowOrder } from '../../session/links/inflation';
/** Which languages are shown, in which order, with which ratios. */
import { isLossless } from '../../languages/dropped';
import { ratioOf } from '../../languages/decompose';
import type { TextMeasure } from '../../languages/types';
import type { Language } from '../../languages/types';

/** By the declaration's code. */
export type Measures = ReadonlyMap<string, TextMeasure>;

export interface InflationRow {
	readonly language: Language;
	/** Tokens for one of the baseline, a tokenizer each; null until it is measured, and where it is dropped. */
	readonly ratios: readonly (number | null)[];
	/** Whether the tokenizer drops some of the text: see isLossless. */
	readonly dropped: readonly boolean[];
	/** Tokens, likewise. */
	readonly tokens: readonly (number | null)[];
}

/**
 * @param languages in the order of their names, see {@link byName}
 * @param measures of each tokenizer, in their order
 */
export function rowsOf(
	languages: readonly Language[],
	measures: readonly Measures[],
	baseline: string,
	order: RowOrder
): InflationRow[] {
	const bases = measures.map((of) => of.get(baseline));
	const rows = languages.map((language): InflationRow => {
		const own = measures.map((of) => of.get(language.code));
		return {
			language,
			ratios: own.map((measure, i) => knownRatio(measure, bases[i])),
			dropped: own.map((measure) => measure !== undefined && !isLossless(measure)),
			tokens: own.map((measure) => measure?.tokens ?? null)
		};
	});
	if (order === 'name') return rows;
	const { tokenizer } = order;
	// What is not measured yet stands last; equal ratios stay in the order of the names.
	return rows.sort((a, b) => (b.ratios[tokenizer] ?? -1) - (a.ratios[tokenizer] ?? -1));
}

/** Null until both are measured, and where there is none. */
export const knownRatio = (
	measure: TextMeasure | undefined,
	baseline: TextMeasure | undefined
): number | null => (measure && baseline ? ratioOf(measure, baseline) : null);

/** One language in one tokenizer. */
export interface TokenizerRow {
	readonly tokenizer: string;
	/** Null until it is measured, and where there is none. */
	readonly ratio: number | null;
	/** Whether the tokenizer drops some of the text, or of the baseline's. */
	readonly dropped: boolean;
}

/** One language in several tokenizers, the best first, those without a ratio last. */
export function bestFirst(
	tokenizers: readonly string[],
	measuresOf: (tokenizer: string) => Measures,
	language: string,
	baseline: string
): TokenizerRow[] {
	const rows = tokenizers.map((tokenizer): TokenizerRow => {
		const measures = measuresOf(tokenizer);
		const [own, base] = [measures.get(language), measures.get(baseline)];
		const dropped = [own, base].some((measure) => measure !== undefined && !isLossless(measure));
		return { tokenizer, ratio: knownRatio(own, base), dropped };
	});
	const rank = ({ ratio }: TokenizerRow): number => ratio ?? Number.MAX_VALUE;
	return rows.sort((a, b) => rank(a) - rank(b));
}

/** Languages in the order of their names. To be done once: comparing names as people do takes time. */
export const byName = (languages: readonly Language[]): readonly Language[] =>
	languages.toSorted((a, b) => collator.compare(a.name, b.name));

const collator = new Intl.Collator('en');

/** Scripts with how many of the languages are in each, the most common first. */
export function scriptsOf(
	languages: readonly Language[]
): { readonly script: string; readonly languages: number }[] {
	const counts = new Map<string, number>();
	for (const { script } of languages) counts.set(script, (counts.get(script) ?? 0) + 1);
	return [...counts]
		.map(([script, count]) => ({ script, languages: count }))
		.sort((a, b) => b.languages - a.languages || collator.compare(a.script, b.script));
}
