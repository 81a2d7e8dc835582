import { CATALOGUE } from '../catalogue/entries';
import { MODELS } from '../content/models';

/** The catalogue with the models that use each tokenizer. */
export const PICKER_TOKENIZERS = CATALOGUE.map((entry) => ({
	entry,
	models: MODELS.filter(({ tokenizer }) => tokenizer === entry.id)
}));

/** Models whose tokenizer is not public or not carried. */
export const UNAVAILABLE_MODELS = MODELS.filter(({ tokenizer }) => tokenizer === null);
