import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { DRIFT_CASES } from '../cases/cases';
import type { DriftCase } from '../cases/types';
import { filterCases, NO_FILTERS, type Filters } from './filters';
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
	/** Slugs of the cases that the address opened. */
	readonly #linked = new SvelteSet<string>();
	/** The cases that the search and the filters leave. */
	readonly shown = $derived(filterCases(DRIFT_CASES, this.filters));

	/** `undefined` if the case is closed. */
	of({ slug }: Pick<DriftCase, 'slug'>): CaseView | undefined {
		return this.#cases.get(slug);
	}

	get hasOpenCase(): boolean {
		return this.shown.some((item) => this.of(item));
	}

	/** Whether a frame shows a case: an open one, or one that the address opened, which can be closed there. */
	isInFrame(item: Pick<DriftCase, 'slug'>): boolean {
		return this.#linked.has(item.slug) || this.of(item) !== undefined;
	}

	/** Whether a frame shows a case, and not the story. */
	get hasCaseInFrame(): boolean {
		return this.shown.some((item) => this.isInFrame(item));
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
		this.#linked.clear();
		for (const [slug, shown] of cases) {
			this.#cases.set(slug, shown);
			this.#linked.add(slug);
		}
	}
}
