import { CATALOGUE, YOURS } from '../tokenizers/catalogue';
import type { SavedTokenizer } from './saved-tokenizers.svelte';

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
	...CATALOGUE.map((entry) => ({ entry, models: entry.models }))
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
