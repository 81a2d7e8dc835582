/** The lab's IndexedDB: tokenizers of the user's own, and texts and files that are kept for a reload. All tabs share it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { SavedTokenizer } from './tokenizers/saved-tokenizer';

interface Schema extends DBSchema {
	tokenizers: { key: string; value: SavedTokenizer };
	kept: {
		key: string;
		value: {
			readonly key: string;
			/** In milliseconds since 1970. */
			readonly saved: number;
			/** A text as UTF-8, or as a string if it has a lone surrogate; or files. */
			readonly value: Uint8Array | string | readonly File[];
		};
	};
}

const DATABASE = 'bpe-lab';
const VERSION = 1;

/** @returns a function that opens the database, also again: the browser or another tab may have closed or deleted it */
export function connect(): () => Promise<IDBPDatabase<Schema>> {
	let database: Promise<IDBPDatabase<Schema>> | null = null;
	const forget = () => (database = null);
	return () => {
		database ??= openDB<Schema>(DATABASE, VERSION, {
			upgrade: (created) => {
				created.createObjectStore('tokenizers', { keyPath: 'id' });
				created.createObjectStore('kept', { keyPath: 'key' });
			},
			// Another tab may have a newer build that changes the database.
			blocking: (_current, _blocked, event) => {
				(event.target as IDBDatabase | null)?.close();
				forget();
			},
			terminated: forget
		});
		database.catch(forget);
		return database;
	};
}
