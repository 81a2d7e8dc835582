import { untrack } from 'svelte';
import { messageOf } from '../../workers/client';
import type { TokenizerNames } from './fields';
import {
	decodeTextHash,
	EMPTY_HASH,
	encodeTextHash,
	includesSample,
	isSameContent,
	splitHash,
	type LinkContent,
	type LinkInput
} from './link-codec';
import { LINK_INPUT_NOT_OPENED, LINK_WITHOUT_HASH } from './messages';
import type { PageContent } from './page-link';
import { readLink, undoChange, writeLink, type LinkSchema, type LinkValues } from './schema';

/** Parameter that indicates that the link has a hash. */
const HASH_MARK = 'rest';
/** How long a document must stay unchanged before its URL is written, in milliseconds. */
const DEBOUNCE_MS = 300;
/** How long to suspend updates of the URL when the browser may have started to leave the page, in milliseconds. */
const PAUSE_MS = 10_000;

export type DocumentValue<S> = { -readonly [K in keyof S]: LinkValues<S>[K] };

/** Text, ids or files that a page shows. Links include this input after the `#`. */
export interface DocumentInput {
	/** The input that {@link LinkContent} `default` refers to; `null` if the fields determine that input. */
	readonly default: LinkInput | null;
	content(): LinkContent;
	/** Whether there is a second text to include in the hash. */
	hasSample?(): boolean;
	/** Shows a link's input, if there is one. */
	take(link: OpenedLink): void;
	/** The open files, if the content is `file`. */
	files?(): readonly File[];
	openFiles?(files: readonly File[]): Promise<unknown>;
}

export interface OpenedLink {
	/** Fields of the link, before parsing. */
	readonly settings: URLSearchParams;
	/** Content of the hash; `null` if the hash is empty or damaged. */
	readonly input: LinkInput | null;
	/** Keys of the fields with unusable values. */
	readonly wrong: ReadonlySet<string>;
	/** `false` once a problem with the link has been found. */
	readonly isSound: boolean;
	/** Whether the page is unable to show the link's subject. */
	isUnreadable: boolean;
	/** Adds a sentence to the problems shown to the user. */
	report(problem: string): void;
}

export interface DocumentOptions<S, C> {
	/** Names of the tokenizers that links may use. */
	readonly names: C;
	/** Values for a URL without parameters, where they differ from the schema's defaults. */
	readonly defaults?: Partial<DocumentValue<S>>;
	/** For each field that is stored outside the document, an object with a property of the same name as the field. */
	readonly bound?: { readonly [K in keyof S]?: { [P in K]: LinkValues<S>[P] } };
	readonly input?: DocumentInput;
	/** Returns the additional changes to fields that depend on the fields changed by `patch`. */
	normalise?(patch: Partial<DocumentValue<S>>, before: DocumentValue<S>): Partial<DocumentValue<S>>;
	/**
	 * Defaults that depend on the current values; the link omits fields that equal them. A field that is `null` here is
	 * always written.
	 */
	unwritten?(value: DocumentValue<S>): { readonly [K in keyof S]?: LinkValues<S>[K] | null };
	/** Runs the checks that only the page can perform. @returns values that replace the link's values */
	readonly check?: (
		values: DocumentValue<S>,
		link: OpenedLink
	) => Partial<DocumentValue<S>> | Promise<Partial<DocumentValue<S>>>;
	/** Called after a link has been applied. */
	applied?(): void;
	/** Whether links state that they have a hash, so that the page notices if the hash was lost. */
	readonly marksHash?: boolean;
	/** Replaces the query string and hash of the page's URL, unless the URL already belongs to another page. */
	replace(address: string): void;
}

export interface WrittenLink {
	/** Starts with `?`, or is empty. */
	readonly search: string;
	/** Starts with `#`, or is empty. */
	readonly hash: string;
	/** Why the link doesn't include the input: it is too long, or it is a file. */
	readonly unlinked: 'long' | 'file' | null;
	/** Whether the link leaves out the page's second text. */
	readonly omitsSample: boolean;
}

/** Snapshot of what a page shows. */
interface Copied<S> {
	readonly value: DocumentValue<S>;
	readonly input: LinkContent | undefined;
}

/**
 * What a page shows, as a single value: the fields of its schema and an input. The document is the basis for the URL,
 * the snapshot for reloads and Back, session files, undo, and the removal of deleted tokenizers.
 */
export class PageDocument<C extends TokenizerNames, S extends LinkSchema<C>> {
	/** Current values. Assigning a value calls {@link set}. */
	readonly value: DocumentValue<S>;
	/** Values for a URL without parameters. */
	readonly defaults: DocumentValue<S>;
	#problem = $state<string | null>(null);
	#isUnreadable = $state(false);
	#written = $state.raw<WrittenLink | null>(null);
	/** Whether the URL with which the page was opened has been applied. Set by the lab. */
	isRead = $state(false);
	readonly #schema: S;
	readonly #options: DocumentOptions<S, C>;
	readonly #writers = new Map<PropertyKey, (value: unknown) => void>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Time at which writing the URL may resume, as returned by `performance.now()`. */
	#pausedUntil = 0;
	/** Counters of reads and writes, so that an earlier operation never overwrites the result of a later one. */
	#reads = 0;
	#writes = 0;
	/**
	 * Query string and hash that the document wrote for its current state, which {@link PageDocument.read} can ignore;
	 * `null` once the state has changed.
	 */
	#shown: string | null = null;
	/** Whether the URL belongs to an embedded page; preserved when the URL is rewritten. */
	#isEmbedded = false;

	constructor(schema: S, options: DocumentOptions<S, C>) {
		this.#schema = schema;
		this.#options = options;
		const fields = Object.entries(schema).map(([key, field]) => [key, field.default]);
		const defaults = { ...Object.fromEntries(fields), ...options.defaults } as DocumentValue<S>;
		this.defaults = defaults;
		this.value = {} as DocumentValue<S>;
		const bound = options.bound as Record<PropertyKey, Record<PropertyKey, unknown>> | undefined;
		for (const key of Object.keys(schema)) {
			let signal = $state.raw<unknown>(defaults[key]);
			const holder = bound?.[key];
			this.#writers.set(key, (value) => {
				if (holder) holder[key] = value;
				else signal = value;
			});
			Object.defineProperty(this.value, key, {
				enumerable: true,
				get: () => (holder ? holder[key] : signal),
				set: (value: unknown) => void this.set({ [key]: value } as Partial<DocumentValue<S>>)
			});
		}
	}

	/** Message about problems with the link; `null` if there are none. */
	get problem(): string | null {
		return this.#problem;
	}
	/** Whether the page was unable to show the subject of the latest link and the visitor has changed nothing since. */
	get isUnreadable(): boolean {
		return this.#isUnreadable;
	}
	/** The latest link written, a new object each time; `null` before the first. */
	get written(): WrittenLink | null {
		return this.#written;
	}

	/** Dismisses the message about the link, and lets the page's current state replace the link in the URL. */
	dismiss(): void {
		this.#problem = null;
		this.#isUnreadable = false;
	}

	/**
	 * Changes fields and updates those that depend on them.
	 * @returns a function that undoes the change. A field that has changed again since then keeps its newer value, except
	 * for a list, in which the items that this change added are removed again, and those that it removed are put back.
	 */
	set(patch: Partial<DocumentValue<S>>): () => void {
		return untrack(() => {
			this.#isUnreadable = false;
			const changed = { ...patch, ...this.#options.normalise?.(patch, this.value) };
			const keys = Object.keys(changed) as (keyof S)[];
			const before = { ...this.value };
			const write = (key: keyof S, value: unknown) => this.#writers.get(key)?.(value);
			for (const key of keys) write(key, changed[key]);
			return () => {
				for (const key of keys) {
					const now = this.value[key];
					const isAsSet = this.#isSame(key, now, changed[key]);
					write(key, isAsSet ? before[key] : undoChange(now, before[key], changed[key]));
				}
			};
		});
	}

	/**
	 * Removes a deleted tokenizer from all fields.
	 * @returns a function that restores the tokenizer; `undefined` if no field contained it
	 */
	forget(tokenizer: string): (() => void) | undefined {
		const patch = Object.fromEntries(
			Object.entries(this.#schema).flatMap(([key, field]) => {
				const value = this.value[key];
				const without = field.without?.(value, tokenizer, this.defaults[key]);
				return without === undefined || without === value ? [] : [[key, without]];
			})
		) as Partial<DocumentValue<S>>;
		return Object.keys(patch).length > 0 ? this.set(patch) : undefined;
	}

	/** Applies a URL and reports any problems with it. A URL without parameters leaves the page unchanged. */
	async read({ search, hash: written }: URL): Promise<void> {
		const { hash, typed } = splitHash(written);
		const settings = new URLSearchParams(search);
		for (const [name, value] of typed) settings.append(name, value);
		this.#isEmbedded = settings.has('embed');
		settings.delete('embed');
		const isCut = settings.has(HASH_MARK) && written === '';
		settings.delete(HASH_MARK);
		const read = ++this.#reads;
		const before = this.#copy();
		const isShown = search + written === this.#shown || (settings.size === 0 && hash === '');
		await this.#options.names.load?.();
		if (read !== this.#reads) return;
		this.#isUnreadable = false;
		if (isShown) return;
		if (isCut) {
			this.#problem = LINK_WITHOUT_HASH;
			this.#isUnreadable = true;
			return;
		}
		const { input, damage } = await decodeTextHash(hash).then(
			(input) => ({ input, damage: null }),
			(error: unknown) => ({ input: null, damage: messageOf(error) })
		);
		await this.#apply(read, before, { settings, input, damage, isLink: true });
	}

	/** Applies content that isn't in the URL and reports any problems with it. */
	async open({ search, input, files }: PageContent): Promise<void> {
		const read = ++this.#reads;
		const before = this.#copy();
		await this.#options.names.load?.();
		if (read !== this.#reads) return;
		const settings = new URLSearchParams(search);
		await this.#apply(read, before, { settings, input, damage: null, isLink: false });
		if (files && read === this.#reads) await this.#options.input?.openFiles?.(files);
	}

	capture(): PageContent {
		const search = this.#search();
		const { input } = this.#options;
		const content = input?.content() ?? 'default';
		if (content === 'default') return { search, input: input?.default ?? null, files: null };
		if (content === 'file') return { search, input: null, files: input?.files?.() ?? null };
		return { search, input: content, files: null };
	}

	/**
	 * Writes the document to the URL once the document stops changing. Reads the document immediately, so that an effect
	 * that calls this function runs again when the document changes.
	 * @returns a cleanup function that cancels the pending write, because the URL may belong to a different page by the
	 * time the write is due
	 */
	write(): () => void {
		this.#search();
		this.#options.input?.content();
		this.#options.input?.hasSample?.();
		this.#cancel();
		this.#shown = null;
		const delay = Math.max(DEBOUNCE_MS, this.#pausedUntil - performance.now());
		this.#timer = setTimeout(() => void this.#write(), delay);
		return () => this.#cancel();
	}

	/**
	 * Cancels the pending write and delays later ones, because the browser may have started to leave the page. If the
	 * URL changed while the next page loads, browsers would discard the history entry's state. If the browser stays on
	 * this page, the next change to the document is written to the URL after the delay.
	 */
	pause(): void {
		this.#pausedUntil = performance.now() + PAUSE_MS;
		this.#cancel();
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#writes++;
	}

	/** Returns the query string and hash of a link to the current state, without `embed`. */
	async link(): Promise<string> {
		const { search, hash } = await this.#link();
		return search + hash;
	}

	/**
	 * Whether two values of a field are written the same way in links. Comparing identity isn't enough, because bound
	 * objects may return a new object each time.
	 */
	#isSame(key: keyof S, a: unknown, b: unknown): boolean {
		const field: LinkSchema<C> = { [key]: this.#schema[key] };
		const written = (value: unknown) => writeLink(field, { [key]: value }, { [key]: null });
		return Object.is(a, b) || written(a) === written(b);
	}

	#copy(): Copied<S> {
		return { value: { ...this.value }, input: this.#options.input?.content() };
	}

	/** @param before state of the page when the link was opened */
	async #apply(
		read: number,
		before: Copied<S>,
		found: Pick<OpenedLink, 'settings' | 'input'> & {
			/** Problem with the link's hash. */
			readonly damage: string | null;
			/** Whether the visitor opened a link, as opposed to restoring an earlier state. */
			readonly isLink: boolean;
		}
	): Promise<void> {
		const { names, check, input: shown } = this.#options;
		const { settings, input, damage, isLink } = found;
		const problems: string[] = [];
		const wrong = new Set<string>();
		const report = (problem: string, key?: string) => {
			problems.push(problem);
			if (key !== undefined) wrong.add(key);
		};
		const values = readLink<C, S>(this.#schema, settings, names, report, this.defaults);
		const link: OpenedLink = {
			...{ settings, input, wrong, report, isUnreadable: false },
			get isSound() {
				return problems.length === 0 && damage === null;
			}
		};
		const checked = { ...values, ...(await check?.(values, link)) };
		if (read !== this.#reads) return;
		this.#shown = null;
		const now = this.#copy();
		const keepsInput = !isSameContent(now.input, before.input);
		// A plain anchor doesn't change the page.
		if (settings.size > 0 || input || !isLink) {
			if (!keepsInput) shown?.take(link);
			else if (input && isLink) link.report(LINK_INPUT_NOT_OPENED);
			const taken = Object.entries(checked).filter(
				([key]) =>
					// Keep anything that the visitor changed during the check.
					this.#isSame(key, now.value[key], before.value[key]) &&
					!(keepsInput && this.#schema[key].refersToInput)
			);
			this.set(Object.fromEntries(taken) as Partial<DocumentValue<S>>);
			this.#options.applied?.();
		}
		this.#isUnreadable = link.isUnreadable;
		const all = damage === null ? problems : [...problems, damage];
		this.#problem = all.length > 0 ? all.join(' ') : null;
	}

	/** Query string of the link, limited to the fields for which `isPart` returns true. */
	#search(isPart: (field: LinkSchema<C>[string]) => boolean = () => true): string {
		const fields = Object.entries(this.#schema).filter(([, field]) => isPart(field));
		const schema: LinkSchema<C> = Object.fromEntries(fields);
		return writeLink<LinkSchema<C>>(schema, this.value, {
			...this.defaults,
			...this.#options.unwritten?.(this.value)
		});
	}

	/**
	 * Link to the current state. User-typed fields follow the `#`, because browsers never send that part to a server.
	 */
	async #link(): Promise<WrittenLink> {
		const { input, marksHash } = this.#options;
		const search = this.#search(({ isTyped }) => !isTyped);
		const typed = this.#search(({ isTyped }) => isTyped === true);
		const content = input?.content() ?? 'default';
		const hasSample = input?.hasSample?.() ?? false;
		const encoded = typeof content === 'string' ? '' : await encodeTextHash(content);
		const hash = encoded || typed ? `#${encoded || EMPTY_HASH}${typed}` : '';
		const mark = marksHash && hash !== '' ? `${search ? '&' : '?'}${HASH_MARK}` : '';
		return {
			search: search + mark,
			hash,
			unlinked: content === 'file' ? content : encoded === null ? 'long' : null,
			omitsSample: hasSample && !includesSample(encoded ?? '')
		};
	}

	async #write(): Promise<void> {
		const write = ++this.#writes;
		const written = await this.#link();
		if (write !== this.#writes) return;
		this.#written = written;
		const { search, hash } = written;
		this.#shown = (this.#isEmbedded ? `?embed${search.replace('?', '&')}` : search) + hash;
		this.#options.replace(this.#shown);
	}
}
