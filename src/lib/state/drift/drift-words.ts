import type { CheckId } from '../../analysis/drift/types';

/** The eight checks, as people read them. */
export const CHECK_NAMES: Readonly<
	Record<CheckId, { readonly name: string; readonly asks: string }>
> = {
	embedding: {
		name: 'Embedding',
		asks: 'Does the model have a row for every id that B can give?'
	},
	vocabulary: {
		name: 'Vocabulary',
		asks: 'Does the same id stand for the same token, and which tokens are on one side only? Special tokens apart.'
	},
	config: {
		name: 'Configuration',
		asks: 'Every field of the two files: normalizer, pre-tokenizer, model, post-processor, decoder, added tokens.'
	},
	'self-encode': {
		name: 'Self-encode',
		asks: 'Does the text of each token encode to that token? One that no text leads to is trained in vain. No corpus is needed.'
	},
	text: {
		name: 'Text',
		asks: 'Which tokens of the text change?'
	},
	'round-trip': {
		name: 'Round trip',
		asks: 'Text to ids to text to ids: does it come back?'
	},
	'special-tokens': {
		name: 'Special tokens',
		asks: 'What is put before a text, and what is read as a control token.'
	},
	damage: {
		name: 'Damage',
		asks: 'What does a model of A’s ids lose when it is served B’s? Measured with a small n-gram model, below.'
	}
};
