/** Measures of earlier visits, in IndexedDB. */
import { hexOf } from '../../engine/text';
import { openDB, type DBSchema } from 'idb';
import { platformSha256 } from '../../drift/sha256';
import type { Language } from '../../languages/types';
import { VOCABULARY_ADDRESSES } from '../../session/downloads/vocabularies';
import { inTime } from '../../session/in-time';
import { LANGUAGE_TEXTS } from '../../session/downloads/language-texts';
import type { Measures } from './rows';

/** Number of tokenizers whose measures are cached; the least recently used one is deleted first. */
export const MAX_CACHED_TOKENIZERS = 32;

/** The measures of one tokenizer. */
export interface MeasureRecord {
	/** See {@link measureKey}. */
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

/** Caches measures under everything that determines them. They can be deleted at any time. */
export class MeasureCache {
	readonly #keyOf: (tokenizer: string) => Promise<string | null>;
	readonly #languages: ReadonlyMap<string, Language>;
	readonly #open: () => Promise<MeasureStore>;
	readonly #now: () => number;
	#store: Promise<MeasureStore | undefined> | undefined;

	/**
	 * @param keyOf names everything that determines a tokenizer's measures; `null` if that is not known
	 * @param languages all that exist: cached measures must agree with them
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

	/** Replaces the cached measures of a tokenizer. */
	write(tokenizer: string, measures: Measures): Promise<void> {
		return this.#with(tokenizer, undefined, async (store, key) => {
			await store.put({ key, used: this.#now(), measures });
			const keys = await store.keys();
			for (const old of keys.slice(0, -MAX_CACHED_TOKENIZERS)) await store.delete(old);
		});
	}

	/** In a browser that stores nothing (private windows, a full disk), nothing is cached. */
	async #with<T>(
		tokenizer: string,
		fallback: T,
		work: (store: MeasureStore, key: string) => Promise<T>
	): Promise<T> {
		try {
			const key = await this.#keyOf(tokenizer);
			if (key === null) return fallback;
			const store = await (this.#store ??= inTime(this.#open()));
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

/** Raise it when the measure of the same tokens and texts changes. */
export const MEASURE_EDITION = 2;

/**
 * Names everything that determines a tokenizer's measures: its spec (by the hash of its packed file), the
 * texts, and the edition of the measure. The engine is not part of it, because its ids are the reference's.
 * The drift library's fingerprint of behaviour would need the vocabulary, which a second visit should not
 * have to fetch.
 * @param source packed file of a saved tokenizer, or address of a vocabulary in the catalogue
 * @param texts address of the texts
 * @returns `null` if an address has no hash, as on the development server
 */
export async function measureKey(
	source: Uint8Array | string | undefined,
	texts: string
): Promise<string | null> {
	const spec = typeof source === 'object' ? await hashOf(source) : source && hashedName(source);
	const set = hashedName(texts);
	return spec && set ? `${MEASURE_EDITION} ${set} ${spec}` : null;
}

/** @param file of a saved tokenizer */
export const keyOfTokenizer = (
	tokenizer: string,
	file: Uint8Array | undefined
): Promise<string | null> =>
	measureKey(file ?? VOCABULARY_ADDRESSES.get(tokenizer), LANGUAGE_TEXTS);

/** File name with a hash, such as "gpt2.Xm874qzK.bin"; `null` without a hash. */
function hashedName(address: string): string | null {
	const name = address.slice(address.lastIndexOf('/') + 1);
	return /\.[\w-]{8}\.bin$/.test(name) ? name : null;
}

async function hashOf(file: Uint8Array): Promise<string | null> {
	const sha256 = platformSha256();
	return sha256 && hexOf(await sha256(new Uint8Array(file)));
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
