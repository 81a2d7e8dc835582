import { KnownTokenizers } from '../../session/known-tokenizers.svelte';
import { DEMO_TOKENIZERS } from '../../tokenizers/catalogue/demo-tokenizers';
import { findDescriptor } from '../../tokenizers/catalogue';

const DEMO = new Map<string, string>(DEMO_TOKENIZERS.map(({ id, name }) => [id, name]));

/** Every tokenizer that can be compared: those the lab knows, and the two of the worked story. */
export class DriftNames extends KnownTokenizers {
	override has(id: string): boolean {
		return DEMO.has(id) || super.has(id);
	}

	override nameOf(id: string): string {
		return DEMO.get(id) ?? super.nameOf(id);
	}

	override get ids(): readonly string[] {
		return [...super.ids, ...DEMO.keys()];
	}

	/** Whether the command line knows the tokenizer by its id. */
	isInCatalogue(id: string): boolean {
		return findDescriptor(id) !== undefined;
	}
}
