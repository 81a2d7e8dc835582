import { openDB, type DBSchema } from 'idb';
import type { Language } from '../../languages/types';
import type { Measures } from './rows';

/** Tokenizers whose measures are cached; the least recently used one is deleted first. */
export const MAX_CACHED_TOKENIZERS = 32;

/** The measures of one tokenizer. */
export interface MeasureRecord {
	/** See measureKey. */
	readonly key: string;
	/** Milliseconds since 1970. */
	readonly used: number;
	readonly measures: Measures;
}

interface Schema extends DBSchema {
	measures: { key: string; value: MeasureRecord; indexes: { used: number } };
}

/** The database calls that are needed; a test passes a plain object. */
export interface MeasureStore {
	readonly get: (key: string) => Promise<MeasureRecord | undefined>;
	readonly put: (record: MeasureRecord) => Promise<unknown>;
	readonly delete: (key: string) => Promise<unknown>;
	/** Keys, least recently used first. */
	readonly keys: () => Promise<readonly string[]>;
}

/** Measures of earlier visits, by everything that determines them. They can be deleted at any time. */
export class CachedMeasures {
	readonly #keyOf: (tokenizer: string) => Promise<string | null>;
	readonly #languages: ReadonlyMap<string, Language>;
	readonly #open: () => Promise<MeasureStore>;
	readonly #now: () => number;
	#store: Promise<MeasureStore | null> | undefined;

	/**
	 * @param keyOf names everything that determines a tokenizer's measures; `null` if that is not known
	 * @param languages all there are: cached measures have to agree with them
	 * @param now milliseconds since 1970
	 */
	constructor(
		keyOf: (tokenizer: string) => Promise<string | null>,
		languages: readonly Language[],
		open: () => Promise<MeasureStore> = openMeasureStore,
		now: () => number = Date.now
	) {
		this.#keyOf = keyOf;
		this.#languages = new Map(languages.map((language) => [language.code, language]));
		this.#open = open;
		this.#now = now;
	}

	/** The cached measures of a tokenizer. Measures of other texts are deleted. */
	read(tokenizer: string): Promise<Measures> {
		return this.#with(tokenizer, new Map(), async (store, key) => {
			const found = await store.get(key);
			if (found === undefined) return new Map();
			if (!this.#isOfTheseTexts(found.measures)) {
				await store.delete(key);
				return new Map();
			}
			await store.put({ ...found, used: this.#now() });
			return found.measures;
		});
	}

	/** Caches these in place of the ones before. */
	write(tokenizer: string, measures: Measures): Promise<void> {
		return this.#with(tokenizer, undefined, async (store, key) => {
			await store.put({ key, used: this.#now(), measures });
			const keys = await store.keys();
			for (const old of keys.slice(0, -MAX_CACHED_TOKENIZERS)) await store.delete(old);
		});
	}

	/** A browser that stores nothing (private windows, a full disk) loses nothing: it measures again. */
	async #with<T>(
		tokenizer: string,
		fallback: T,
		work: (store: MeasureStore, key: string) => Promise<T>
	): Promise<T> {
		try {
			const key = await this.#keyOf(tokenizer);
			if (key === null) return fallback;
			const store = await (this.#store ??= this.#open().catch(() => null));
			return store ? await work(store, key) : fallback;
		} catch {
			return fallback;
		}
	}

	#isOfTheseTexts(measures: Measures): boolean {
		return [...measures].every(([code, { bytes, chars }]) => {
			const language = this.#languages.get(code);
			return language?.bytes === bytes && language.chars === chars;
		});
	}
}

/** Version 1 packed measures into arrays; they are deleted and measured again. */
async function openMeasureStore(): Promise<MeasureStore> {
	const database = await openDB<Schema>('bpe-lab-measures', 2, {
		upgrade: (upgraded) => {
			for (const name of [...upgraded.objectStoreNames]) upgraded.deleteObjectStore(name);
			upgraded.createObjectStore('measures', { keyPath: 'key' }).createIndex('used', 'used');
		},
		// A newer build of the lab in another tab may change the database.
		blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close()
	});
	return {
		get: (key) => database.get('measures', key),
		put: (record) => database.put('measures', record),
		delete: (key) => database.delete('measures', key),
		keys: () => database.getAllKeysFromIndex('measures', 'used')
	};
}
