import type { TrainingRules } from '../engine/train';

/** Rules that Train starts with. All 256 bytes are tokens, so that any text can be encoded. */
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

/** Rules of the live tokenizer: the whole text at once, until no pair occurs twice or the vocabulary is full. */
export const LIVE_RULES: TrainingRules = {
	...DEFAULT_RULES,
	feed: 'whole',
	vocabularySize: 1 << 15
};
