import { reasonOf, withoutControls } from '../format';
import { STORAGE_TIMEOUT_MS, within } from '../in-time';
import { connect } from '../database';
import {
	completeTokenizer,
	isSavedId,
	SAVED_PREFIX,
	type NewTokenizer,
	type SavedTokenizer
} from './saved-tokenizer';

/** The database calls that saving tokenizers requires. */
export interface TokenizerStore {
	readonly all: () => Promise<SavedTokenizer[]>;
	readonly get: (id: string) => Promise<SavedTokenizer | undefined>;
	readonly put: (tokenizer: SavedTokenizer) => Promise<unknown>;
	readonly delete: (id: string) => Promise<unknown>;
	/** Registers a callback that receives the id of each tokenizer that another tab stores or deletes. */
	readonly watch?: (onchange: (id: string) => void) => void;
}

/** @throws DOMException if the browser denies access */
async function openStore(): Promise<TokenizerStore> {
	const open = connect();
	await open();
	const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('bpe-lab');
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

/**
 * Deselects a tokenizer.
 * @returns a function that selects it again; `undefined` if it wasn't selected
 */
export type RemovalListener = (id: string) => (() => void) | undefined;

/**
 * Called after another tab deleted a tokenizer. `restore` puts the tokenizer back, as in {@link
 * SavedTokenizers.remove}.
 */
export type DeletedElsewhere = (name: string, restore: () => Promise<void>) => void;

/** Doesn't include the file, because workers cache a tokenizer's tables by id. */
export type TokenizerUpdate = Partial<
	Pick<SavedTokenizer, 'description' | 'identity' | 'fingerprint' | 'chatTemplate' | 'check'>
>;

const STORAGE_IS_SILENT =
	'Waiting for this browser’s storage: your saved tokenizers appear, and new ones are stored, once it answers.';

export class SavedTokenizers {
	#list = $state.raw<readonly SavedTokenizer[]>([]);
	#failure = $state<string | null>(null);
	/** Number of pending calls that the database hasn't answered in time. */
	#late = $state(0);
	readonly #open: () => Promise<TokenizerStore>;
	readonly #ondeleted: DeletedElsewhere | undefined;
	#store: Promise<TokenizerStore> | undefined;
	#loaded: Promise<void> | undefined;
	/** Ids of all tokenizers seen during this visit, including removed ones. */
	readonly #usedIds = new Set<string>();
	readonly #removalListeners: RemovalListener[] = [];

	constructor(open: () => Promise<TokenizerStore> = openStore, ondeleted?: DeletedElsewhere) {
		this.#open = open;
		this.#ondeleted = ondeleted;
	}

	/** Ordered by the time of saving, newest last. */
	get list(): readonly SavedTokenizer[] {
		return this.#list;
	}

	/**
	 * User-facing reason why tokenizers may be missing or may last only for this visit; `null` if there is no problem.
	 */
	get problem(): string | null {
		return this.#failure ?? (this.#late > 0 ? STORAGE_IS_SILENT : null);
	}

	find(id: string): SavedTokenizer | undefined {
		return this.#list.find((tokenizer) => tokenizer.id === id);
	}

	/**
	 * Loads the tokenizers saved during earlier visits, once. If the database is slow, resolves before the database
	 * responds, and adds the tokenizers later.
	 */
	load(): Promise<void> {
		return (this.#loaded ??= this.#load());
	}

	/**
	 * Saves a tokenizer. If the name is taken, a number is appended; if it is empty, a default is used. Keeps the given
	 * `id` if it is a valid one that hasn't been used during this visit.
	 */
	async save(tokenizer: NewTokenizer): Promise<SavedTokenizer> {
		await this.load();
		const fallback = (tokenizer.origin?.kind ?? 'trained') === 'trained' ? 'trained' : 'imported';
		const saved = completeTokenizer({
			...tokenizer,
			id: this.#freeId(tokenizer.id),
			name: this.#freeName(withoutControls(tokenizer.name).trim() || fallback),
			saved: Math.max(Date.now(), (this.#list.at(-1)?.saved ?? 0) + 1)
		});
		await this.#put(saved);
		return saved;
	}

	/** Updates a tokenizer, unless the tokenizer has been removed. */
	async update(id: string, changes: TokenizerUpdate): Promise<void> {
		await this.#change(id, () => changes);
	}

	/** Renames a tokenizer. If the name is taken, a number is appended; if it is empty, nothing changes. */
	async rename(id: string, name: string): Promise<void> {
		const wanted = withoutControls(name).trim();
		if (wanted !== '') await this.#change(id, () => ({ name: this.#freeName(wanted, id) }));
	}

	async #change(id: string, changes: () => Partial<SavedTokenizer>): Promise<void> {
		await this.load();
		const found = this.find(id);
		if (found) await this.#put({ ...found, ...changes() });
	}

	/** Registers a callback that deselects a tokenizer before it is removed. */
	beforeRemoving(listener: RemovalListener): void {
		this.#removalListeners.push(listener);
	}

	/** @returns a function that puts the tokenizer back, including on pages that had it selected */
	async remove(id: string): Promise<() => Promise<void>> {
		await this.load();
		const restore = this.#remove(id);
		// Not awaited, so that undo is available immediately.
		if (restore) void this.#use((store) => store.delete(id));
		return restore ?? (() => Promise.resolve());
	}

	/** @returns `undefined` if there is no such tokenizer */
	#remove(id: string): (() => Promise<void>) | undefined {
		const removed = this.find(id);
		if (!removed) return undefined;
		const choices = this.#removalListeners.map((listener) => listener(id));
		this.#list = this.#list.filter((tokenizer) => tokenizer.id !== id);
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

	/** Adds tokenizers, replacing any with the same ids. */
	#add(tokenizers: readonly SavedTokenizer[]): void {
		const ids = new Set(tokenizers.map(({ id }) => id));
		const others = this.#list.filter(({ id }) => !ids.has(id));
		this.#list = [...others, ...tokenizers].toSorted((a, b) => a.saved - b.saved);
		for (const id of ids) this.#usedIds.add(id);
	}

	#freeId(wanted = ''): string {
		if (isSavedId(wanted) && !this.#usedIds.has(wanted)) return wanted;
		return `${SAVED_PREFIX}${crypto.randomUUID().slice(0, 8)}`;
	}

	#freeName(name: string, except?: string): string {
		const others = this.#list.filter(({ id }) => id !== except);
		const taken = new Set(others.map((tokenizer) => tokenizer.name));
		if (!taken.has(name)) return name;
		let number = 2;
		while (taken.has(`${name} ${number}`)) number++;
		return `${name} ${number}`;
	}

	#load(): Promise<void> {
		return this.#use(async (store) => {
			store.watch?.((id) => void this.#follow(store, id));
			const stored = await store.all();
			// A late answer must not overwrite changes made in the meantime.
			const missing = stored.filter(({ id }) => !this.#usedIds.has(id));
			this.#add(missing);
		});
	}

	/** Applies a change that another tab made to a tokenizer. */
	async #follow(store: TokenizerStore, id: string): Promise<void> {
		const stored = await store.get(id).catch(() => null);
		if (stored) this.#add([stored]);
		if (stored !== undefined) return;
		const name = this.find(id)?.name ?? '';
		const restore = this.#remove(id);
		if (restore) this.#ondeleted?.(name, restore);
	}

	/**
	 * Calls the database and reports errors. If the database doesn't respond in time, resolves anyway and reports a
	 * delay until the database has responded.
	 */
	async #use(use: (store: TokenizerStore) => Promise<unknown>): Promise<void> {
		const answer = this.#tryUse(use);
		await within(answer, STORAGE_TIMEOUT_MS, () => {
			this.#late++;
			void answer.then(() => this.#late--);
		});
	}

	/** Calls the database. Reports errors; never rejects. */
	async #tryUse(use: (store: TokenizerStore) => Promise<unknown>): Promise<void> {
		try {
			await use(await (this.#store ??= this.#open()));
		} catch (error) {
			this.#failure = `This browser cannot save tokenizers (${reasonOf(error)}). They last until you close the page. Export the ones you want to keep.`;
		}
	}
}
