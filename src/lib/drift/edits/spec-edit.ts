import type {
	AddedTokenSpec,
	DecoderSpec,
	NormalizerSpec,
	PostProcessorSpec,
	PreTokenizerSpec
} from '../../engine';

/**
 * One change to a tokenizer as plain data, for pages, links and gallery cases. `applyEdit` applies it and
 * `describeEdit` describes it.
 */
export type SpecEdit =
	| { readonly kind: 'normalizer'; readonly value: NormalizerSpec | null }
	/**
	 * As in tokenizer.json, a byte-level vocabulary without a ByteLevel step is read literally (`Ġthe`), so most
	 * characters have no token.
	 */
	| { readonly kind: 'pre_tokenizer'; readonly value: PreTokenizerSpec | null }
	/** `split` is the index of a Split among the pre-tokenizer's Splits, counted from 0. */
	| { readonly kind: 'split-regex'; readonly split: number; readonly regex: string }
	| { readonly kind: 'post_processor'; readonly value: PostProcessorSpec | null }
	| { readonly kind: 'decoder'; readonly value: DecoderSpec | null }
	/**
	 * How many times the post-processor adds a token before the text; 0 removes every token that it adds. `token` is
	 * the content of an added token; `null` stands for the token that the post-processor already adds.
	 */
	| { readonly kind: 'bos'; readonly times: 0 | 1 | 2; readonly token: string | null }
	| { readonly kind: 'ignore-merges'; readonly value: boolean }
	/**
	 * Adds or removes a space (or `▁`) before the text. Sets `add_prefix_space` or `prepend_scheme` if the first step is
	 * a ByteLevel or Metaspace; otherwise uses a Prepend normalizer, which adds a space even if the text already begins
	 * with one.
	 */
	| { readonly kind: 'prefix-space'; readonly value: boolean }
	| { readonly kind: 'drop-added-tokens'; readonly which: AddedTokenChoice }
	| {
			readonly kind: 'added-token-flags';
			readonly which: AddedTokenChoice;
			readonly flags: Partial<Readonly<Record<AddedTokenFlag, boolean>>>;
	  }
	/** Swaps two merges. Ranks count from 0. */
	| { readonly kind: 'swap-merges'; readonly ranks: readonly [number, number] }
	| { readonly kind: 'drop-last-merges'; readonly count: number }
	/** Swaps the ids of two tokens. The merges stay the same. */
	| { readonly kind: 'swap-ids'; readonly ids: readonly [number, number] }
	/** Adds `by` to every id that is at least `from`, so `by` ids have no token afterwards. */
	| { readonly kind: 'shift-ids'; readonly from: number; readonly by: number }
	/**
	 * Whether decoding applies Hugging Face's `clean_up_tokenization_spaces`, which removes spaces before `.`, `?`, `!`,
	 * `,` and English contractions. `true` adds these replacements to the end of the decoder, and `false` removes them
	 * from there.
	 */
	| { readonly kind: 'clean-up-spaces'; readonly value: boolean };

/** Added tokens, chosen by kind or by content. */
export type AddedTokenChoice =
	'all' | 'special' | 'not-special' | { readonly contents: readonly string[] };

export const ADDED_TOKEN_FLAGS = [
	'single_word',
	'lstrip',
	'rstrip',
	'normalized',
	'special'
] as const satisfies readonly (keyof AddedTokenSpec)[];
export type AddedTokenFlag = (typeof ADDED_TOKEN_FLAGS)[number];

/** Thrown for an edit that can't be applied to a tokenizer. */
export class EditError extends Error {
	override readonly name = 'EditError';
}

/** GPT-2's pre-tokenizer, which loaders fall back to if they don't recognise a pre-tokenizer. */
export const GPT2_SPLIT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

/** Llama 2's pre-tokenizer, with `▁` before every part of the text between added tokens, or only before the first. */
export const metaspace = (prepend_scheme: 'always' | 'first'): SpecEdit => ({
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme, split: false }
});

/** Llama 2's pre-tokenizer, which a library used instead of the model's own. */
export const METASPACE = metaspace('always');
