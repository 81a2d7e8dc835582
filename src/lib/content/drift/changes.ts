/** Changes that several cases name: what the wrong side runs instead. */
import type { SpecEdit } from '../../drift/edits/spec-edit';

/** GPT-2's splitter: what loaders fall back to when they do not know a pre-tokenizer. */
export const GPT2_SPLIT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

/** Llama 2's: what a routing table took DeepSeek V3 for. */
export const METASPACE: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false }
};

/** Llama 2 without `legacy`: one `▁` before the text, none after special tokens. */
export const NOT_LEGACY: readonly SpecEdit[] = [
	{ kind: 'normalizer', value: null },
	{
		kind: 'pre_tokenizer',
		value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }
	}
];

const UPPER = String.raw`\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}`;
const LOWER = String.raw`\p{Ll}\p{Lm}\p{Lo}\p{M}`;
const WORDS = [
	String.raw`[^\r\n\p{L}\p{N}]?[${UPPER}]*[${LOWER}]+`,
	String.raw`[^\r\n\p{L}\p{N}]?[${UPPER}]+[${LOWER}]*`
];
const REST = String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** The pattern that Mistral's Tekken is trained with. */
export const TEKKEN_REGEX = [...WORDS, String.raw`\p{N}`, REST].join('|');

/** o200k's pattern without the contractions at the end of its words. */
export const O200K_WITHOUT_CONTRACTIONS = [...WORDS, String.raw`\p{N}{1,3}`, REST].join('|');

/** The pattern that Mistral's tokenizer.json files had by mistake: Llama 3's. */
export const LLAMA3_REGEX = [
	String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)`,
	String.raw`[^\r\n\p{L}\p{N}]?\p{L}+`,
	String.raw`\p{N}{1,3}`,
	String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*`,
	String.raw`\s*[\r\n]+`,
	String.raw`\s+(?!\S)`,
	String.raw`\s+`
].join('|');

/** A BOS before the text, as in Llama 3.1's file; the file of Llama 3 in the catalogue has none. */
export const LLAMA3_BOS: SpecEdit = { kind: 'bos', times: 1, token: '<|begin_of_text|>' };
