/** The lab's IndexedDB: tokenizers of the user's own, which all tabs share, and pages that a tab keeps for a reload. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { LinkInput } from './links/link-codec';
import type { CapturedPage } from './links/page-address.svelte';
import type { AddressParts } from './links/typed-fields';
import type { SavedTokenizer } from './tokenizers/saved-tokenizer';

/** A page as the database has it. */
export interface KeptPage {
	/** Tab and page; for files also the word "files". */
	readonly key: string;
	/** In milliseconds since 1970. */
	readonly saved: number;
	/** With an empty list instead of its files, which have an entry of their own. */
	readonly session?: Omit<CapturedPage, 'text' | 'input'> & {
		/** `null` if it is the page's input, which may be long. */
		readonly text: StoredText | null;
		readonly input: (Omit<LinkInput, 'value'> & { readonly value: StoredText }) | null;
	};
	/** The page's link, which says less than the session: the search part is empty on an untouched page. */
	readonly link?: AddressParts;
	readonly files?: readonly File[];
}

/** UTF-8, or a string that cannot be UTF-8. A browser takes twice as long to store a long string. */
export type StoredText = Uint8Array | string;

interface Schema extends DBSchema {
	tokenizers: { key: string; value: SavedTokenizer };
	pages: { key: string; value: KeptPage };
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
				created.createObjectStore('pages', { keyPath: 'key' });
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
