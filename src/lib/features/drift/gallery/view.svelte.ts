import type { Component } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { DRIFT_CASES } from '../cases/cases';
import type { DriftCase } from '../cases/types';
import { filterCases, NO_FILTERS, type Filters } from './filters';

type CaseBody = Component<{ item: DriftCase }>;

/** Search, filters and open cases. */
export class GalleryView {
	filters = $state.raw(NO_FILTERS);
	/** Slugs of the open cases. */
	readonly #open = new SvelteSet<string>();
	/** Slugs of the cases that the address opened. */
	readonly #linked = new SvelteSet<string>();
	#body = $state.raw<CaseBody | null>(null);
	/** The cases that the search and the filters leave. */
	readonly shown = $derived(filterCases(DRIFT_CASES, this.filters));

	/** Component that draws an open case; `null` until {@link loadBody} has loaded it. */
	get body() {
		return this.#body;
	}

	/** Loads that component, so that a linked case is drawn together with the page. */
	async loadBody(load: () => Promise<{ readonly default: CaseBody }>): Promise<void> {
		this.#body = (await load()).default;
	}

	isOpen({ slug }: Pick<DriftCase, 'slug'>): boolean {
		return this.#open.has(slug);
	}

	get hasOpenCase(): boolean {
		return this.shown.some((item) => this.isOpen(item));
	}

	/** Whether a frame shows a case: an open one, or one that the address opened, which can be closed there. */
	isInFrame(item: Pick<DriftCase, 'slug'>): boolean {
		return this.#linked.has(item.slug) || this.isOpen(item);
	}

	/** Whether a frame shows a case, and not the story. */
	get hasCaseInFrame(): boolean {
		return this.shown.some((item) => this.isInFrame(item));
	}

	setOpen({ slug }: Pick<DriftCase, 'slug'>, open: boolean): void {
		if (open) this.#open.add(slug);
		else this.#open.delete(slug);
	}

	restore(filters: Filters, open: readonly string[]): void {
		this.filters = filters;
		this.#open.clear();
		this.#linked.clear();
		for (const slug of open) {
			this.#open.add(slug);
			this.#linked.add(slug);
		}
	}
}
