/** IndexedDB with the tokenizers of the user's own, which all tabs share. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { SavedTokenizer } from './saved-tokenizers.svelte';

interface Schema extends DBSchema {
	tokenizers: { key: string; value: SavedTokenizer };
}

/** Database calls that are needed. A test passes a plain object. */
export interface TokenizerStore {
	readonly all: () => Promise<SavedTokenizer[]>;
	readonly get: (id: string) => Promise<SavedTokenizer | undefined>;
	readonly put: (tokenizer: SavedTokenizer) => Promise<unknown>;
	readonly delete: (id: string) => Promise<unknown>;
	/** Calls back with an id after another tab has stored or deleted its tokenizer. */
	readonly watch?: (onchange: (id: string) => void) => void;
}

const DATABASE = 'bpe-lab';
const VERSION = 1;
/** @throws DOMException if the browser refuses */
export async function openStore(): Promise<TokenizerStore> {
	let database: Promise<IDBPDatabase<Schema>> | null = null;
	const forget = () => (database = null);
	/** Opens the database, also again: the browser or another tab may have closed or deleted it. */
	const open = () => {
		database ??= openDB<Schema>(DATABASE, VERSION, {
			upgrade: (created) => void created.createObjectStore('tokenizers', { keyPath: 'id' }),
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
