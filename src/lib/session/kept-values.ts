import { decodeUtf8, encodeUtf8 } from '../engine/text';
import { connect } from './database';
import { inTime } from './in-time';

/** A text or a list of files. Texts are compared by value, lists by identity. */
export type KeptValue = string | readonly File[];

/** Older entries are deleted when a page first stores a value. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
/** Maximum number of values whose keys are remembered. */
const MAX_KEYS = 8;

/**
 * Stores values that are too long for the tab's session storage. Does nothing if the browser denies access to storage.
 */
export class KeptValues {
	readonly #connect = connect();
	readonly #keys = new Map<KeptValue, string>();
	readonly #stored = new Set<string>();
	#isCleared = false;

	/** Stores a value, unless it is already stored. @returns the value's key, and whether the value has been stored */
	keep(value: KeptValue): { readonly key: string; readonly isStored: boolean } {
		const known = this.#keys.get(value);
		if (known !== undefined) return { key: known, isStored: this.#stored.has(known) };
		const key = crypto.randomUUID();
		this.#keys.set(value, key);
		for (const oldest of [...this.#keys.keys()].slice(0, -MAX_KEYS)) this.#keys.delete(oldest);
		this.#store(key, value).catch((error: unknown) => {
			// The page works without storage, but a reload loses the value.
			console.warn('The browser does not keep the page for a reload:', error);
		});
		return { key, isStored: false };
	}

	/** `undefined` if there is no value, or if storage doesn't respond. */
	async find(key: string): Promise<KeptValue | undefined> {
		// Browsers that deny access to storage throw synchronously.
		const found = await inTime((async () => (await this.#connect()).get('kept', key))());
		return found?.value instanceof Uint8Array ? decodeUtf8(found.value) : found?.value;
	}

	async #store(key: string, value: KeptValue): Promise<void> {
		const database = await this.#connect();
		// UTF-8, because browsers store long strings more slowly.
		const isUtf8 = typeof value === 'string' && value.isWellFormed();
		await database.put('kept', {
			key,
			saved: Date.now(),
			value: isUtf8 ? encodeUtf8(value) : value
		});
		this.#stored.add(key);
		if (this.#isCleared) return;
		this.#isCleared = true;
		const oldest = Date.now() - MAX_AGE_MS;
		for (const { key, saved } of await database.getAll('kept'))
			if (saved < oldest) await database.delete('kept', key);
	}
}
