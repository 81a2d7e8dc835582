/** The Strawberry page's state: a word under many tokenizers, and its merges. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import { choose, deselect } from '../../session/removal';
import type { StrawberrySettings } from '../../session/links/strawberry';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import { FIRST_LETTER, FIRST_MERGE_TOKENIZERS, FIRST_TOKENIZERS } from './defaults';
import type { PrerenderedWord } from './prerender';
import { StrawberryState } from './strawberry.svelte';
import { WordMergesPair } from './word-merges-pair.svelte';
import { STRAWBERRY_ROUTES } from './worker';

export function createStrawberryPage(lab: Lab, prerendered: PrerenderedWord) {
	const { compare, known, savedTokenizers } = lab;
	const workers = lab.connect(STRAWBERRY_ROUTES);
	const defaults: StrawberrySettings & { readonly word: string } = {
		word: prerendered.word,
		tokenizers: FIRST_TOKENIZERS,
		letter: FIRST_LETTER,
		caseRule: 'alike',
		mergeTokenizers: FIRST_MERGE_TOKENIZERS,
		form: 'alone',
		step: null,
		open: [],
		table: 'tokenizers',
		all: false
	};
	const strawberry = new StrawberryState(workers, FIRST_TOKENIZERS, FIRST_LETTER, prerendered);
	const mergesPair = new WordMergesPair(workers, FIRST_MERGE_TOKENIZERS, prerendered);
	savedTokenizers.beforeRemoving((id) => {
		const restore = deselect(id, strawberry.tokenizers, (ids) => choose(strawberry, ids));
		const sides = ([0, 1] as const).filter((side) => mergesPair.tokenizers[side] === id);
		for (const side of sides) mergesPair.setTokenizer(side, FIRST_MERGE_TOKENIZERS[side]);
		if (!restore && sides.length === 0) return undefined;
		return () => {
			restore?.();
			for (const side of sides)
				if (mergesPair.tokenizers[side] === FIRST_MERGE_TOKENIZERS[side])
					mergesPair.setTokenizer(side, id);
		};
	});
	const names = known.withoutLive();
	/** Compare's tokenizers when they were last taken over. */
	let taken = DEFAULT_TOKENIZERS;
	return {
		defaults,
		strawberry,
		mergesPair,
		names,
		/** Tries everything again that failed, because one cause shows in several places. */
		retry: (): void => {
			strawberry.retry();
			mergesPair.retry();
		},
		/** Takes over the tokenizers chosen on Compare if they have changed since the last time. */
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
