import type { TrainingRules } from '../../engine/train';

/**
 * Two tokenizers that the lab trained when it was built: the same book, the same rules, the same size, and
 * one difference: which of two pairs that stand equally often is merged first. Made by
 * tools/drift/demo-tokenizers.ts, and downloaded like those of the catalogue.
 */
export const DEMO_TOKENIZERS = [
	{ id: 'lab-a', name: 'lab A', ties: 'huggingface' },
	{ id: 'lab-b', name: 'lab B', ties: 'first-seen' }
] as const;

/** The corpus that both are trained on. */
export const DEMO_CORPUS = 'factbook';
/** Largest id + 1 of each. */
export const DEMO_SIZE = 2048;

/** What both are trained by, but for ties. */
export const DEMO_RULES: Omit<TrainingRules, 'ties'> = {
	pattern: 'gpt2',
	feed: 'lines',
	alphabet: 'bytes',
	vocabularySize: DEMO_SIZE,
	minFrequency: 2,
	maxTokenLength: null,
	specialTokens: []
};
