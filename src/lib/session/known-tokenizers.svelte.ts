import { CATALOGUE, findDescriptor, YOURS } from '../tokenizers/catalogue';
import type { SavedTokenizers } from './saved-tokenizers.svelte';
import { pickerTokenizers } from './picker-data';

/** Every tokenizer that can be chosen: the catalogue's, the user's own, and the one trained on the spot. */
export class KnownTokenizers {
	readonly #own: SavedTokenizers;

	constructor(own: SavedTokenizers) {
		this.#own = own;
	}

	/** Until then the user's own are not known. */
	load(): Promise<void> {
		return this.#own.load();
	}

	has(id: string): boolean {
		return id === YOURS || findDescriptor(id) !== undefined || this.#own.find(id) !== undefined;
	}

	/** What people call it. */
	nameOf(id: string): string {
		return this.#own.find(id)?.name ?? id;
	}

	/** For the picker: all but the one trained on the spot. */
	get picker() {
		return pickerTokenizers(this.#own.list);
	}

	/** Ids of all that {@link picker} offers. */
	get ids(): readonly string[] {
		return [...this.#own.list.map(({ id }) => id), ...CATALOGUE.map(({ id }) => id)];
	}
}
