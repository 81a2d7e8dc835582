import type { KnownTokenizers } from '../../session/known-tokenizers.svelte';
import { DEMO_TOKENIZERS } from '../../tokenizers/catalogue/demo-tokenizers';
import { findDescriptor } from '../../tokenizers/catalogue';

const DEMO = new Map<string, string>(DEMO_TOKENIZERS.map(({ id, name }) => [id, name]));

/** Every tokenizer that can be compared: what the lab knows, and the two of the worked story. */
export class DriftNames {
	readonly #known: KnownTokenizers;

	constructor(known: KnownTokenizers) {
		this.#known = known;
	}

	load(): Promise<void> {
		return this.#known.load();
	}

	has(id: string): boolean {
		return DEMO.has(id) || this.#known.has(id);
	}

	/** Whether the command line knows it by its id. */
	isInCatalogue(id: string): boolean {
		return findDescriptor(id) !== undefined;
	}

	nameOf(id: string): string {
		return DEMO.get(id) ?? this.#known.nameOf(id);
	}

	get ids(): readonly string[] {
		return [...this.#known.ids, ...DEMO.keys()];
	}
}
