/** What of the Strawberry page survives a change of page. */
import { CATALOGUE, YOURS } from '../../tokenizers/catalogue/entries';
import { FIRST_WORD_DATA } from './first-word';
import { EXERCISE } from './exercise-data';
import { FIRST_LADDERS, FIRST_LETTER, FIRST_TOKENIZERS } from './defaults';
import type { Names } from '../../session/links/page-address.svelte';
import {
	compare,
	DEFAULT_TOKENIZERS,
	known,
	ownTokenizers,
	tokenizerPool
} from '../../session/lab.svelte';
import { Exercise } from './exercise.svelte';
import { LadderPair } from './ladders.svelte';
import { StrawberryState } from './strawberry.svelte';
import type { WordSettings } from '../../session/links/strawberry';

export const DEFAULTS: WordSettings & { readonly word: string } = {
	word: FIRST_WORD_DATA.word,
	tokenizers: FIRST_TOKENIZERS,
	letter: FIRST_LETTER,
	caseRule: 'alike',
	ladders: FIRST_LADDERS,
	form: 'alone'
};

/** All of them, in the order of the picker. */
export const CATALOGUE_IDS: readonly string[] = CATALOGUE.map(({ id }) => id);

export const strawberry = new StrawberryState(tokenizerPool, FIRST_TOKENIZERS, {
	...FIRST_WORD_DATA,
	letter: FIRST_LETTER
});
export const ladders = new LadderPair(tokenizerPool, FIRST_LADDERS, FIRST_WORD_DATA);
ownTokenizers.beforeRemoving((id) => {
	if (strawberry.tokenizers.includes(id))
		strawberry.setTokenizers(strawberry.tokenizers.filter((other) => other !== id));
	ladders.tokenizers.forEach((tokenizer, side) => {
		if (tokenizer === id) ladders.setTokenizer(side === 0 ? 0 : 1, FIRST_LADDERS[side]);
	});
});
export const exercise = new Exercise(tokenizerPool, EXERCISE);

/** The tokenizers that a word can be put to: all but the one that is trained on the spot. */
export const names: Names = {
	load: () => known.load(),
	has: (id) => id !== YOURS && known.has(id)
};

/** Compare's tokenizers as they were when they were last taken over. */
let taken = DEFAULT_TOKENIZERS;

/** Takes over the tokenizers chosen on Compare, where they have changed since. */
export function takeOver(): void {
	if (compare.tokenizers.join() === taken.join()) return;
	taken = compare.tokenizers;
	const ids = taken.filter((id) => names.has(id));
	if (ids.length > 0) strawberry.setTokenizers(ids);
}
