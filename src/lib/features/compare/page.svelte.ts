/** The Compare page's own state. Text and tokenizers are the lab's. */
import { createContext } from 'svelte';
import type { CompareState } from '../../session/shared-text.svelte';
import type { Lab } from '../../session/lab.svelte';
import type { Budget } from '../../session/links/compare';
import type { SortOrder } from '../../ui/table/sorting';
import { parseIds } from './id-list';
import type { PrerenderedComparison } from './prerender';
import { SecondOpinions } from './second-opinions.svelte';

/** The list of ids as it was typed or pasted. */
export class IdInput {
	#text = $state.raw('');
	readonly #compare: Pick<CompareState, 'setIds'>;
	readonly list = $derived(parseIds(this.#text));

	constructor(compare: Pick<CompareState, 'setIds'>) {
		this.#compare = compare;
	}

	get text() {
		return this.#text;
	}
	set text(text: string) {
		this.#text = text;
		this.#compare.setIds(this.list.ids);
	}
}

/** Settings of this page alone. */
export class CompareView {
	budget = $state<Budget>(null);
	/** Order of the figures. */
	sort = $state<SortOrder>(null);
	/** Whether the figures are those of all models, or else of one per tokenizer. */
	allModels = $state(false);
}

export function createComparePage(
	{ compare, live, tokenizing }: Lab,
	first: PrerenderedComparison
) {
	live.showPrerendered(first.merges);
	compare.showPrerendered(first);
	return {
		idInput: new IdInput(compare),
		secondOpinions: new SecondOpinions(tokenizing),
		view: new CompareView()
	};
}

export const [getComparePage, setComparePage] =
	createContext<ReturnType<typeof createComparePage>>();

/** Makes a function that gives the current value or, while it is awaited, the value before it, if there was one. */
export function keepLatest<T>(): (isAwaited: boolean, current: () => T) => T {
	let latest: { readonly value: T } | null = null;
	return (isAwaited, current) => {
		if (!isAwaited || !latest) latest = { value: current() };
		return latest.value;
	};
}
