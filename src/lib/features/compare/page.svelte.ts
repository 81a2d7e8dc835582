/** The Compare page's own state. Text and tokenizers are the lab's. */
import { createContext } from 'svelte';
import type { SharedText } from '../../session/shared-text.svelte';
import type { Lab } from '../../session/lab.svelte';
import type { Budget } from '../../session/links/compare';
import type { SortOrder } from '../../ui/table/sorting';
import { parseIds } from './id-list';
import type { PrerenderedComparison } from './prerender';
import { SecondOpinions } from './second-opinions.svelte';

/** The list of ids as it was typed or pasted. */
export class IdInput {
	#text = $state.raw('');
	readonly #shared: Pick<SharedText, 'setIds'>;
	readonly list = $derived(parseIds(this.#text));

	constructor(shared: Pick<SharedText, 'setIds'>) {
		this.#shared = shared;
	}

	get text() {
		return this.#text;
	}
	set text(text: string) {
		this.#text = text;
		this.#shared.setIds(this.list.ids);
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

export function createComparePage({ shared, live, tokenizing }: Lab, first: PrerenderedComparison) {
	live.showPrerendered(first.merges);
	shared.showPrerendered(first);
	return {
		idInput: new IdInput(shared),
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
