import { cl100kPattern, GPT2_PATTERN, o200kPattern } from '../pretokenize/patterns';
import type { PatternName, TrainingPattern } from './types';

export const PATTERNS: Readonly<Record<PatternName, string | null>> = {
	gpt2: GPT2_PATTERN,
	cl100k: cl100kPattern(),
	o200k: o200kPattern(),
	llama3: cl100kPattern(),
	qwen2: cl100kPattern({ digits: '\\p{N}' }),
	none: null
};

/** Regular expression for a pattern, in Oniguruma syntax; `null` if the pattern keeps a text as one pre-token. */
export function patternRegex(pattern: TrainingPattern): string | null {
	return typeof pattern === 'string' ? PATTERNS[pattern] : pattern.regex;
}

/** Reads a pattern name, or a regular expression between slashes; `null` for anything else. */
export function parsePattern(text: string): TrainingPattern | null {
	if (isPatternName(text)) return text;
	const regex = /^\/(.+)\/$/s.exec(text);
	return regex && { regex: regex[1] };
}

const isPatternName = (text: string): text is PatternName => Object.hasOwn(PATTERNS, text);
