/** Where measures lie between visits: a database of their own, which can be thrown away at any time. */
import { openDB, type DBSchema } from 'idb';

/** The measures of one tokenizer, as they lie in the database. */
export interface KeptColumn {
	/** See measureKey. */
	readonly key: string;
	/** Milliseconds since 1970. */
	readonly used: number;
	readonly codes: readonly string[];
	/** As many numbers a code as a measure has: see kept-measures. */
	readonly figures: Uint32Array;
	/** Checksum of codes and figures. */
	readonly checksum: number;
}

interface Schema extends DBSchema {
	columns: { key: string; value: KeptColumn; indexes: { used: number } };
}

/** What is needed of a database; a test passes a plain object. */
export interface MeasureStore {
	readonly get: (key: string) => Promise<unknown>;
	readonly put: (column: KeptColumn) => Promise<unknown>;
	readonly delete: (key: string) => Promise<unknown>;
	/** Keys, the one not used for longest first. */
	readonly keys: () => Promise<readonly string[]>;
}

export async function openMeasureStore(): Promise<MeasureStore> {
	const database = await openDB<Schema>('bpe-lab-measures', 1, {
		upgrade: (upgraded) => {
			upgraded.createObjectStore('columns', { keyPath: 'key' }).createIndex('used', 'used');
		},
		// A newer build of the lab in another tab may change the database.
		blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close()
	});
	return {
		get: (key) => database.get('columns', key),
		put: (column) => database.put('columns', column),
		delete: (key) => database.delete('columns', key),
		keys: () => database.getAllKeysFromIndex('columns', 'used')
	};
}
