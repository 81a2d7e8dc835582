/** The Strawberry page's state: a word in many tokenizers, its merges, and the exercise. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import type { Names } from '../../session/links/page-address.svelte';
import { CATALOGUE, DEFAULT_TOKENIZERS, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { FIRST_LADDERS, FIRST_LETTER, FIRST_TOKENIZERS } from './defaults';
import { EXERCISE } from './exercise-data';
import { Exercise } from './exercise.svelte';
import { WordMergesPair } from './ladders.svelte';
import type { PrerenderedWord } from './prerender';
import { StrawberryState } from './strawberry.svelte';
import { STRAWBERRY_ROUTES } from './worker';
import type { WordSettings } from '../../session/links/strawberry';

/** All of them, in the picker's order. */
export const CATALOGUE_IDS: readonly string[] = CATALOGUE.map(({ id }) => id);

export function createStrawberryPage(lab: Lab, prerendered: PrerenderedWord) {
	const { compare, known, savedTokenizers } = lab;
	const workers = lab.connect(STRAWBERRY_ROUTES);
	const defaults: WordSettings & { readonly word: string } = {
		word: prerendered.word,
		tokenizers: FIRST_TOKENIZERS,
		letter: FIRST_LETTER,
		caseRule: 'alike',
		ladders: FIRST_LADDERS,
		form: 'alone'
	};
	const strawberry = new StrawberryState(workers, FIRST_TOKENIZERS, {
		...prerendered,
		letter: FIRST_LETTER
	});
	const ladders = new WordMergesPair(workers, FIRST_LADDERS, prerendered);
	savedTokenizers.beforeRemoving((id) => {
		if (strawberry.tokenizers.includes(id))
			strawberry.setTokenizers(strawberry.tokenizers.filter((other) => other !== id));
		ladders.tokenizers.forEach((tokenizer, side) => {
			if (tokenizer === id) ladders.setTokenizer(side === 0 ? 0 : 1, FIRST_LADDERS[side]);
		});
	});
	/** The tokenizers that a word can be encoded with: all but the live one. */
	const names: Names = {
		load: () => known.load(),
		has: (id) => id !== LIVE_TOKENIZER && known.has(id)
	};
	/** Compare's tokenizers when they were last taken over. */
	let taken = DEFAULT_TOKENIZERS;
	return {
		defaults,
		strawberry,
		ladders,
		names,
		exercise: new Exercise(workers, EXERCISE),
		/** Takes over the tokenizers chosen on Compare, if they have changed since. */
		takeOver: (): void => {
			if (compare.tokenizers.join() === taken.join()) return;
			taken = compare.tokenizers;
			const ids = taken.filter((id) => names.has(id));
			if (ids.length > 0) strawberry.setTokenizers(ids);
		}
	};
}

export const [getStrawberryPage, setStrawberryPage] =
	createContext<ReturnType<typeof createStrawberryPage>>();
