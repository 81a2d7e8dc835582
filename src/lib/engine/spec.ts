import type { MergeList } from './structures/merge-list';
import type { Vocabulary } from './structures/vocabulary';

/**
 * A tokenizer as plain data.
 *
 * Fields are named as in Hugging Face's tokenizer.json. The model's vocabulary and merges are typed arrays instead of
 * strings.
 */
export interface TokenizerSpec {
	readonly normalizer: NormalizerSpec | null;
	readonly pre_tokenizer: PreTokenizerSpec | null;
	readonly model: BpeModelSpec;
	readonly post_processor: PostProcessorSpec | null;
	readonly decoder: DecoderSpec | null;
	readonly added_tokens: readonly AddedTokenSpec[];
}

export type PatternSpec = { readonly String: string } | { readonly Regex: string };

interface ByteLevelSpec {
	readonly type: 'ByteLevel';
	readonly add_prefix_space: boolean;
	readonly trim_offsets: boolean;
	readonly use_regex: boolean;
}

interface MetaspaceSpec {
	readonly type: 'Metaspace';
	readonly replacement: string;
	readonly prepend_scheme: 'always' | 'first' | 'never';
	readonly split: boolean;
}

interface ReplaceSpec {
	readonly type: 'Replace';
	readonly pattern: PatternSpec;
	readonly content: string;
}

export interface BertNormalizerSpec {
	readonly type: 'BertNormalizer';
	readonly clean_text: boolean;
	readonly handle_chinese_chars: boolean;
	/** If `null`, the value of `lowercase` applies. */
	readonly strip_accents: boolean | null;
	readonly lowercase: boolean;
}

/**
 * SentencePiece's own normalizer, with SentencePiece's field names. tokenizer.json has no such step. In this
 * normalizer's output, added tokens are matched without normalizing their content.
 */
export interface SentencePieceSpec {
	readonly type: 'SentencePiece';
	/** Table of replacements, in base64; empty if there is none. */
	readonly precompiled_charsmap: string;
	readonly add_dummy_prefix: boolean;
	readonly remove_extra_whitespaces: boolean;
	/** Whether spaces are replaced with `▁`. */
	readonly escape_whitespaces: boolean;
	/** Strings that the table doesn't rewrite. */
	readonly user_defined_symbols: readonly string[];
}

export type NormalizerSpec =
	| {
			readonly type: 'NFC' | 'NFD' | 'NFKC' | 'NFKD';
			/**
			 * `9.0` (default) uses the tables of Hugging Face's Rust library. `latest` uses those of the JavaScript engine,
			 * as claude-legacy requires. Not a field of tokenizer.json.
			 */
			readonly unicode?: '9.0' | 'latest';
	  }
	| { readonly type: 'Lowercase' | 'StripAccents' | 'Nmt' }
	| { readonly type: 'ByteLevel' }
	| BertNormalizerSpec
	/**
	 * Applies SentencePiece's table of replacements (in base64) as Hugging Face's library does: to graphemes, then to
	 * characters.
	 */
	| { readonly type: 'Precompiled'; readonly precompiled_charsmap: string }
	| SentencePieceSpec
	| { readonly type: 'Strip'; readonly strip_left: boolean; readonly strip_right: boolean }
	| ReplaceSpec
	| { readonly type: 'Prepend'; readonly prepend: string }
	| { readonly type: 'Sequence'; readonly normalizers: readonly NormalizerSpec[] };

export type SplitBehavior =
	'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext' | 'Contiguous';

export type PreTokenizerSpec =
	| ByteLevelSpec
	| {
			readonly type: 'Split';
			readonly pattern: PatternSpec;
			readonly behavior: SplitBehavior;
			readonly invert: boolean;
	  }
	| MetaspaceSpec
	| { readonly type: 'Digits'; readonly individual_digits: boolean }
	| { readonly type: 'Punctuation'; readonly behavior: SplitBehavior }
	| { readonly type: 'CharDelimiterSplit'; readonly delimiter: string }
	/** `length` is in code points. */
	| { readonly type: 'FixedLength'; readonly length: number }
	| { readonly type: 'Whitespace' | 'WhitespaceSplit' | 'BertPreTokenizer' | 'UnicodeScripts' }
	| { readonly type: 'Sequence'; readonly pretokenizers: readonly PreTokenizerSpec[] };

export interface BpeModelSpec {
	readonly type: 'BPE';
	/**
	 * Contents of tokens by id: raw bytes in byte-level models, and the UTF-8 of the token's string (with `▁` and
	 * `<0xNN>`) in other models. Ids defined only in `added_tokens` have no bytes here.
	 */
	readonly vocabulary: Vocabulary;
	/** Whether tokenizer.json writes tokens in GPT-2's byte alphabet (`Ġ` for a space). */
	readonly byte_level: boolean;
	/** `null` if the rank of a merge is the id of its product (tiktoken). */
	readonly merges: MergeList | null;
	readonly unk_token: string | null;
	readonly fuse_unk: boolean;
	readonly byte_fallback: boolean;
	readonly ignore_merges: boolean;
	/** Prefix of every token that doesn't start a pre-token (`##`). Absent if there is none. */
	readonly continuing_subword_prefix?: string;
	/** Suffix of every token that ends a pre-token (`</w>`). Absent if there is none. */
	readonly end_of_word_suffix?: string;
	/**
	 * Unreachable tokens of a byte-level vocabulary, whose strings contain characters outside the byte alphabet. These
	 * tokens are empty in `vocabulary` and decode to their strings.
	 */
	readonly foreign_tokens?: readonly { readonly id: number; readonly content: string }[];
}

export type TemplatePiece =
	| { readonly SpecialToken: { readonly id: string; readonly type_id: number } }
	| { readonly Sequence: { readonly id: 'A' | 'B'; readonly type_id: number } };

interface TemplateToken {
	readonly id: string;
	readonly ids: readonly number[];
	readonly tokens: readonly string[];
}

type NamedTokenSpec = readonly [content: string, id: number];

export type PostProcessorSpec =
	| {
			readonly type: 'TemplateProcessing';
			readonly single: readonly TemplatePiece[];
			readonly pair: readonly TemplatePiece[];
			readonly special_tokens: Readonly<Record<string, TemplateToken>>;
	  }
	| {
			readonly type: 'RobertaProcessing';
			readonly sep: NamedTokenSpec;
			readonly cls: NamedTokenSpec;
			readonly trim_offsets: boolean;
			readonly add_prefix_space: boolean;
	  }
	| {
			readonly type: 'BertProcessing';
			readonly sep: NamedTokenSpec;
			readonly cls: NamedTokenSpec;
	  }
	| ByteLevelSpec
	| { readonly type: 'Sequence'; readonly processors: readonly PostProcessorSpec[] };

export type DecoderSpec =
	| ByteLevelSpec
	| { readonly type: 'ByteFallback' | 'Fuse' }
	| { readonly type: 'BPEDecoder'; readonly suffix: string }
	| { readonly type: 'WordPiece'; readonly prefix: string; readonly cleanup: boolean }
	| MetaspaceSpec
	| ReplaceSpec
	/** SentencePiece's own decoder for pieces other than bytes. tokenizer.json has no such step. */
	| {
			readonly type: 'SentencePiece';
			readonly add_dummy_prefix: boolean;
			readonly remove_extra_whitespaces: boolean;
			readonly unk_token: string | null;
			/** Text that the unknown token decodes to. */
			readonly unk_surface: string;
	  }
	| {
			readonly type: 'Strip';
			readonly content: string;
			readonly start: number;
			readonly stop: number;
	  }
	| { readonly type: 'Sequence'; readonly decoders: readonly DecoderSpec[] };

export interface AddedTokenSpec {
	readonly id: number;
	readonly content: string;
	readonly single_word: boolean;
	readonly lstrip: boolean;
	readonly rstrip: boolean;
	readonly normalized: boolean;
	readonly special: boolean;
}

/** Flattens a normalizer into a list of its steps. */
export function normalizerSteps(
	spec: NormalizerSpec | null
): Exclude<NormalizerSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.normalizers.flatMap(normalizerSteps) : [spec];
}

/** Flattens a pre-tokenizer into a list of its steps. */
export function preTokenizerSteps(
	spec: PreTokenizerSpec | null
): Exclude<PreTokenizerSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.pretokenizers.flatMap(preTokenizerSteps) : [spec];
}
