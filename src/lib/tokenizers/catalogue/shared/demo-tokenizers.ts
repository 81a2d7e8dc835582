import type { TrainingRules } from '../../../engine/train';

/**
 * Two tokenizers that the build trains on the same book. They differ only in their tie-breaking rule. Pages download
 * both the same way as built-in tokenizers.
 */
export const DEMO_TOKENIZERS = [
	{ id: 'lab-a', name: 'lab A', ties: 'huggingface' },
	{ id: 'lab-b', name: 'lab B', ties: 'first-seen' }
] as const;

export const DEMO_CORPUS = 'factbook';
/** Largest id + 1 for each tokenizer. */
export const DEMO_SIZE = 2048;

export const DEMO_RULES: Omit<TrainingRules, 'ties'> = {
	pattern: 'gpt2',
	feed: 'lines',
	alphabet: 'bytes',
	vocabularySize: DEMO_SIZE,
	minFrequency: 2,
	maxTokenLength: null,
	specialTokens: []
};
