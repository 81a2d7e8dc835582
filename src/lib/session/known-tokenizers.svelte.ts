import { CATALOGUE, findDescriptor, YOURS } from '../tokenizers/catalogue';
import type { SavedTokenizers } from './saved-tokenizers.svelte';
import { pickerTokenizers } from './picker-data';

/** Every tokenizer that can be chosen: the catalogue's, the saved ones, and the live one. */
export class KnownTokenizers {
	readonly #saved: SavedTokenizers;

	constructor(saved: SavedTokenizers) {
		this.#saved = saved;
	}

	/** Saved tokenizers are unknown until this settles. */
	load(): Promise<void> {
		return this.#saved.load();
	}

	has(id: string): boolean {
		return id === YOURS || findDescriptor(id) !== undefined || this.#saved.find(id) !== undefined;
	}

	/** Its name for people. */
	nameOf(id: string): string {
		return this.#saved.find(id)?.name ?? id;
	}

	/** For the picker: all except the live one. */
	get picker() {
		return pickerTokenizers(this.#saved.list);
	}

	/** Ids of all that {@link picker} offers. */
	get ids(): readonly string[] {
		return [...this.#saved.list.map(({ id }) => id), ...CATALOGUE.map(({ id }) => id)];
	}
}
