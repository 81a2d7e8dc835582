import { cl100kPattern, GPT2_PATTERN, o200kPattern } from '../pretokenize/patterns';
import type { PatternName, TrainingPattern } from './types';

/** Regular expressions of named patterns, in Oniguruma's syntax; `null` keeps a text as one pre-token. */
export const PATTERNS: Readonly<Record<PatternName, string | null>> = {
	gpt2: GPT2_PATTERN,
	cl100k: cl100kPattern(),
	o200k: o200kPattern(),
	llama3: cl100kPattern(),
	qwen2: cl100kPattern({ digits: '\\p{N}' }),
	none: null
};

/** Regular expression of a pattern, in Oniguruma's syntax; `null` if it keeps a text as one pre-token. */
export function patternRegex(pattern: TrainingPattern): string | null {
	return typeof pattern === 'string' ? PATTERNS[pattern] : pattern.regex;
}

/** Reads the name of a pattern, or a regular expression between slashes; `null` for anything else. */
export function parsePattern(text: string): TrainingPattern | null {
	if (isPatternName(text)) return text;
	const regex = /^\/(.+)\/$/s.exec(text);
	return regex && { regex: regex[1] };
}

const isPatternName = (text: string): text is PatternName => Object.hasOwn(PATTERNS, text);
