import { SvelteMap } from 'svelte/reactivity';
import type { TextReading } from '../../../drift/text/read';
import { CHECKS, type CheckId } from '../../../drift/types';
import {
	DIFF_SECTIONS,
	type DiffPart,
	type DiffSection,
	type DiffViewLink,
	UNREACHABLE_LISTS,
	VOCABULARY_LISTS
} from '../../../session/links/diff';
import type { TokenDisplay } from '../../../ui/token/drawn-token';

/** Chosen list and search of a list of tokens. */
export class TokenListView<Id extends string> {
	readonly #ids: readonly Id[];
	#list = $state<Id | 'first'>('first');
	/** Text or id. */
	search = $state('');

	/** @param ids of the lists */
	constructor(ids: readonly Id[]) {
		this.#ids = ids;
	}

	/** Id of the list; `first` is the first one that has tokens. */
	get list(): Id | 'first' {
		return this.#list;
	}

	choose(id: string): void {
		this.#list = this.#ids.find((known) => known === id) ?? 'first';
	}
}

/** How the text of a diff is read and drawn, and which parts of the page are open. */
export class DiffView {
	#special = $state<TextReading['special']>('text');
	#template = $state(false);
	display = $state<TokenDisplay>('text');
	readonly vocabulary = new TokenListView(VOCABULARY_LISTS);
	readonly unreachable = new TokenListView(UNREACHABLE_LISTS);
	readonly reading: TextReading = $derived({ special: this.#special, template: this.#template });
	/** Parts that the user opened or closed. */
	readonly #toggled = new SvelteMap<DiffPart, boolean>();
	/** Fields whose values the user, or a link, opened or closed. */
	readonly #toggledValues = new SvelteMap<string, boolean>();

	/** Whether the text is read as the command line does by default. */
	get isPlain(): boolean {
		return this.#special === 'text' && !this.#template;
	}

	setSpecial(special: TextReading['special']): void {
		this.#special = special;
	}

	/** Adds the tokens of each side's template to the text, or leaves them out. */
	setTemplate(template: boolean): void {
		this.#template = template;
	}

	isSectionOpen(section: DiffSection): boolean {
		return this.#toggled.get(section) ?? false;
	}

	setSectionOpen(section: DiffSection, open: boolean): void {
		this.#toggled.set(section, open);
	}

	/** Attributes of a section's `<details>`. */
	section(section: DiffSection) {
		return {
			open: this.isSectionOpen(section),
			ontoggle: ({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }) =>
				this.setSectionOpen(section, currentTarget.open)
		};
	}

	/** Attributes of the `<details>` of a field's values. */
	values(field: string) {
		return {
			open: this.#toggledValues.get(field) ?? false,
			ontoggle: ({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }) =>
				void this.#toggledValues.set(field, currentTarget.open)
		};
	}

	/** Whether the user opened or closed a check; `undefined` if neither. */
	toggled(check: CheckId): boolean | undefined {
		return this.#toggled.get(check);
	}

	setCheckOpen(check: CheckId, open: boolean): void {
		this.#toggled.set(check, open);
	}

	/** Values of the fields of a link. */
	get link(): DiffViewLink {
		const parts: readonly DiffPart[] = [...DIFF_SECTIONS, ...CHECKS];
		return {
			...this.reading,
			display: this.display,
			vocabularyList: this.vocabulary.list,
			vocabularySearch: this.vocabulary.search,
			unreachableList: this.unreachable.list,
			unreachableSearch: this.unreachable.search,
			open: parts.filter((part) => this.#toggled.get(part) === true),
			closed: CHECKS.filter((check) => this.#toggled.get(check) === false),
			values: [...this.#toggledValues].filter(([, isOpen]) => isOpen).map(([field]) => field)
		};
	}

	restore({ special, template, display, open, closed, values, ...lists }: DiffViewLink): void {
		this.#special = special;
		this.#template = template;
		this.display = display;
		this.vocabulary.choose(lists.vocabularyList);
		this.vocabulary.search = lists.vocabularySearch;
		this.unreachable.choose(lists.unreachableList);
		this.unreachable.search = lists.unreachableSearch;
		this.#toggled.clear();
		this.#toggledValues.clear();
		for (const part of open) this.#toggled.set(part, true);
		for (const check of closed) this.#toggled.set(check, false);
		for (const field of values) this.#toggledValues.set(field, true);
	}
}
