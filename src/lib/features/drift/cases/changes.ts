/** Tokenizer edits that reproduce the bugs in the cases. */
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import { metaspace } from '../../../drift/edits/spec-edit';
import {
	cl100kPattern,
	CONTRACTIONS,
	GPT2_PATTERN,
	o200kPattern,
	UPPER,
	WORDS_WITH_MARKS
} from '../../../engine/stages';

const isolated = (regex: string) =>
	({ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false }) as const;

/** llama.cpp's `default`: four Splits, each applied to the output of the previous one. */
export const LLAMA_CPP_DEFAULT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: {
		type: 'Sequence',
		pretokenizers: [
			isolated(String.raw`[\p{P}\$\+<=>\^~\|]+`),
			isolated(GPT2_PATTERN),
			isolated(String.raw`\p{N}+`),
			isolated('[0-9][0-9][0-9]'),
			{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }
		]
	}
};

/** Turns off Llama 2's `legacy` option: a `▁` is added before the text, but not after special tokens. */
export const NOT_LEGACY: readonly SpecEdit[] = [
	{ kind: 'normalizer', value: null },
	metaspace('first')
];

/** Adds a BOS token before the text, as Llama 3.1's tokenizer.json does. The built-in Llama 3 doesn't add one. */
export const LLAMA3_BOS: SpecEdit = { kind: 'bos', times: 1, token: '<|begin_of_text|>' };
export const NO_BOS: SpecEdit = { kind: 'bos', times: 0, token: null };

export const firstSplit = (regex: string): SpecEdit => ({ kind: 'split-regex', split: 0, regex });

/** Llama 3's pattern, which is also cl100k's. */
export const LLAMA3_REGEX = cl100kPattern();

/** Llama 3's pre-tokenizer with its regex read as a literal string, so ordinary text is never split. */
export const LITERAL_SPLIT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: {
		type: 'Sequence',
		pretokenizers: [
			{ type: 'Split', pattern: { String: LLAMA3_REGEX }, behavior: 'Isolated', invert: false },
			{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }
		]
	}
};

/** The pattern used by Qwen 2 through Qwen 3. */
export const QWEN3_REGEX = cl100kPattern({ digits: String.raw`\p{N}` });

/** cl100k's pattern compiled to Go, with its first alternatives combined into one character class. */
export const CL100K_IN_GO = cl100kPattern({ contractions: `'[R-Tr-tſ]|${CONTRACTIONS}` });

/** cl100k's pattern as Java reads it: by default, `\s` matches only ASCII white space. */
export const CL100K_IN_JAVA = cl100kPattern({
	symbols: String.raw` ?[^\t-\r \p{L}\p{N}]+[\r\n]*`,
	spaces: String.raw`[\t-\r ]*[\r\n]+|[\t-\r ]+(?![^\t-\r ])|[\t-\r ]+`
});

/** Qwen 3.5's pattern, in which combining marks are part of words. */
export const QWEN35_REGEX = cl100kPattern({ digits: String.raw`\p{N}`, ...WORDS_WITH_MARKS });

/** The imp engine's fallback pattern, which isolates punctuation characters and groups digits in threes. */
export const IMP_FALLBACK_REGEX = String.raw`[ \t]*(?:[\r\n]+|(?:[A-Za-z]|[^\x00-\x7f])+|[0-9]{1,3}|[^ \t])|[ \t]+`;

/**
 * llama.cpp's version of o200k's pattern: “uppercase” matches every letter except a–z, “lowercase” every letter except
 * A–Z, and neither matches combining marks.
 */
export const O200K_WITHOUT_MARKS = o200kPattern({
	upper: String.raw`(?:(?=\p{L})[^a-z])`,
	lower: String.raw`(?:(?=\p{L})[^A-Z])`
});

/** A letter added in Unicode 16, U+1C89. */
const NEWER_LETTER = '\u1c89';

/** o200k's pattern with the tables of an older Unicode version, which lack U+1C89. */
export const O200K_WITH_OLDER_UNICODE = o200kPattern({
	upper: `(?:(?!${NEWER_LETTER})${UPPER})`,
	prefix: String.raw`(?:[^\r\n\p{L}\p{N}]|${NEWER_LETTER})`,
	symbol: String.raw`(?:[^\s\p{L}\p{N}]|${NEWER_LETTER})`
});

const splitBeforeGemma = (regex: string): SpecEdit => ({
	kind: 'pre_tokenizer',
	value: {
		type: 'Sequence',
		pretokenizers: [
			{ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false },
			{ type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false }
		]
	}
});

/** Makes Gemma's tokens for runs of spaces unreachable by isolating every `▁` that precedes another `▁`. */
export const GEMMA_SPACE_BY_SPACE = splitBeforeGemma('▁(?=▁)');

/** Adds the Split from Mistral's Tekken tokenizer before Gemma's own Split, like the fix for Mistral's files. */
export const MISTRAL_SPLIT_ON_GEMMA = splitBeforeGemma(
	o200kPattern({ suffix: '', digits: String.raw`\p{N}` })
);

/** Shifts the ids of “translate” and “transcribe” up by one, as in Whisper v3. */
export const WHISPER_V3_IDS: readonly SpecEdit[] = [
	{ kind: 'swap-ids', ids: [50358, 50359] },
	{ kind: 'swap-ids', ids: [50358, 50360] }
];
