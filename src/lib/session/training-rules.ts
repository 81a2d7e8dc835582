import type { TrainingRules } from '../engine/train';

/** What training starts with. All 256 bytes, so that text that the corpus never showed can be encoded. */
export const DEFAULT_RULES: TrainingRules = {
	pattern: 'gpt2',
	feed: 'lines',
	ties: 'huggingface',
	alphabet: 'bytes',
	vocabularySize: 1024,
	minFrequency: 2,
	maxTokenLength: null,
	specialTokens: []
};

/**
 * How the tokenizer is trained that stands beside the real ones: on a text as it is, until no pair
 * stands twice or, of a large text, there are this many tokens.
 */
export const YOURS_RULES: TrainingRules = {
	...DEFAULT_RULES,
	feed: 'whole',
	vocabularySize: 1 << 15
};
