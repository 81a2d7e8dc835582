import type { TokenizerSpec } from '../engine';
import { splitRegexes } from './edits/apply';
import { largestId } from './edits/table-edits';
import { templateIds } from './special-tokens';
import { tokenString } from './token-texts';

/** Parts of a tokenizer that can be edited, without its tables. */
export interface TokenizerOutline extends Pick<
	TokenizerSpec,
	'normalizer' | 'pre_tokenizer' | 'post_processor' | 'decoder'
> {
	/** Largest id + 1. */
	readonly size: number;
	/** Patterns of the Splits, in the order in which they run. */
	readonly splits: readonly string[];
	/** Number of merges; `null` if the ranks imply them. */
	readonly merges: number | null;
	readonly ignoreMerges: boolean;
	readonly addedTokens: readonly {
		readonly id: number;
		readonly content: string;
		readonly special: boolean;
	}[];
	/** Special tokens that the post-processor puts before a text. */
	readonly before: readonly string[];
}

export function outlineOf(spec: TokenizerSpec): TokenizerOutline {
	const { normalizer, pre_tokenizer, post_processor, decoder, model } = spec;
	return {
		normalizer,
		pre_tokenizer,
		post_processor,
		decoder,
		size: largestId(spec) + 1,
		splits: splitRegexes(pre_tokenizer),
		merges: model.merges?.count ?? null,
		ignoreMerges: model.ignore_merges,
		addedTokens: spec.added_tokens.map(({ id, content, special }) => ({ id, content, special })),
		before: templateIds(post_processor).before.map((id) => tokenString(spec, id) ?? '')
	};
}
