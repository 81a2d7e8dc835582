/** User-facing sentences and figures on the Inflation page. */
import type { Decomposition } from '../../languages/types';
import {
	describeProgress,
	formatCount,
	formatList,
	formatRatio,
	isolate,
	plural
} from '../../session/format';
import { firstModel } from '../../tokenizers/catalogue';
import type { Finding, InflationAnswers } from './answers.svelte';
import type { Measurements } from './measurements.svelte';
import { SUFFIX_WORD, type SuffixCosts } from './suffixes';

export const NO_FIGURE = '–';

/** Shown instead of a premium if a tokenizer can't represent part of a text. */
export const DROPPED = 'dropped in part';

export const SHORT_TRANSLATION =
	'This translation is far shorter than others in its script. Passages seem to be missing, so the premium is too low.';

type NameOf = (tokenizer: string) => string;

const significant3 = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** "GPT-4 (cl100k_base)"; only the tokenizer's name if no model is known. */
export function describeTokenizer(id: string, nameOf: NameOf): string {
	const model = firstModel(id);
	return model ? `${model} (${nameOf(id)})` : nameOf(id);
}

/** Formats a ratio for use in a sentence: "4.2" rather than "4.20". */
export const formatMultiple = (ratio: number): string =>
	formatRatio(ratio).replace(/\.0+$|(\.\d*?)0+$/, '$1');

export function describeClaim(found: Finding | null, baseline: string, nameOf: NameOf): string {
	if (!found) return 'How many tokens does the same text take in other languages?';
	const { language, premiums } = found;
	const most = premiums.reduce((a, b) => (b.premium > a.premium ? b : a));
	const least = premiums.reduce((a, b) => (b.premium <= a.premium ? b : a));
	if (most.premium <= 1)
		return `No other language here takes more tokens than ${baseline} for the same text.`;
	const [first, ...rest] = premiums.filter((one) => one === most || one === least);
	const times = ({ premium }: typeof first) => `${formatMultiple(premium)} times as many`;
	const nameWith = ({ tokenizer }: typeof first, noun: string) => {
		const model = firstModel(tokenizer);
		return model
			? `${model}’s${noun && ` ${noun}`}`
			: `${noun && `the ${noun} `}“${isolate(nameOf(tokenizer))}”`;
	};
	const others = rest.map((other) => {
		const again = times(other) === times(first) ? ' and' : `, and ${times(other)} with`;
		return `${again} ${nameWith(other, '')}`;
	});
	return `The same text takes ${times(first)} tokens in ${language.name} as in ${baseline} with ${nameWith(first, 'tokenizer')}${others.join('')}.`;
}

/** Says how much more work attention does than for the baseline; empty if no premium is greater than 1. */
export function describePairs(found: Finding | null): string {
	const most = Math.max(0, ...(found?.premiums.map(({ premium }) => premium) ?? []));
	return most > 1
		? `With ${formatMultiple(most)} times as many tokens, attention takes ${formatMultiple(most * most)} times as much work.`
		: '';
}

/**
 * Describes what is being measured, or how far measuring got before it was stopped; `null` if there is nothing to
 * report.
 */
export function describeMeasuring(
	measurements: Measurements,
	tokenizers: readonly string[],
	wanted: readonly string[],
	nameOf: NameOf
): string | null {
	if (measurements.stopped) {
		const each = tokenizers.map((id) => {
			const measures = measurements.measures(id);
			const count = wanted.filter((code) => measures.has(code)).length;
			return `${formatCount(count)} with ${nameOf(id)}`;
		});
		return `Stopped. Languages measured so far, out of ${formatCount(wanted.length)}: ${formatList(each)}.`;
	}
	if (!measurements.busy) return null;
	const states = tokenizers.map((tokenizer) => measurements.stateOf(tokenizer));
	const progress = states.map((state) => state.progress).find((one) => one !== null);
	const remaining = states.reduce((sum, state) => sum + state.remaining, 0);
	return progress
		? `${describeProgress(progress)}…`
		: `Measuring: ${plural(remaining, 'text')} left…`;
}

/** Explains why the tokenizer whose details are shown has no premium for the selected language. */
export function describeMissingPremium(
	{ dropped, chosen, detail }: Pick<InflationAnswers, 'dropped' | 'chosen' | 'detail'>,
	nameOf: NameOf
): string {
	const tokenizer = detail === null ? 'any tokenizer' : nameOf(detail);
	return dropped.length > 0
		? `${tokenizer} drops part of the text in ${formatList(dropped.map(({ name }) => name))}, so there is no premium.`
		: `${chosen.name} has not been measured with ${tokenizer} yet.`;
}

export const describeNoLanguage = (search: string, script: string | null): string =>
	`No language matches “${isolate(search.trim())}”${script ? ` in ${script} script` : ''}. Try a language’s English name, native name, ISO code or script.`;

export const describePartialExport = (missing: number): string =>
	`Leaves out ${plural(missing, 'text')} not measured yet`;

/** "1.47 to 1.66": the range of the languages' premiums. */
export const formatCosts = (costs: SuffixCosts['many']): string =>
	[...new Set([costs[0], costs[costs.length - 1]].map(({ premium }) => formatRatio(premium)))].join(
		' to '
	);

/** Language name without additions such as "Standard (1996)". */
const shortName = ({ language }: SuffixCosts['many'][number]): string =>
	language.name.split(',')[0];

export const nameLanguages = (costs: SuffixCosts['many']): string =>
	formatList(costs.map(shortName).toSorted());

/** Compares the cheapest language that has many suffixes to the most expensive language that has few. */
export function compareCosts({ many: [cheapest], few }: SuffixCosts): string {
	const dearest = few[few.length - 1];
	const [one, other] = [cheapest, dearest].map(shortName);
	return cheapest.premium > dearest.premium
		? `Even ${one} takes more tokens than ${other}.`
		: `${one} takes no more tokens than ${other}, so the rule does not hold.`;
}

/**
 * Says which of the word's suffixes are separate tokens.
 * @param meanings meanings of the word's tokens; `null` for a token that isn't one of the parts
 */
export function describeWord(meanings: readonly (string | null)[]): string {
	const suffixes = SUFFIX_WORD.parts.slice(1);
	const whole = suffixes.filter(({ meaning }) => meanings.includes(meaning));
	if (whole.length === suffixes.length) return 'each suffix is a token of its own.';
	const all = formatList(suffixes.map(({ text, meaning }) => `-${text} (${meaning})`));
	const named = formatList(whole.map(({ text }) => `-${text}`));
	return whole.length === 0
		? `none of the suffixes ${all} is a token of its own.`
		: `of the suffixes ${all}, only ${named} ${whole.length === 1 ? 'is a token of its' : 'are tokens of their'} own.`;
}

/** A factor between these bounds is described as making no difference: "about the same length". */
const SAME = { low: 0.95, high: 1.05 };

const compareWith = (ratio: number, more: string, same: string, fewer: string): string =>
	ratio > SAME.high ? more : ratio < SAME.low ? fewer : same;

export const describeParts = (
	{ bytesPerChar, length, tokensPerByte }: Decomposition,
	language: string
) => ({
	chars: compareWith(
		length,
		'the text is longer',
		'the text is about the same length',
		'the text is shorter'
	),
	bytes: compareWith(
		bytesPerChar,
		'each character takes more bytes',
		'each character takes about the same number of bytes',
		'each character takes fewer bytes'
	),
	tokens: compareWith(
		tokensPerByte,
		`the vocabulary covers ${language} less well, so tokens are shorter`,
		'the vocabulary covers both languages about equally well',
		`the vocabulary covers ${language} better, so tokens are longer`
	)
});

const compact = new Intl.NumberFormat('en', {
	notation: 'compact',
	compactDisplay: 'long',
	maximumSignificantDigits: 3
});

/** Formats a value to three digits with an SI prefix: 131 MB, 16.4 TFLOP, 512 B. */
export function formatWithPrefix(value: number, unit: string): string {
	const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
	let power = 0;
	while (value >= 1000 ** (power + 1) && power < prefixes.length - 1) power++;
	return `${significant3.format(value / 1000 ** power)} ${prefixes[power]}${unit}`;
}

/** "16 billion". */
export const formatLarge = (value: number): string => compact.format(value);

export const formatKnown = (value: number | null, format: (value: number) => string): string =>
	value === null ? NO_FIGURE : format(value);
