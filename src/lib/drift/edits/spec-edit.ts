import type {
	AddedTokenSpec,
	DecoderSpec,
	NormalizerSpec,
	PostProcessorSpec,
	PreTokenizerSpec
} from '../../engine';

/**
 * One change to a tokenizer as plain data, for pages, links and gallery cases. `applyEdit` applies it, `describeEdit`
 * describes it.
 */
export type SpecEdit =
	| { readonly kind: 'normalizer'; readonly value: NormalizerSpec | null }
	/**
	 * As in tokenizer.json, without ByteLevel a byte-level vocabulary is read literally (`Ġthe`), so that most
	 * characters have no token.
	 */
	| { readonly kind: 'pre_tokenizer'; readonly value: PreTokenizerSpec | null }
	/** `split` counts the Splits of the pre-tokenizer from 0, in the order in which they run. */
	| { readonly kind: 'split-regex'; readonly split: number; readonly regex: string }
	| { readonly kind: 'post_processor'; readonly value: PostProcessorSpec | null }
	| { readonly kind: 'decoder'; readonly value: DecoderSpec | null }
	/**
	 * How many times the post-processor adds a token before the text; 0 removes all tokens that it adds. `token` is the
	 * content of an added token; `null` for the one that it adds now.
	 */
	| { readonly kind: 'bos'; readonly times: 0 | 1 | 2; readonly token: string | null }
	| { readonly kind: 'ignore-merges'; readonly value: boolean }
	/**
	 * A space (or `▁`) before the text, by `add_prefix_space` of a ByteLevel or `prepend_scheme` of a Metaspace that
	 * comes first, or else by a Prepend normalizer (which also adds one before a space).
	 */
	| { readonly kind: 'prefix-space'; readonly value: boolean }
	| { readonly kind: 'drop-added-tokens'; readonly which: AddedTokenChoice }
	| {
			readonly kind: 'added-token-flags';
			readonly which: AddedTokenChoice;
			readonly flags: Partial<Readonly<Record<AddedTokenFlag, boolean>>>;
	  }
	/** Swaps two merges; ranks count from 0. */
	| { readonly kind: 'swap-merges'; readonly ranks: readonly [number, number] }
	| { readonly kind: 'drop-last-merges'; readonly count: number }
	/** Swaps the ids of two tokens; the merges stay the same. */
	| { readonly kind: 'swap-ids'; readonly ids: readonly [number, number] }
	/** Increases every id from `from` on by `by`, which leaves `by` ids without a token. */
	| { readonly kind: 'shift-ids'; readonly from: number; readonly by: number }
	/**
	 * Decoding with Hugging Face's `clean_up_tokenization_spaces`: no space before `.`, `?`, `!`, `,` and the English
	 * contractions. False removes exactly those steps.
	 */
	| { readonly kind: 'clean-up-spaces'; readonly value: boolean };

/** Added tokens by kind or by content. */
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

/** An edit that does not apply to a tokenizer. */
export class EditError extends Error {
	override readonly name = 'EditError';
}

/** GPT-2's pre-tokenizer, the fallback of loaders that do not know a pre-tokenizer. */
export const GPT2_SPLIT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

/** Llama 2's pre-tokenizer, with `▁` before every text or only before the first part of it. */
export const metaspace = (prepend_scheme: 'always' | 'first'): SpecEdit => ({
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme, split: false }
});

/** Llama 2's pre-tokenizer, which a library used instead of a model's own. */
export const METASPACE = metaspace('always');
