import type { TrainingRules } from '../engine';

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
