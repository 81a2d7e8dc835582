import { createContext } from 'svelte';
import { replaceState } from '$app/navigation';
import { page } from '$app/state';
import type { SpecEdit } from '../drift/edits/spec-edit';
import { DEFAULT_TOKENIZERS } from '../tokenizers/catalogue';
import type { WorkerLike, WorkerMessages } from '../workers/client';
import { WorkerPool, type Routes, type Workers } from '../workers/pool';
import type { CallMap } from '../workers/protocol';
import { Announcement, type Announced } from './announcement.svelte';
import { SharedInput } from './shared-input.svelte';
import { Costs } from './costs.svelte';
import type { DroppedFile, OpenedFiles, TakeTokenizers } from './dropped-file';
import { formatList, isolate, reasonOf } from './format';
import { KnownTokenizers } from './tokenizers/known-tokenizers.svelte';
import { PageDocument, type DocumentOptions } from './documents/document.svelte';
import type { TokenizerNames } from './documents/fields';
import type { LinkSchema } from './documents/schema';
import { LiveTokenizer } from './tokenizers/live-tokenizer.svelte';
import { SavedTokenizers } from './tokenizers/saved-tokenizers.svelte';
import { Shortcuts, type Shortcut } from './shortcuts.svelte';
import { HUB_ROUTES, type HubWorkers } from './calls/hub';
import { OPENING_ROUTES, type OpeningWorkers } from './calls/opening';
import type { DescribeToken } from './calls/token-details';
import { attachFiles, TOKENIZING_ROUTES, type TokenizingWorkers } from './calls/tokenizing';
import { TRAINING_ROUTES, type TrainingWorkers } from './calls/training';

/** Document of any page. */
export type ShownDocument = Omit<
	PageDocument<TokenizerNames, Readonly<Record<string, never>>>,
	'value' | 'defaults' | 'set'
>;

/** Document of a page that shows several tokenizers. */
interface HasTokenizers {
	readonly value: { readonly tokenizers: readonly string[] };
	set(patch: { tokenizers: readonly string[] }): () => void;
}

/** What the current page provides for opening dropped files and session files. */
export interface ShownPage {
	/** `null` if the page has no state for links to include. */
	readonly document: ShownDocument | null;
	/** Applies the page's URL. If this method is absent, {@link PageDocument.read} applies the URL. */
	readonly read?: () => Promise<void>;
	/** Whether the page is still waiting for results that its link refers to. */
	readonly isAwaiting?: () => boolean;
	/**
	 * Opens files, replacing the page's text. Absent if the page doesn't accept text. Only the Train page accepts
	 * `counts`, a table of pre-tokens.
	 * @throws Error with a message for users
	 */
	readonly openFiles?: (
		files: readonly DroppedFile[],
		format: 'text' | 'counts'
	) => Promise<OpenedFiles>;
	/** Shows tokenizers that the user opened on this page. Absent if the page doesn't show tokenizers. */
	readonly takeTokenizers?: TakeTokenizers;
	/** Whether the page itself shows {@link Lab.reading}, in place of content that is about to be replaced. */
	readonly drawsReading?: boolean;
}

const TRAINING_MESSAGES: WorkerMessages = {
	subject: 'The training',
	advice: 'Your pattern may backtrack endlessly. Simplify it, or choose a named one.'
};

const HUB_MESSAGES: WorkerMessages = {
	subject: 'What asks the Hugging Face Hub',
	advice: 'Try again.'
};

const CHECK_MESSAGES: WorkerMessages = {
	subject: 'The library',
	advice: 'Check a shorter text, or one with line breaks.'
};

const OPENING_MESSAGES: WorkerMessages = {
	subject: 'What reads the file',
	advice: 'It may be damaged. Open another file.'
};

/** State shared by all pages. The root layout creates it and provides it as context. */
export class Lab {
	readonly announcement = new Announcement();
	readonly costs = new Costs();
	readonly shortcuts = new Shortcuts();
	readonly savedTokenizers = new SavedTokenizers(undefined, (name, restore) =>
		this.announcement.offerUndo(`Another tab deleted ${isolate(name)}.`, () => void restore())
	);
	readonly known = new KnownTokenizers(this.savedTokenizers);
	readonly tokenizing: TokenizingWorkers;
	readonly training: TrainingWorkers;
	readonly opening: OpeningWorkers;
	readonly hub: HubWorkers;
	readonly live: LiveTokenizer;
	readonly input = new SharedInput();
	/** The tokenizers selected on Compare. */
	tokenizers = $state.raw<readonly string[]>(DEFAULT_TOKENIZERS);
	/** Whether spaces, tabs and line endings are marked, on every page. */
	whitespace = $state(true);
	readonly #pool: WorkerPool;
	readonly #pages = new Map<unknown, unknown>();
	#shown = $state.raw<ShownPage | null>(null);
	/** Progress or error while reading a file, for pages that show it themselves; `null` if there is neither. */
	reading = $state.raw<Announced | null>(null);

	/**
	 * @param spawn starts a worker; called on the first request, so never on a server
	 * @param poolSize number of workers for pinned tokenizers; by default, it depends on the machine
	 */
	constructor(spawn: () => WorkerLike, poolSize?: number) {
		const messages = {
			spread: TRAINING_MESSAGES,
			training: TRAINING_MESSAGES,
			hub: HUB_MESSAGES,
			[TOKENIZING_ROUTES.check]: CHECK_MESSAGES,
			[OPENING_ROUTES.openTokenizer]: OPENING_MESSAGES
		};
		const pool = new WorkerPool({ spawn, size: poolSize, messages });
		this.#pool = pool;
		this.tokenizing = {
			...this.connect(TOKENIZING_ROUTES),
			stopChecking: () => pool.stop(TOKENIZING_ROUTES.check)
		};
		this.training = {
			...this.connect(TRAINING_ROUTES),
			counters: pool.spread,
			stopCounting: () => pool.stop('spread')
		};
		this.opening = {
			...this.connect(OPENING_ROUTES),
			stopOpening: () => pool.stop('opening'),
			stopIdentifying: () => pool.stop('identifying'),
			stopCheckingReading: () => pool.stop('reading-check')
		};
		this.hub = { ...this.connect(HUB_ROUTES), stopHub: () => pool.stop('hub') };
		this.live = new LiveTokenizer(this.training);
	}

	/** Returns functions that call the workers. Each call includes the files of the saved tokenizers that it uses. */
	connect<C extends CallMap<C>>(routes: Routes<C>): Workers<C> {
		return this.#pool.connect(routes, (params) =>
			attachFiles(params, (id) => this.savedTokenizers.find(id)?.file)
		);
	}

	/** Returns a function that describes a tokenizer's tokens, taking edits into account. */
	describerOf(tokenizer: string, edits?: readonly SpecEdit[]): DescribeToken {
		if (tokenizer === this.live.id) return (id) => this.live.describe(id);
		const describe: DescribeToken = (id, signal) =>
			this.tokenizing.describe({ tokenizer, edits, id }, { signal });
		// Edited vocabularies don't have a page.
		return edits?.length ? describe : Object.assign(describe, { vocabulary: tokenizer });
	}

	/** Adds tokenizers to a page. @returns a function that removes them */
	addTokenizers(document: HasTokenizers, ids: readonly string[]): () => void {
		return document.set({ tokenizers: [...new Set([...document.value.tokenizers, ...ids])] });
	}

	/** Changes a page's tokenizers. If any were removed, offers to undo the change. */
	chooseTokenizers(document: HasTokenizers, tokenizers: readonly string[]): void {
		const removed = document.value.tokenizers.filter((id) => !tokenizers.includes(id));
		const undo = document.set({ tokenizers });
		if (removed.length === 0) return;
		const names = removed.map((id) => this.known.nameOf(id));
		this.announcement.offerUndo(`Removed ${formatList(names)}.`, undo);
	}

	/** `null` while one page replaces another. */
	get shown(): ShownPage | null {
		return this.#shown;
	}

	document<C extends TokenizerNames, S extends LinkSchema<C>>(
		fields: S,
		options: Omit<DocumentOptions<S, C>, 'replace'>
	): PageDocument<C, S> {
		const document = new PageDocument(fields, { ...options, replace: replaceAddress });
		this.savedTokenizers.beforeRemoving((id) => document.forget(id));
		return document;
	}

	/**
	 * Shows a page: applies its URL now and on every hash change, and lists its keyboard shortcuts.
	 * @param onread called once the initial URL has been applied
	 * @returns a function to call when the page is closed
	 */
	show(page: ShownPage, keys: readonly Shortcut[] = [], onread?: () => void): () => void {
		const { document } = page;
		const read = page.read ?? (async () => document?.read(new URL(location.href)));
		const onhashchange = () => void read();
		this.#shown = page;
		// Apply the current URL before writing the document to it.
		if (document) document.isRead = false;
		void read()
			.catch((error: unknown) => this.announcement.fail(reasonOf(error)))
			.then(() => {
				onread?.();
				if (document) document.isRead = true;
			});
		const unregister = this.shortcuts.register(keys);
		addEventListener('hashchange', onhashchange);
		const onbeforeunload = () => document?.pause();
		addEventListener('beforeunload', onbeforeunload);
		$effect(() => {
			// Keep the URL of an unreadable link until the visitor changes something.
			if (document?.isRead && !document.isUnreadable) return document.write();
		});
		return () => {
			removeEventListener('hashchange', onhashchange);
			removeEventListener('beforeunload', onbeforeunload);
			unregister();
			if (this.#shown === page) this.#shown = null;
			if (this.reading?.isError) this.reading = null;
		};
	}

	/** Returns a page's state, which is created on the first visit and kept until the lab is closed. */
	page<T, D>(create: (lab: Lab, data: D) => T, data: () => D): T {
		if (!this.#pages.has(create)) {
			const make = () => void this.#pages.set(create, create(this, data()));
			// Use a separate effect root, because derived values would otherwise be destroyed with the component.
			$effect.root(make);
			// Servers don't run effects.
			if (!this.#pages.has(create)) make();
		}
		return this.#pages.get(create) as T;
	}
}

/**
 * Replaces the query string and hash of the page's URL only if they have changed, because replacing them redraws the
 * page. Does nothing right after Back, when the browser already shows the address of the previous page.
 */
export function replaceAddress(to: string): void {
	if (location.pathname !== page.url.pathname) return;
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- the path is that of the page
	if (to !== location.search + location.hash) replaceState(location.pathname + to, {});
}

export const [getLab, setLab] = createContext<Lab>();
