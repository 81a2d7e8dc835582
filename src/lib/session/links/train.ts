/** What of a training stands in the address: the rules as search parameters, those that are not the default. */
import { DEFAULT_RULES } from '../training-rules';
import type { PatternName, TrainingPattern, TrainingRules } from '../../engine/train';

const PATTERN_NAMES: readonly PatternName[] = [
	'gpt2',
	'cl100k',
	'o200k',
	'llama3',
	'qwen2',
	'none'
];

export interface LinkedTraining {
	readonly rules: TrainingRules;
	/** Example corpus asked for, unchecked; null for none. */
	readonly corpus: string | null;
	/** Merges done in what was shown; null for all. */
	readonly step: number | null;
	/** What the address asks for and cannot be, in sentences. */
	readonly problems: readonly string[];
}

/** Reads the rules of a link; what is missing or wrong stays as it is by default. */
export function readTraining(search: URLSearchParams): LinkedTraining {
	const problems: string[] = [];
	const whole = (name: string, least: number, fallback: number): number => {
		const value = search.get(name);
		if (value === null) return fallback;
		const number = Number(value);
		if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
		problems.push(`The link has ${name} “${value}”: expected a whole number from ${least} up.`);
		return fallback;
	};
	const choice = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
		const value = search.get(name);
		if (value === null) return fallback;
		const found = values.find((known) => known === value);
		if (found === undefined)
			problems.push(`The link has ${name} “${value}”: expected ${values.join(' or ')}.`);
		return found ?? fallback;
	};
	const pattern = (): TrainingPattern => {
		const regex = search.get('regex');
		return regex !== null ? { regex } : choice('pattern', PATTERN_NAMES, 'gpt2');
	};
	const step = search.has('step') ? whole('step', 0, -1) : -1;
	const longest = search.has('longest') ? whole('longest', 1, 0) : 0;
	const rules: TrainingRules = {
		pattern: pattern(),
		feed: choice('feed', ['lines', 'whole'], DEFAULT_RULES.feed),
		ties: choice('ties', ['huggingface', 'first-seen'], DEFAULT_RULES.ties),
		alphabet: choice('alphabet', ['observed', 'bytes'], DEFAULT_RULES.alphabet),
		vocabularySize: whole('size', 1, DEFAULT_RULES.vocabularySize),
		minFrequency: whole('min', 0, DEFAULT_RULES.minFrequency),
		maxTokenLength: longest === 0 ? null : longest,
		specialTokens: search.getAll('special')
	};
	return { rules, corpus: search.get('corpus'), step: step < 0 ? null : step, problems };
}

/**
 * The search part for a training, with `?` in front.
 * @param corpus example corpus; null for a text that stands in the hash or in no link
 * @param step merges done in what is shown; null for all
 */
export function writeTraining(
	rules: TrainingRules,
	corpus: string | null,
	step: number | null
): string {
	const search = new URLSearchParams();
	const add = (name: string, value: string | number, fallback: string | number | null) => {
		if (value !== fallback) search.append(name, String(value));
	};
	if (corpus !== null) search.append('corpus', corpus);
	add('size', rules.vocabularySize, null);
	if (typeof rules.pattern === 'string')
		add('pattern', rules.pattern, DEFAULT_RULES.pattern as string);
	else search.append('regex', rules.pattern.regex);
	add('ties', rules.ties, DEFAULT_RULES.ties);
	add('alphabet', rules.alphabet, DEFAULT_RULES.alphabet);
	add('feed', rules.feed, DEFAULT_RULES.feed);
	add('min', rules.minFrequency, DEFAULT_RULES.minFrequency);
	if (rules.maxTokenLength !== null) search.append('longest', String(rules.maxTokenLength));
	for (const token of rules.specialTokens) search.append('special', token);
	if (step !== null) search.append('step', String(step));
	return `?${search}`;
}
