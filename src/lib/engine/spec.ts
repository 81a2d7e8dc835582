import type { Vocabulary } from './structures/vocabulary';

/**
 * A tokenizer as plain data, with everything that can make two tokenizers differ.
 *
 * Stages keep the field names of Hugging Face's tokenizer.json, so that pages, diffs and exports use the
 * words of people's own files. Only the model differs: vocabulary and merges are typed arrays, not strings.
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

export type NormalizerSpec =
	| {
			readonly type: 'NFC' | 'NFD' | 'NFKC' | 'NFKD';
			/**
			 * Absent or `9.0`: the tables of Hugging Face's Rust library. `latest`: those of the JavaScript
			 * engine, which Anthropic's claude-legacy tokenizer uses. Not a field of tokenizer.json.
			 */
			readonly unicode?: '9.0' | 'latest';
	  }
	| { readonly type: 'Lowercase' }
	| { readonly type: 'Strip'; readonly strip_left: boolean; readonly strip_right: boolean }
	| { readonly type: 'Replace'; readonly pattern: PatternSpec; readonly content: string }
	| { readonly type: 'Prepend'; readonly prepend: string }
	| { readonly type: 'Sequence'; readonly normalizers: readonly NormalizerSpec[] };

export type SplitBehavior =
	'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext' | 'Contiguous';

export type PreTokenizerSpec =
	| {
			readonly type: 'ByteLevel';
			readonly add_prefix_space: boolean;
			readonly trim_offsets: boolean;
			readonly use_regex: boolean;
	  }
	| {
			readonly type: 'Split';
			readonly pattern: PatternSpec;
			readonly behavior: SplitBehavior;
			readonly invert: boolean;
	  }
	| {
			readonly type: 'Metaspace';
			readonly replacement: string;
			readonly prepend_scheme: 'always' | 'first' | 'never';
			readonly split: boolean;
	  }
	| { readonly type: 'Digits'; readonly individual_digits: boolean }
	| { readonly type: 'Sequence'; readonly pretokenizers: readonly PreTokenizerSpec[] };

export interface BpeModelSpec {
	readonly type: 'BPE';
	/**
	 * Token contents by id. Byte-level models: the raw bytes. Others: the UTF-8 of the token's string
	 * (with `▁`, and `<0xNN>` entries spelled out). Ids that only `added_tokens` define are empty here.
	 */
	readonly vocabulary: Vocabulary;
	/** Whether the vocabulary's strings are written in GPT-2's byte alphabet (`Ġ` for a space) in tokenizer.json. */
	readonly byte_level: boolean;
	/**
	 * Pairs of ids, two entries per merge, in order of rank; `null` if the rank of a merge is the id of its
	 * product (tiktoken).
	 */
	readonly merges: Uint32Array | null;
	readonly unk_token: string | null;
	readonly fuse_unk: boolean;
	readonly byte_fallback: boolean;
	readonly ignore_merges: boolean;
	/**
	 * Unreachable entries of a byte-level vocabulary: their strings are not in the byte alphabet, so no text
	 * encodes to them. Their ids are empty in `vocabulary`; decoding gives the string.
	 */
	readonly foreign_tokens?: readonly { readonly id: number; readonly content: string }[];
}

export type TemplatePiece =
	| { readonly SpecialToken: { readonly id: string; readonly type_id: number } }
	| { readonly Sequence: { readonly id: 'A' | 'B'; readonly type_id: number } };

export type PostProcessorSpec =
	| {
			readonly type: 'TemplateProcessing';
			readonly single: readonly TemplatePiece[];
			readonly pair: readonly TemplatePiece[];
			readonly special_tokens: Readonly<
				Record<
					string,
					{
						readonly id: string;
						readonly ids: readonly number[];
						readonly tokens: readonly string[];
					}
				>
			>;
	  }
	| {
			readonly type: 'ByteLevel';
			readonly add_prefix_space: boolean;
			readonly trim_offsets: boolean;
			readonly use_regex: boolean;
	  }
	| { readonly type: 'Sequence'; readonly processors: readonly PostProcessorSpec[] };

export type DecoderSpec =
	| {
			readonly type: 'ByteLevel';
			readonly add_prefix_space: boolean;
			readonly trim_offsets: boolean;
			readonly use_regex: boolean;
	  }
	| { readonly type: 'ByteFallback' | 'Fuse' }
	| {
			readonly type: 'Metaspace';
			readonly replacement: string;
			readonly prepend_scheme: 'always' | 'first' | 'never';
			readonly split: boolean;
	  }
	| { readonly type: 'Replace'; readonly pattern: PatternSpec; readonly content: string }
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
