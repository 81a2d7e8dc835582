/** IndexedDB with the tokenizers of the user's own, which all tabs share. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { StoredTokenizer } from './saved-tokenizers.svelte';

interface Schema extends DBSchema {
	tokenizers: { key: string; value: StoredTokenizer };
}

/** Database calls that are needed. A test passes a plain object. */
export interface TokenizerStore {
	readonly all: () => Promise<StoredTokenizer[]>;
	readonly get: (id: string) => Promise<StoredTokenizer | undefined>;
	readonly put: (tokenizer: StoredTokenizer) => Promise<unknown>;
	readonly delete: (id: string) => Promise<unknown>;
	/** Calls back with an id after another tab has stored or deleted its tokenizer. */
	readonly watch?: (onchange: (id: string) => void) => void;
}

const DATABASE = 'bpe-lab';
/**
 * Version 1 stored a word as a tokenizer's origin. Its entries are completed when they are read. A build that knows only
 * version 1 cannot open version 2, so that it takes no imported tokenizer for a trained one.
 */
const VERSION = 2;
/** @throws DOMException if the browser refuses */
export async function openStore(): Promise<TokenizerStore> {
	let database: Promise<IDBPDatabase<Schema>> | null = null;
	const forget = () => (database = null);
	/** Opens the database, also again: the browser or another tab may have closed or deleted it. */
	const open = () => {
		database ??= openDB<Schema>(DATABASE, VERSION, {
			upgrade: (upgraded, version) => {
				if (version < 1) upgraded.createObjectStore('tokenizers', { keyPath: 'id' });
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
	await open();
	const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(DATABASE);
	return {
		all: async () => (await open()).getAll('tokenizers'),
		get: async (id) => (await open()).get('tokenizers', id),
		async put(tokenizer) {
			await (await open()).put('tokenizers', tokenizer);
			tabs?.postMessage(tokenizer.id);
		},
		async delete(id) {
			await (await open()).delete('tokenizers', id);
			tabs?.postMessage(id);
		},
		watch: (onchange) =>
			tabs?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
				if (typeof data === 'string') onchange(data);
			})
	};
}
