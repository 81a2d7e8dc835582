import { DEMO_TOKENIZERS } from '../../tokenizers/catalogue/demo-tokenizers';
import { findEntry } from '../../tokenizers/catalogue/entries';
import { known } from '../../session/lab.svelte';

const DEMO = new Map<string, string>(DEMO_TOKENIZERS.map(({ id, name }) => [id, name]));

/** Every tokenizer that can be compared: what the lab knows, and the two of the worked story. */
export const driftNames = {
	load: () => known.load(),
	has: (id: string): boolean => DEMO.has(id) || known.has(id),
	/** Whether the command line knows it by its id. */
	isInCatalogue: (id: string): boolean => findEntry(id) !== undefined,
	nameOf: (id: string): string => DEMO.get(id) ?? known.nameOf(id),
	get ids(): readonly string[] {
		return [...known.ids, ...DEMO.keys()];
	}
};
