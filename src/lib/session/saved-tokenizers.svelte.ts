import { openDB, type DBSchema } from 'idb';
import { reasonOf } from './format';

/** A tokenizer of the user's own, stored in this browser. */
export interface SavedTokenizer {
	/** Never reused for another tokenizer, so that workers may cache the tables they build for it. */
	readonly id: string;
	readonly name: string;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** User-facing description of rules and corpus. */
	readonly summary: string;
	/** Time of saving, in milliseconds since 1970. */
	readonly saved: number;
	/** Packed file, not compressed. */
	readonly file: Uint8Array;
}

interface Schema extends DBSchema {
	tokenizers: { key: string; value: SavedTokenizer };
}

/** Database calls that are needed. A test passes a plain object. */
export interface TokenizerStore {
	readonly all: () => Promise<SavedTokenizer[]>;
	readonly put: (tokenizer: SavedTokenizer) => Promise<unknown>;
	readonly delete: (id: string) => Promise<unknown>;
}

const DATABASE = 'bpe-lab';
/** Prefix of the ids of saved tokenizers. No id of the catalogue has it. */
const SAVED_PREFIX = 'own-';

export class SavedTokenizers {
	#list = $state.raw<readonly SavedTokenizer[]>([]);
	#problem = $state<string | null>(null);
	readonly #open: () => Promise<TokenizerStore>;
	#store: Promise<TokenizerStore> | undefined;
	#loaded: Promise<void> | undefined;
	readonly #removalListeners: ((id: string) => void)[] = [];

	constructor(open: () => Promise<TokenizerStore> = openStore) {
		this.#open = open;
	}

	/** Ordered by time, newest last. */
	get list(): readonly SavedTokenizer[] {
		return this.#list;
	}

	/** User-facing reason why tokenizers are kept only for this visit; `null` if they are stored in IndexedDB. */
	get problem(): string | null {
		return this.#problem;
	}

	find(id: string): SavedTokenizer | undefined {
		return this.#list.find((tokenizer) => tokenizer.id === id);
	}

	/** Loads the tokenizers of earlier visits, once. */
	load(): Promise<void> {
		return (this.#loaded ??= this.#load());
	}

	/**
	 * Saves a tokenizer. A name that is taken gets a number, and a missing name a default.
	 * @returns the saved tokenizer
	 */
	async save(
		tokenizer: Pick<SavedTokenizer, 'name' | 'vocabularySize' | 'summary' | 'file'>
	): Promise<SavedTokenizer> {
		await this.load();
		const id = `${SAVED_PREFIX}${crypto.randomUUID().slice(0, 8)}`;
		const name = this.#freeName(tokenizer.name.trim() || 'trained');
		const saved = { ...tokenizer, id, name, saved: Date.now() };
		this.#list = [...this.#list, saved];
		await this.#use((store) => store.put(saved));
		return saved;
	}

	/** Registers a callback that deselects a tokenizer on a page before it is removed. */
	beforeRemoving(listener: (id: string) => void): void {
		this.#removalListeners.push(listener);
	}

	async remove(id: string): Promise<void> {
		await this.load();
		for (const listener of this.#removalListeners) listener(id);
		this.#list = this.#list.filter((tokenizer) => tokenizer.id !== id);
		await this.#use((store) => store.delete(id));
	}

	#freeName(name: string): string {
		const taken = new Set(this.#list.map((tokenizer) => tokenizer.name));
		if (!taken.has(name)) return name;
		let number = 2;
		while (taken.has(`${name} ${number}`)) number++;
		return `${name} ${number}`;
	}

	async #load(): Promise<void> {
		const stored = await this.#use((store) => store.all());
		if (stored) this.#list = stored.toSorted((a, b) => a.saved - b.saved);
	}

	/** Uses the database. Reports an error, and then returns `undefined`. */
	async #use<T>(use: (store: TokenizerStore) => Promise<T>): Promise<T | undefined> {
		try {
			return await use(await (this.#store ??= this.#open()));
		} catch (error) {
			this.#problem = `This browser cannot save tokenizers (${reasonOf(error)}). They last until you close the page. Export the ones you want to keep.`;
			return undefined;
		}
	}
}

async function openStore(): Promise<TokenizerStore> {
	const database = await openDB<Schema>(DATABASE, 1, {
		upgrade: (upgraded) => {
			upgraded.createObjectStore('tokenizers', { keyPath: 'id' });
		},
		// Another tab may have a newer build that changes the database.
		blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close()
	});
	return {
		all: () => database.getAll('tokenizers'),
		put: (tokenizer) => database.put('tokenizers', tokenizer),
		delete: (id) => database.delete('tokenizers', id)
	};
}
