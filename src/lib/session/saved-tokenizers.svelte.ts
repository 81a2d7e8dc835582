import { openDB, type DBSchema } from 'idb';
import type { TokenizerDescription } from '../tokenizers/files/describe';
import { reasonOf } from './format';
import { STORAGE_TIMEOUT_MS } from './in-time';

/** Where a tokenizer of the user's own comes from. */
export type TokenizerOrigin =
	| { readonly kind: 'trained' }
	| { readonly kind: 'files'; readonly files: readonly string[] }
	| {
			readonly kind: 'hub';
			/** `owner/name` */
			readonly repository: string;
			readonly commit: string;
			readonly files: readonly string[];
	  };

/** A tokenizer of the user's own, stored in this browser. */
export interface SavedTokenizer {
	/** Never reused for another tokenizer, so that workers may cache the tables they build for it. */
	readonly id: string;
	readonly name: string;
	readonly origin: TokenizerOrigin;
	/** Size of the original files, or of the packed file of a trained tokenizer, in bytes. */
	readonly size: number;
	/** Hash of its behaviour with its version, as `diff --json` prints it; `null` if it is unknown. */
	readonly fingerprint: string | null;
	/** Description of what was read; `null` for a trained tokenizer, and if it is unknown. */
	readonly description: TokenizerDescription | null;
	/** Sentence on the tokenizer of the catalogue that is most like it; `null` if it is unknown. */
	readonly identity: string | null;
	/** Chat template in Jinja, if its files have one. */
	readonly chatTemplate?: string;
	/** Program that runs it. Only the engine is exact; transformers.js runs WordPiece and Unigram models. */
	readonly runtime: 'engine' | 'transformers.js';
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** User-facing description of rules and corpus. */
	readonly summary: string;
	/** Time of saving, in milliseconds since 1970. No two tokenizers of a browser have the same. */
	readonly saved: number;
	/** Packed file, not compressed. */
	readonly file: Uint8Array;
}

/** Fields that have a default when a tokenizer is saved. */
type OptionalField =
	| 'id'
	| 'origin'
	| 'size'
	| 'fingerprint'
	| 'description'
	| 'identity'
	| 'chatTemplate'
	| 'runtime';

/** A tokenizer to save. By default it was trained here, and its packed file is all that is known about it. */
export type NewTokenizer = Omit<SavedTokenizer, OptionalField | 'saved'> &
	Partial<Pick<SavedTokenizer, OptionalField>>;

/** A tokenizer as any version of the lab stored it. Earlier versions stored one word as its origin, or nothing. */
export type StoredTokenizer = NewTokenizer &
	Pick<SavedTokenizer, 'id' | 'saved'> & { readonly source?: 'trained' | 'imported' };

/** Completes a tokenizer that an earlier version of the lab stored, or that is about to be saved. */
export function completeTokenizer({ source, ...stored }: StoredTokenizer): SavedTokenizer {
	const origin: TokenizerOrigin =
		source === 'imported' ? { kind: 'files', files: [] } : { kind: 'trained' };
	return {
		origin,
		size: stored.file.length,
		fingerprint: null,
		description: null,
		identity: null,
		runtime: 'engine',
		...stored
	};
}

interface Schema extends DBSchema {
	tokenizers: { key: string; value: StoredTokenizer };
}

/**
 * Deselects a tokenizer.
 * @returns a function that selects it again, if it was selected
 */
export type RemovalListener = (id: string) => (() => void) | undefined;

/** Database calls that are needed. A test passes a plain object. */
export interface TokenizerStore {
	readonly all: () => Promise<StoredTokenizer[]>;
	readonly put: (tokenizer: StoredTokenizer) => Promise<unknown>;
	readonly delete: (id: string) => Promise<unknown>;
}

const DATABASE = 'bpe-lab';
/**
 * Version 1 stored a word as a tokenizer's origin. Its entries are completed when they are read. A build that knows only
 * version 1 cannot open version 2, so that it takes no imported tokenizer for a trained one.
 */
const VERSION = 2;
/** Prefix of the ids of saved tokenizers. No id of the catalogue has it. */
const SAVED_PREFIX = 'own-';

const STORAGE_IS_SILENT =
	'Waiting for this browser’s storage: your saved tokenizers appear, and new ones are stored, once it answers.';

export class SavedTokenizers {
	#list = $state.raw<readonly SavedTokenizer[]>([]);
	#failure = $state<string | null>(null);
	/** Number of calls that the database has not answered in time. */
	#late = $state(0);
	readonly #open: () => Promise<TokenizerStore>;
	#store: Promise<TokenizerStore> | undefined;
	#loaded: Promise<void> | undefined;
	/** Ids of all tokenizers of this visit, including removed ones. */
	readonly #usedIds = new Set<string>();
	readonly #removalListeners: RemovalListener[] = [];

	constructor(open: () => Promise<TokenizerStore> = openStore) {
		this.#open = open;
	}

	/** Ordered by time, newest last. */
	get list(): readonly SavedTokenizer[] {
		return this.#list;
	}

	/** User-facing reason why tokenizers may be missing, or are kept only for this visit; `null` if all is well. */
	get problem(): string | null {
		return this.#failure ?? (this.#late > 0 ? STORAGE_IS_SILENT : null);
	}

	find(id: string): SavedTokenizer | undefined {
		return this.#list.find((tokenizer) => tokenizer.id === id);
	}

	/**
	 * Loads the tokenizers of earlier visits, once. Settles without them if the database does not answer in time. They
	 * appear when it does.
	 */
	load(): Promise<void> {
		return (this.#loaded ??= this.#load());
	}

	/**
	 * Saves a tokenizer. A name that is taken gets a number, and a missing name a default. An `id` from an earlier visit
	 * is kept unless it was used in this one.
	 * @returns the saved tokenizer
	 */
	async save(tokenizer: NewTokenizer): Promise<SavedTokenizer> {
		await this.load();
		const fallback = (tokenizer.origin?.kind ?? 'trained') === 'trained' ? 'trained' : 'imported';
		const saved = completeTokenizer({
			...tokenizer,
			id: this.#freeId(tokenizer.id),
			name: this.#freeName(tokenizer.name.trim() || fallback),
			saved: Math.max(Date.now(), (this.#list.at(-1)?.saved ?? 0) + 1)
		});
		await this.#put(saved);
		return saved;
	}

	/** Changes what is known about a tokenizer, unless it was removed. */
	async update(id: string, changes: Partial<Pick<SavedTokenizer, 'identity'>>): Promise<void> {
		const before = this.find(id);
		if (!before) return;
		const tokenizer = { ...before, ...changes };
		this.#list = this.#list.map((other) => (other === before ? tokenizer : other));
		await this.#use((store) => store.put(tokenizer));
	}

	/** Registers a callback that deselects a tokenizer on a page before it is removed. */
	beforeRemoving(listener: RemovalListener): void {
		this.#removalListeners.push(listener);
	}

	/** @returns a function that puts the tokenizer back where it was, also on the pages that had chosen it */
	async remove(id: string): Promise<() => Promise<void>> {
		await this.load();
		const removed = this.find(id);
		if (!removed) return () => Promise.resolve();
		const choices = this.#removalListeners.map((listener) => listener(id));
		this.#list = this.#list.filter((tokenizer) => tokenizer.id !== id);
		// Not waited for, so that undoing is possible at once.
		void this.#use((store) => store.delete(id));
		return async () => {
			const putting = this.#put(removed);
			for (const restore of choices) restore?.();
			await putting;
		};
	}

	async #put(tokenizer: SavedTokenizer): Promise<void> {
		this.#add([tokenizer]);
		await this.#use((store) => store.put(tokenizer));
	}

	#add(tokenizers: readonly SavedTokenizer[]): void {
		this.#list = [...this.#list, ...tokenizers].toSorted((a, b) => a.saved - b.saved);
		for (const { id } of tokenizers) this.#usedIds.add(id);
	}

	#freeId(wanted = ''): string {
		if (wanted.startsWith(SAVED_PREFIX) && !this.#usedIds.has(wanted)) return wanted;
		return `${SAVED_PREFIX}${crypto.randomUUID().slice(0, 8)}`;
	}

	#freeName(name: string): string {
		const taken = new Set(this.#list.map((tokenizer) => tokenizer.name));
		if (!taken.has(name)) return name;
		let number = 2;
		while (taken.has(`${name} ${number}`)) number++;
		return `${name} ${number}`;
	}

	#load(): Promise<void> {
		return this.#use(async (store) => {
			const stored = await store.all();
			// A late answer does not undo what was saved or removed meanwhile.
			const missing = stored.filter(({ id }) => !this.#usedIds.has(id));
			this.#add(missing.map(completeTokenizer));
		});
	}

	/** Uses the database. Reports an error. Settles after a while without an answer, and reports that until it comes. */
	async #use(use: (store: TokenizerStore) => Promise<unknown>): Promise<void> {
		const answer = this.#tryUse(use);
		let isLate = false;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const limit = new Promise<void>((resolve) => {
			timer = setTimeout(() => {
				isLate = true;
				this.#late++;
				resolve();
			}, STORAGE_TIMEOUT_MS);
		});
		void answer.then(() => {
			clearTimeout(timer);
			if (isLate) this.#late--;
		});
		await Promise.race([answer, limit]);
	}

	/** Uses the database. Reports an error, and never rejects. */
	async #tryUse(use: (store: TokenizerStore) => Promise<unknown>): Promise<void> {
		try {
			await use(await (this.#store ??= this.#open()));
		} catch (error) {
			this.#failure = `This browser cannot save tokenizers (${reasonOf(error)}). They last until you close the page. Export the ones you want to keep.`;
		}
	}
}

async function openStore(): Promise<TokenizerStore> {
	const database = await openDB<Schema>(DATABASE, VERSION, {
		upgrade: (upgraded, version) => {
			if (version < 1) upgraded.createObjectStore('tokenizers', { keyPath: 'id' });
		},
		// Another tab may have a newer build that changes the database.
		blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close()
	});
	return {
		all: () => database.getAll('tokenizers'),
		put: (tokenizer) => database.put('tokenizers', tokenizer),
		delete: (id) => database.delete('tokenizers', id)
	};
}
