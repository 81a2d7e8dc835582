import { CATALOGUE, YOURS } from '../tokenizers/catalogue/entries';
import { MODELS } from '../tokenizers/catalogue/models';
import type { SavedTokenizer } from './saved-tokenizers.svelte';

/** The catalogue with the models that use each tokenizer. */
const CATALOGUE_TOKENIZERS = CATALOGUE.map((entry) => ({
	entry,
	models: MODELS.filter(({ tokenizer }) => tokenizer === entry.id)
}));

/** All that can be chosen: what the user has kept, newest first, then the catalogue. */
export const pickerTokenizers = (own: readonly SavedTokenizer[]) => [
	...own.toReversed().map(({ id, name, vocabularySize, summary }) => ({
		entry: {
			id,
			name,
			family: 'Trained here',
			vocabularySize,
			kind: 'byte-level BPE',
			preTokenizer: summary,
			removable: true
		},
		models: []
	})),
	...CATALOGUE_TOKENIZERS
];

/** The tokenizer that is trained on the spot, where it can be chosen. */
export const YOURS_CHOICE = {
	entry: {
		id: YOURS,
		family: 'Trained here',
		kind: 'byte-level BPE of the text that is shown, or of an example',
		preTokenizer:
			'Words, numbers and punctuation, each with the space before it; merges until no pair stands twice'
	},
	models: []
};

/** Models whose tokenizer is not public or not carried. */
export const UNAVAILABLE_MODELS = MODELS.filter(({ tokenizer }) => tokenizer === null);
