import { CATALOGUE, findDescriptor, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import type { SavedTokenizers } from './saved-tokenizers.svelte';

/** Display name of the live tokenizer. Links contain the tokenizer's id instead. */
export const LIVE_NAME = 'trained here';

const ORIGINS = {
	trained: { family: 'Trained here', kind: 'byte-level BPE' },
	files: { family: 'Opened from a file', kind: 'BPE' },
	hub: { family: 'From the Hugging Face Hub', kind: 'BPE' }
};

/** All selectable tokenizers: built-in ones, saved ones and the live one. */
export class KnownTokenizers {
	readonly #saved: SavedTokenizers;
	readonly #hasLive: boolean;

	constructor(saved: SavedTokenizers, hasLive = true) {
		this.#saved = saved;
		this.#hasLive = hasLive;
	}

	/** Returns these tokenizers without the live one, for pages that don't offer it. */
	withoutLive(): KnownTokenizers {
		return new KnownTokenizers(this.#saved, false);
	}

	/** User-facing reason why saved tokenizers may be missing; `null` if all are known. */
	get problem(): string | null {
		return this.#saved.problem;
	}

	/** Loads the saved tokenizers. Resolves even if the browser's storage doesn't respond in time. */
	load(): Promise<void> {
		return this.#saved.load();
	}

	has(id: string): boolean {
		return (
			(this.#hasLive && id === LIVE_TOKENIZER) ||
			findDescriptor(id) !== undefined ||
			this.#saved.find(id) !== undefined
		);
	}

	nameOf(id: string): string {
		if (id === LIVE_TOKENIZER) return LIVE_NAME;
		return this.#saved.find(id)?.name ?? id;
	}

	/** Entries of a picker: saved tokenizers, newest first, then the built-in ones. Excludes the live tokenizer. */
	get picker() {
		const saved = this.#saved.list.map(({ id, name, origin, vocabularySize, summary }) => {
			return {
				entry: { id, name, ...ORIGINS[origin.kind], vocabularySize, preTokenizer: summary },
				models: []
			};
		});
		return [...saved.toReversed(), ...CATALOGUE.map((entry) => ({ entry, models: entry.models }))];
	}

	get ids(): readonly string[] {
		return [...this.#saved.list.map(({ id }) => id), ...CATALOGUE.map(({ id }) => id)];
	}
}
