import { GPT2_PATTERN } from '../pretokenize/byte-level';
import type { PatternName, TrainingPattern } from './types';

const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const LINES_AND_SPACES = '\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';

/** cl100k's pattern with so many digits a piece: Llama 3 took it over, Qwen cuts every digit off. */
const cl100k = (number: string) =>
	`${CONTRACTIONS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${number}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${LINES_AND_SPACES}`;

const FRONT = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const BACK = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';

/** The patterns with a name, exactly as the tokenizers' own files write them; null keeps a text whole. */
export const PATTERNS: Readonly<Record<PatternName, string | null>> = {
	gpt2: GPT2_PATTERN,
	cl100k: cl100k('\\p{N}{1,3}'),
	o200k:
		`[^\\r\\n\\p{L}\\p{N}]?${FRONT}*${BACK}+${CONTRACTIONS}?` +
		`|[^\\r\\n\\p{L}\\p{N}]?${FRONT}+${BACK}*${CONTRACTIONS}?` +
		`|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${LINES_AND_SPACES}`,
	llama3: cl100k('\\p{N}{1,3}'),
	qwen2: cl100k('\\p{N}'),
	none: null
};

/** The regular expression of a pattern, in Oniguruma's syntax; null where nothing cuts. */
export function patternRegex(pattern: TrainingPattern): string | null {
	return typeof pattern === 'string' ? PATTERNS[pattern] : pattern.regex;
}
