/**
 * Published pre-tokenizer patterns in Oniguruma's syntax. They must be written exactly as in tokenizer files, because
 * scanners are looked up by pattern.
 */

const WORD_PREFIX = '[^\\r\\n\\p{L}\\p{N}]';
const SYMBOL = '[^\\s\\p{L}\\p{N}]';
export const UPPER = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const LOWER = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
const SPACES = '\\s+(?!\\S)|\\s+';

/** Contractions in upper or lower case, as written in cl100k and its successors. */
export const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
export const LINES_AND_SPACES = `\\s*[\\r\\n]+|${SPACES}`;
export const UP_TO_THREE_DIGITS = '\\p{N}{1,3}';

export const gpt2Pattern = (contractions: string): string =>
	`${contractions}| ?\\p{L}+| ?\\p{N}+| ?${SYMBOL}+|${SPACES}`;

/** GPT-2's pattern as written in tiktoken 0.8 and later. The possessive quantifiers do not affect the matches. */
export const possessiveGpt2Pattern = (contractions: string): string =>
	`${contractions}| ?\\p{L}++| ?\\p{N}++| ?${SYMBOL}++|\\s++$|\\s+(?!\\S)|\\s`;

/** Pattern of cl100k and Llama 3. Qwen 2's variant makes each digit a separate pre-token. */
export const cl100kPattern = ({
	contractions = CONTRACTIONS,
	letters = `${WORD_PREFIX}?\\p{L}+`,
	digits = UP_TO_THREE_DIGITS,
	symbols = ` ?${SYMBOL}+[\\r\\n]*`,
	spaces = LINES_AND_SPACES
} = {}): string => [contractions, letters, digits, symbols, spaces].join('|');

/** Parts of Qwen 3.5's pattern, in which combining marks belong to words. */
export const WORDS_WITH_MARKS = {
	letters: `${WORD_PREFIX}?[\\p{L}\\p{M}]+`,
	symbols: ' ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*'
};

/** Pattern of o200k. Tekken's variant has no suffix and makes each digit a separate pre-token. */
export const o200kPattern = ({
	upper = UPPER,
	lower = LOWER,
	prefix = WORD_PREFIX,
	symbol = SYMBOL,
	suffix = `${CONTRACTIONS}?`,
	digits = UP_TO_THREE_DIGITS,
	lineEnds = '[\\r\\n/]*'
} = {}): string =>
	[
		`${prefix}?${upper}*${lower}+${suffix}`,
		`${prefix}?${upper}+${lower}*${suffix}`,
		digits,
		` ?${symbol}+${lineEnds}`,
		LINES_AND_SPACES
	].join('|');

const withoutHan = (letters: string): string => `${letters.slice(0, -1)}&&[^\\p{Han}]]`;

/**
 * Kimi K2's pattern. It differs from o200k's in two ways: a run of Chinese characters is a pre-token of its own, and a
 * pre-token of symbols can end with line ends but not with "/".
 */
export const KIMI_PATTERN = `[\\p{Han}]+|${o200kPattern({
	upper: withoutHan(UPPER),
	lower: withoutHan(LOWER),
	lineEnds: '[\\r\\n]*'
})}`;

/** GPT-2's pattern, also used by ByteLevel's `use_regex`. */
export const GPT2_PATTERN = gpt2Pattern("'s|'t|'re|'ve|'m|'ll|'d");
