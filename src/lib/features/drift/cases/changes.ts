/** Changes that cases name: what the wrong side runs instead. */
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import { cl100kPattern, CONTRACTIONS, o200kPattern, UPPER } from '../../../engine/stages';

/** GPT-2's splitter: what loaders fall back to if they do not know a pre-tokenizer. */
export const GPT2_SPLIT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

/** Llama 2's pre-tokenizer, which a library put in place of a model's own. */
export const METASPACE: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false }
};

/** Llama 2's decoder: it leaves a byte-level token in its alphabet (`Ġ` for a space). */
export const LLAMA2_DECODER: SpecEdit = {
	kind: 'decoder',
	value: {
		type: 'Sequence',
		decoders: [
			{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
			{ type: 'ByteFallback' },
			{ type: 'Fuse' },
			{ type: 'Strip', content: ' ', start: 1, stop: 0 }
		]
	}
};

/** Llama 2 without `legacy`: one `▁` before the text, none after special tokens. */
export const NOT_LEGACY: readonly SpecEdit[] = [
	{ kind: 'normalizer', value: null },
	{
		kind: 'pre_tokenizer',
		value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }
	}
];

/** Gemma without its tokens for runs of spaces: every `▁` before another stands alone. */
export const GEMMA_SPACE_BY_SPACE: SpecEdit = {
	kind: 'pre_tokenizer',
	value: {
		type: 'Sequence',
		pretokenizers: [
			{ type: 'Split', pattern: { Regex: '▁(?=▁)' }, behavior: 'Isolated', invert: false },
			{ type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false }
		]
	}
};

/** A BOS before the text, as in Llama 3.1's file; the file of Llama 3 in the catalogue has none. */
export const LLAMA3_BOS: SpecEdit = { kind: 'bos', times: 1, token: '<|begin_of_text|>' };

/** A tokenizer whose first Split runs another pattern. */
export const firstSplit = (regex: string): SpecEdit => ({ kind: 'split-regex', split: 0, regex });

/** The pattern that Mistral's tokenizer.json files had by mistake: Llama 3's. */
export const LLAMA3_REGEX = cl100kPattern();

export const CL100K_DIGITS_BY_TWO = cl100kPattern({ digits: String.raw`\p{N}{1,2}` });

/** As compiled to Go: the first alternatives became one set of letters. */
export const CL100K_IN_GO = cl100kPattern({ contractions: `'[R-Tr-tſ]|${CONTRACTIONS}` });

/** As in Java, where `\s` is ASCII by default. */
export const CL100K_IN_JAVA = cl100kPattern({
	symbols: String.raw` ?[^\t-\r \p{L}\p{N}]+[\r\n]*`,
	spaces: String.raw`[\t-\r ]*[\r\n]+|[\t-\r ]+(?![^\t-\r ])|[\t-\r ]+`
});

/** Qwen 3.5's pattern: combining marks belong to words. */
export const QWEN35_REGEX = cl100kPattern({
	letters: String.raw`[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+`,
	digits: String.raw`\p{N}`,
	symbols: String.raw` ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*`
});

/** The fallback of the engine imp: every sign by itself, digits in threes. */
export const IMP_FALLBACK_REGEX = String.raw`[ \t]*(?:[\r\n]+|(?:[A-Za-z]|[^\x00-\x7f])+|[0-9]{1,3}|[^ \t])|[ \t]+`;

/** The pattern that Mistral's Tekken is trained with. */
export const TEKKEN_REGEX = o200kPattern({ suffix: '', digits: String.raw`\p{N}` });

/** llama.cpp's spelling: letters without ASCII of the other case, and no combining marks. */
export const O200K_WITHOUT_MARKS = o200kPattern({
	upper: String.raw`(?:(?=\p{L})[^a-z])`,
	lower: String.raw`(?:(?=\p{L})[^A-Z])`
});

/** A letter that Unicode 16 added, U+1C89. */
const NEWER_LETTER = '\u1c89';

/** With tables of an older Unicode, which do not know that letter. */
export const O200K_WITH_OLDER_UNICODE = o200kPattern({
	upper: `(?:(?!${NEWER_LETTER})${UPPER})`,
	prefix: String.raw`(?:[^\r\n\p{L}\p{N}]|${NEWER_LETTER})`,
	symbol: String.raw`(?:[^\s\p{L}\p{N}]|${NEWER_LETTER})`
});

/** Mistral’s Split put before Gemma’s, as the repair of Mistral’s files does. */
export const MISTRAL_SPLIT_ON_GEMMA: SpecEdit = {
	kind: 'pre_tokenizer',
	value: {
		type: 'Sequence',
		pretokenizers: [
			{ type: 'Split', pattern: { Regex: TEKKEN_REGEX }, behavior: 'Isolated', invert: false },
			{ type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false }
		]
	}
};
