import { vocabularySize, type PostProcessorSpec, type TokenizerSpec } from '../../engine';
import { splitRegexes } from './edits/pre-tokenizer-edits';

/** What of a tokenizer can be changed, without its tables: so that an editor offers only what applies. */
export interface TokenizerOutline extends Pick<
	TokenizerSpec,
	'normalizer' | 'pre_tokenizer' | 'post_processor' | 'decoder'
> {
	/** Largest id + 1. */
	readonly size: number;
	/** What each Split cuts by, in the order in which they run. */
	readonly splits: readonly string[];
	/** Number of merges; null where the order of ranks stands for them. */
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
		size: Math.max(vocabularySize(model.vocabulary), ...spec.added_tokens.map(({ id }) => id + 1)),
		splits: splitRegexes(pre_tokenizer),
		merges: model.merges && model.merges.length / 2,
		ignoreMerges: model.ignore_merges,
		addedTokens: spec.added_tokens.map(({ id, content, special }) => ({ id, content, special })),
		before: tokensBefore(post_processor)
	};
}

function tokensBefore(spec: PostProcessorSpec | null): string[] {
	if (spec?.type === 'Sequence') return spec.processors.flatMap(tokensBefore);
	if (spec?.type !== 'TemplateProcessing') return [];
	const text = spec.single.findIndex((piece) => 'Sequence' in piece);
	return spec.single
		.slice(0, text)
		.flatMap((piece) => ('SpecialToken' in piece ? [piece.SpecialToken.id] : []));
}
