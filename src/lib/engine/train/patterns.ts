import { cl100kPattern, GPT2_PATTERN, o200kPattern } from '../pretokenize/patterns';
import type { PatternName, TrainingPattern } from './types';

/** Regular expressions in Oniguruma syntax, by pattern name; `null` if the whole text is one pre-token. */
export const PATTERNS: Readonly<Record<PatternName, string | null>> = {
	gpt2: GPT2_PATTERN,
	cl100k: cl100kPattern(),
	o200k: o200kPattern(),
	llama3: cl100kPattern(),
	qwen2: cl100kPattern({ digits: '\\p{N}' }),
	none: null
};

/** Regular expression for a pattern, in Oniguruma syntax; `null` if the whole text is one pre-token. */
export function patternRegex(pattern: TrainingPattern): string | null {
	return typeof pattern === 'string' ? PATTERNS[pattern] : pattern.regex;
}

/** Parses a pattern name or a regular expression between slashes; returns `null` for anything else. */
export function parsePattern(text: string): TrainingPattern | null {
	if (isPatternName(text)) return text;
	const regex = /^\/(.+)\/$/s.exec(text);
	return regex && { regex: regex[1] };
}

const isPatternName = (text: string): text is PatternName => Object.hasOwn(PATTERNS, text);
