/** The Strawberry page's state: a word under many tokenizers, and its merges. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import { choose, deselect } from '../../session/tokenizers/removal';
import type { StrawberrySettings } from '../../session/links/strawberry';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import type { PrerenderedWord } from './prerender';
import { StrawberryState } from './strawberry.svelte';
import { FIRST_TRACED_TOKENIZER } from './word-trace';
import { WordTracing } from './word-tracing.svelte';
import { STRAWBERRY_ROUTES } from './worker';

const FIRST_LETTER = 'r';

/** Includes llama2, which splits the word in a sentence, too. */
export const FIRST_TOKENIZERS: readonly string[] = ['cl100k_base', 'o200k_base', 'gpt2', 'llama2'];

export function createStrawberryPage(lab: Lab, prerendered: PrerenderedWord) {
	const { shared, known, savedTokenizers } = lab;
	const workers = lab.connect(STRAWBERRY_ROUTES);
	const defaults: StrawberrySettings & { readonly word: string } = {
		word: prerendered.word,
		tokenizers: FIRST_TOKENIZERS,
		letter: FIRST_LETTER,
		caseRule: 'alike',
		tracedTokenizer: FIRST_TRACED_TOKENIZER,
		form: 'alone',
		step: null,
		table: 'tokenizers'
	};
	const strawberry = new StrawberryState(workers, FIRST_TOKENIZERS, FIRST_LETTER, prerendered);
	const tracing = new WordTracing(workers, prerendered);
	savedTokenizers.beforeRemoving((id) => {
		const restore = deselect(id, strawberry.tokenizers, (ids) => choose(strawberry, ids));
		if (tracing.tokenizer !== id) return restore;
		tracing.setTokenizer(FIRST_TRACED_TOKENIZER);
		return () => {
			restore?.();
			if (tracing.tokenizer === FIRST_TRACED_TOKENIZER) tracing.setTokenizer(id);
		};
	});
	const names = known.withoutLive();
	/** Compare's tokenizers when they were last taken over. */
	let taken = DEFAULT_TOKENIZERS;
	return {
		defaults,
		strawberry,
		tracing,
		names,
		/** Tries everything again that failed, because one cause shows in several places. */
		retry: (): void => {
			strawberry.retry();
			tracing.retry();
		},
		/** Takes over the tokenizers chosen on Compare if they have changed since the last time. */
		takeOver: (): void => {
			if (shared.tokenizers.join() === taken.join()) return;
			taken = shared.tokenizers;
			const ids = taken.filter((id) => names.has(id));
			if (ids.length > 0) strawberry.setTokenizers(ids);
		}
	};
}

export const [getStrawberryPage, setStrawberryPage] =
	createContext<ReturnType<typeof createStrawberryPage>>();
