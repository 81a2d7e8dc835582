/** The lab's IndexedDB, shared by all tabs: the user's own tokenizers, and the texts and files kept for a reload. */
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
			/** Files, or text as UTF-8; text with a lone surrogate is stored as a string. */
			readonly value: Uint8Array | string | readonly File[];
		};
	};
}

const DATABASE = 'bpe-lab';
const VERSION = 1;

/**
 * @returns a function that opens the database and reopens it if the browser or another tab has closed or deleted it
 */
export function connect(): () => Promise<IDBPDatabase<Schema>> {
	let database: Promise<IDBPDatabase<Schema>> | null = null;
	const forget = () => (database = null);
	return () => {
		database ??= openDB<Schema>(DATABASE, VERSION, {
			upgrade: (created) => {
				created.createObjectStore('tokenizers', { keyPath: 'id' });
				created.createObjectStore('kept', { keyPath: 'key' });
			},
			// Another tab may be running a newer build that upgrades the database.
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
