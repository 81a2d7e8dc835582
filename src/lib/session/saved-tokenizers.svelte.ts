/** Tokenizers of the user's own, kept in this browser. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface SavedTokenizer {
	/** Never used again for another tokenizer, so that workers may keep what they have built for it. */
	readonly id: string;
	readonly name: string;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** How it came about and how it cuts text, in words. */
	readonly summary: string;
	/** Milliseconds since 1970. */
	readonly saved: number;
	/** Its packed file, not compressed. */
	readonly file: Uint8Array;
}

interface Schema extends DBSchema {
	tokenizers: { key: string; value: SavedTokenizer };
}

/** What is needed of a database; a test passes a plain object. */
export interface TokenizerStore {
	readonly all: () => Promise<SavedTokenizer[]>;
	readonly put: (tokenizer: SavedTokenizer) => Promise<unknown>;
	readonly delete: (id: string) => Promise<unknown>;
}

const DATABASE = 'bpe-lab';
/** What an id begins with that is not the catalogue's. */
export const OWN_PREFIX = 'own-';

export class SavedTokenizers {
	#list = $state.raw<readonly SavedTokenizer[]>([]);
	#problem = $state<string | null>(null);
	readonly #open: () => Promise<TokenizerStore>;
	#store: Promise<TokenizerStore | null> | undefined;
	#loaded: Promise<void> | undefined;
	readonly #letGo: ((id: string) => void)[] = [];

	constructor(open: () => Promise<TokenizerStore> = openStore) {
		this.#open = open;
	}

	/** Newest last. */
	get list(): readonly SavedTokenizer[] {
		return this.#list;
	}

	/** Why they are not kept beyond this visit, in words; null when they are. */
	get problem(): string | null {
		return this.#problem;
	}

	find(id: string): SavedTokenizer | undefined {
		return this.#list.find((tokenizer) => tokenizer.id === id);
	}

	/** Reads what earlier visits kept, once. */
	load(): Promise<void> {
		return (this.#loaded ??= this.#load());
	}

	/**
	 * Keeps a tokenizer. A name that is taken gets a number; so does none.
	 * @returns the tokenizer as it is kept
	 */
	async save(
		tokenizer: Pick<SavedTokenizer, 'name' | 'vocabularySize' | 'summary' | 'file'>
	): Promise<SavedTokenizer> {
		await this.load();
		const id = `${OWN_PREFIX}${crypto.randomUUID().slice(0, 8)}`;
		const name = this.#freeName(tokenizer.name.trim() || 'yours');
		const own = { ...tokenizer, id, name, saved: Date.now() };
		this.#list = [...this.#list, own];
		await this.#write((store) => store.put(own));
		return own;
	}

	/** Calls back before a tokenizer is removed, wherever that is done: whoever has it chosen lets it go. */
	beforeRemoving(letGo: (id: string) => void): void {
		this.#letGo.push(letGo);
	}

	async remove(id: string): Promise<void> {
		await this.load();
		for (const letGo of this.#letGo) letGo(id);
		this.#list = this.#list.filter((tokenizer) => tokenizer.id !== id);
		await this.#write((store) => store.delete(id));
	}

	#freeName(name: string): string {
		const taken = new Set(this.#list.map((tokenizer) => tokenizer.name));
		if (!taken.has(name)) return name;
		let number = 2;
		while (taken.has(`${name} ${number}`)) number++;
		return `${name} ${number}`;
	}

	async #load(): Promise<void> {
		const store = await this.#stored();
		if (!store) return;
		try {
			const kept = await store.all();
			this.#list = kept.toSorted((a, b) => a.saved - b.saved);
		} catch (error) {
			this.#fail(error);
		}
	}

	async #write(change: (store: TokenizerStore) => Promise<unknown>): Promise<void> {
		const store = await this.#stored();
		if (!store) return;
		try {
			await change(store);
		} catch (error) {
			this.#fail(error);
		}
	}

	#stored(): Promise<TokenizerStore | null> {
		return (this.#store ??= this.#open().catch((error: unknown) => {
			this.#fail(error);
			return null;
		}));
	}

	#fail(error: unknown): void {
		const why = error instanceof Error ? error.message : String(error);
		this.#problem = `This browser does not keep tokenizers (${why}): they last until the page is closed. Export what you want to keep.`;
	}
}

async function openStore(): Promise<TokenizerStore> {
	const database = await openDatabase();
	return {
		all: () => database.getAll('tokenizers'),
		put: (tokenizer) => database.put('tokenizers', tokenizer),
		delete: (id) => database.delete('tokenizers', id)
	};
}

async function openDatabase(): Promise<IDBPDatabase<Schema>> {
	const database = await openDB<Schema>(DATABASE, 1, {
		upgrade: (upgraded) => {
			upgraded.createObjectStore('tokenizers', { keyPath: 'id' });
		},
		// A newer build of the lab in another tab may change the database.
		blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close()
	});
	return database;
}
