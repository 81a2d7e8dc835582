import { SvelteMap } from 'svelte/reactivity';
import type { DriftCase } from '../cases/types';
import { NO_FILTERS, type Filters } from './filters';
import type { Choice } from './quiz';

/** View of an open case: its question, or its answer, which was `revealed` or follows a choice. */
export type CaseView = 'question' | 'revealed' | Choice;

/** Search, filters and open cases. */
export class GalleryView {
	filters = $state.raw(NO_FILTERS);
	/** Whether the story shows how its damage was measured. */
	isMethodOpen = $state(false);
	/** Open cases by slug. */
	readonly #cases = new SvelteMap<string, CaseView>();

	/** `undefined` if the case is closed. */
	of({ slug }: Pick<DriftCase, 'slug'>): CaseView | undefined {
		return this.#cases.get(slug);
	}

	get hasOpenCase(): boolean {
		return this.#cases.size > 0;
	}

	get openCases(): ReadonlyMap<string, CaseView> {
		return this.#cases;
	}

	/** Opens a case with its question, unless it is open, or closes it. */
	setOpen({ slug }: Pick<DriftCase, 'slug'>, open: boolean): void {
		if (!open) this.#cases.delete(slug);
		else if (!this.#cases.has(slug)) this.#cases.set(slug, 'question');
	}

	answer({ slug }: Pick<DriftCase, 'slug'>, choice: Exclude<CaseView, 'question'>): void {
		this.#cases.set(slug, choice);
	}

	restore(filters: Filters, cases: ReadonlyMap<string, CaseView>, isMethodOpen: boolean): void {
		this.filters = filters;
		this.isMethodOpen = isMethodOpen;
		this.#cases.clear();
		for (const [slug, shown] of cases) this.#cases.set(slug, shown);
	}
}
