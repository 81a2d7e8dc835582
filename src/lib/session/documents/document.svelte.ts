import { untrack } from 'svelte';
import { messageOf } from '../../workers/client';
import type { TokenizerNames } from './fields';
import {
	decodeTextHash,
	EMPTY_HASH,
	encodeTextHash,
	holdsSample,
	isSameContent,
	splitHash,
	type LinkContent,
	type LinkInput
} from './link-codec';
import { LINK_INPUT_NOT_OPENED, LINK_WITHOUT_HASH } from './messages';
import type { PageContent } from './page-link';
import { readLink, undoChange, writeLink, type LinkSchema, type LinkValues } from './schema';

/** Parameter of a link that has a hash. */
const HASH_MARK = 'rest';
/** How long a document must stay unchanged before its address is written, in milliseconds. */
const DEBOUNCE_MS = 300;
/** How long no address is written once another document begins to load. */
const PAUSE_MS = 10_000;

/** The value of each field, by its key in the schema. */
export type DocumentValue<S> = { -readonly [K in keyof S]: LinkValues<S>[K] };

/** A text, ids or files that a page shows and that follow the `#` of its link. */
export interface DocumentInput {
	/** What {@link LinkContent} `default` stands for; `null` if the fields say it. */
	readonly default: LinkInput | null;
	content(): LinkContent;
	/** Whether there is a second text, which belongs into the hash, too. */
	hasSample?(): boolean;
	/** Shows the input of a link, which may have none. */
	take(link: OpenedLink): void;
	/** The open files, if the content is a `file`. */
	files?(): readonly File[];
	/** Opens files in place of the input. */
	openFiles?(files: readonly File[]): Promise<unknown>;
}

/** A link that is being opened. */
export interface OpenedLink {
	/** Its fields. */
	readonly settings: URLSearchParams;
	/** Content of its hash; `null` if that is empty or damaged. */
	readonly input: LinkInput | null;
	/** Keys of the fields whose values cannot be used. */
	readonly wrong: ReadonlySet<string>;
	/** Whether nothing is wrong with it so far. */
	readonly isSound: boolean;
	/** Whether the page cannot show what it is about. */
	isUnreadable: boolean;
	/** Takes a sentence about what is wrong with it. */
	report(problem: string): void;
}

export interface DocumentOptions<S, C> {
	/** What links may name. */
	readonly names: C;
	/** Values of a plain address that differ from the schema's defaults. */
	readonly defaults?: Partial<DocumentValue<S>>;
	/** Objects that hold the values of some fields, under the same keys. */
	readonly bound?: { readonly [K in keyof S]?: { [P in K]: LinkValues<S>[P] } };
	readonly input?: DocumentInput;
	/** Completes a change by the fields that depend on it. */
	normalise?(patch: Partial<DocumentValue<S>>, before: DocumentValue<S>): Partial<DocumentValue<S>>;
	/** Values that the link need not say, where they differ from the defaults. What has `null` here is always written. */
	unwritten?(value: DocumentValue<S>): { readonly [K in keyof S]?: LinkValues<S>[K] | null };
	/** Checks what only the page knows about a link. @returns values to use instead */
	readonly check?: (
		values: DocumentValue<S>,
		link: OpenedLink
	) => Partial<DocumentValue<S>> | Promise<Partial<DocumentValue<S>>>;
	/** Called once a link is applied. */
	applied?(): void;
	/** Whether a link says that it has a hash, so that the page notices if that was lost. */
	readonly marksHash?: boolean;
	/** Replaces search and hash of the page's address, unless the address is another page's by now. */
	replace(address: string): void;
}

/** A link that was written. */
export interface WrittenLink {
	/** With `?`; empty if there is none. */
	readonly search: string;
	/** With `#`; empty if there is none. */
	readonly hash: string;
	/** Why it does not hold the input: that is too long, or a file. */
	readonly unlinked: 'long' | 'file' | null;
	/** Whether it does not hold the page's second text. */
	readonly lacksSample: boolean;
}

/** What a page shows at one time. */
interface Copied<S> {
	readonly value: DocumentValue<S>;
	readonly input: LinkContent | undefined;
}

/**
 * What a page shows, as one value: the fields of its schema, and an input. Its address, the copy that is kept for a reload
 * and for Back, session files, undo and the deletion of tokenizers follow from it.
 */
export class PageDocument<C extends TokenizerNames, S extends LinkSchema<C>> {
	/** The fields. Setting one is the same as {@link set}. */
	readonly value: DocumentValue<S>;
	/** Values of a plain address. */
	readonly defaults: DocumentValue<S>;
	#problem = $state<string | null>(null);
	#isUnreadable = $state(false);
	#written = $state.raw<WrittenLink | null>(null);
	/** Whether the address that the page was opened with has been applied. Set by the lab. */
	isRead = $state(false);
	readonly #schema: S;
	readonly #options: DocumentOptions<S, C>;
	/** Write the value of each field. */
	readonly #writers = new Map<PropertyKey, (value: unknown) => void>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** As of `performance.now()`. */
	#pausedUntil = 0;
	/** Numbers of the latest read and write, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** The address that was written for what the page shows, which is not read back; `null` once a link is applied. */
	#shown: string | null = null;
	/** Whether the address asks for a page in a frame. Every address that is written keeps that. */
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

	/** Message about what is wrong with the link; `null` if nothing is. */
	get problem(): string | null {
		return this.#problem;
	}
	/** Whether the page does not show what the latest link is about, and the visitor has chosen nothing else since. */
	get isUnreadable(): boolean {
		return this.#isUnreadable;
	}
	/** The latest link that was written, a new object each time; `null` before the first. */
	get written(): WrittenLink | null {
		return this.#written;
	}

	/** Forgets what is wrong with the link. What is shown is then what the page is about. */
	dismiss(): void {
		this.#problem = null;
		this.#isUnreadable = false;
	}

	/**
	 * Changes fields, and those that depend on them.
	 * @returns goes back, where the fields still have what was set. Of a list, only what was added and removed is undone.
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
	 * Stops showing a tokenizer, because it is deleted.
	 * @returns shows it again; `undefined` if it was not shown
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

	/** Applies an address, and reports what is wrong with it. A plain address leaves the page as it is. */
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

	/** Applies a content that is in no address, in place of the address, and reports what is wrong with it. */
	async open({ search, input, files }: PageContent): Promise<void> {
		const read = ++this.#reads;
		const before = this.#copy();
		await this.#options.names.load?.();
		if (read !== this.#reads) return;
		const settings = new URLSearchParams(search);
		await this.#apply(read, before, { settings, input, damage: null, isLink: false });
		if (files && read === this.#reads) await this.#options.input?.openFiles?.(files);
	}

	/** Returns what the page shows now. */
	capture(): PageContent {
		const search = this.#search();
		const { input } = this.#options;
		const content = input?.content() ?? 'default';
		if (content === 'default') return { search, input: input?.default ?? null, files: null };
		if (content === 'file') return { search, input: null, files: input?.files?.() ?? null };
		return { search, input: content, files: null };
	}

	/**
	 * Writes the document to the address once it stays unchanged. Reads the document, so that an effect depends on it.
	 * @returns a function that cancels it, because the address may belong to another page by then
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
	 * Writes nothing for a while, because another document may begin to load: if the address changes meanwhile, browsers forget
	 * what the history holds of this one. If none loads, the next change is written.
	 */
	pause(): void {
		this.#pausedUntil = performance.now() + PAUSE_MS;
		this.#cancel();
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#writes++;
	}

	/** Returns the link to what the page shows now, search and hash, outside of a frame. */
	async link(): Promise<string> {
		const { search, hash } = await this.#link();
		return search + hash;
	}

	/** Whether links say the same for two values of a field. A holder may return a new object each time. */
	#isSame(key: keyof S, a: unknown, b: unknown): boolean {
		const field: LinkSchema<C> = { [key]: this.#schema[key] };
		const written = (value: unknown) => writeLink(field, { [key]: value }, { [key]: null });
		return Object.is(a, b) || written(a) === written(b);
	}

	#copy(): Copied<S> {
		return { value: { ...this.value }, input: this.#options.input?.content() };
	}

	/** @param before what the page showed when the link began to be opened */
	async #apply(
		read: number,
		before: Copied<S>,
		found: Pick<OpenedLink, 'settings' | 'input'> & {
			/** What is wrong with its hash. */
			readonly damage: string | null;
			/** Whether the visitor asked for it, and not for what was shown before. */
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
		// An anchor alone says nothing about the page.
		if (settings.size > 0 || input || !isLink) {
			if (!keepsInput) shown?.take(link);
			else if (input && isLink) link.report(LINK_INPUT_NOT_OPENED);
			const taken = Object.entries(checked).filter(
				([key]) =>
					// What the visitor changed meanwhile stays.
					this.#isSame(key, now.value[key], before.value[key]) &&
					!(keepsInput && this.#schema[key].isOfInput)
			);
			this.set(Object.fromEntries(taken) as Partial<DocumentValue<S>>);
			this.#options.applied?.();
		}
		this.#isUnreadable = link.isUnreadable;
		const all = damage === null ? problems : [...problems, damage];
		this.#problem = all.length > 0 ? all.join(' ') : null;
	}

	/** Search part of the link, or of one that has only the fields for which `isPart` is true. */
	#search(isPart: (field: LinkSchema<C>[string]) => boolean = () => true): string {
		const fields = Object.entries(this.#schema).filter(([, field]) => isPart(field));
		const schema: LinkSchema<C> = Object.fromEntries(fields);
		return writeLink<LinkSchema<C>>(schema, this.value, {
			...this.defaults,
			...this.#options.unwritten?.(this.value)
		});
	}

	/** The link to what the page shows now. What a user typed follows the `#`, which browsers send to no server. */
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
			lacksSample: hasSample && !holdsSample(encoded ?? '')
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
