import { messageOf } from '../../workers/client';
import type { TokenizerNames } from './fields';
import { LINK_INPUT_NOT_OPENED, LINK_WITHOUT_HASH } from './messages';
import {
	decodeTextHash,
	encodeTextHash,
	holdsSample,
	type LinkInput,
	type TooLong
} from './link-codec';
import {
	describeLinked,
	LINKED_FIELD,
	resolveLinked,
	type TokenizerLinks
} from '../tokenizers/linked-tokenizers';
import type { SessionPage } from './page-link';
import { joinTyped, splitTyped, type AddressParts } from './typed-fields';

/** Parameter of a link that has a hash. */
const HASH_MARK = 'rest';

/** How long the state must stay unchanged before it is written, in milliseconds. */
const DEBOUNCE_MS = 300;
/** Number of pages whose content is remembered, because they were left before their address said it. */
const MAX_LEFT = 20;
/** Their content by address: Back and Forward return to it. */
const leftPages = new Map<string, PageContent>();

/** Forgets what a page showed when it was left at an address, because a link asks for what it says itself. */
export const forgetLeft = (address: string): boolean => leftPages.delete(address);

/** Name under which a tab stores what was left, while it loads another document. */
const LEFT = 'bpe-lab-left';

/** Stores what pages showed when they were left, except for files. Call it when the document is about to go. */
export function keepLeft(): void {
	const kept = [...leftPages].filter(([, { files }]) => files === null);
	try {
		if (kept.length === 0) sessionStorage.removeItem(LEFT);
		else sessionStorage.setItem(LEFT, JSON.stringify(kept));
	} catch (error) {
		// The storage is full or denied.
		console.warn('The browser does not keep the page for a reload:', error);
	}
}

/** Whether the document was reloaded, or reached by Back or Forward. */
export const isRevisited = (): boolean =>
	performance
		.getEntriesByType('navigation')
		.some((entry) => 'type' in entry && ['reload', 'back_forward'].includes(String(entry.type)));

/**
 * Takes what {@link keepLeft} stored, if the document {@link isRevisited}.
 * @returns whether it is that of this address
 */
export function takeLeft(): boolean {
	try {
		const kept = sessionStorage.getItem(LEFT);
		sessionStorage.removeItem(LEFT);
		if (kept === null || !isRevisited()) return false;
		for (const [address, content] of JSON.parse(kept) as [string, PageContent][])
			leftPages.set(address, content);
		return leftPages.has(location.href);
	} catch (error) {
		console.warn('What the page showed before it was reloaded cannot be read:', error);
		return false;
	}
}

/** The tokenizers that an address may name. A test passes a plain object. */
export interface Names extends TokenizerNames {
	/** Resolves once `has` knows every tokenizer. */
	load(): Promise<void>;
	/** How links describe tokenizers of the user's own. */
	readonly links?: TokenizerLinks;
}

/** Content of the hash: `nothing` for the page's default. A `file` fits into no link. */
export type LinkContent = LinkInput | 'nothing' | 'file';

/** A link that was read but not applied. */
export interface OpenedLink {
	/** Sentences about what is wrong with it. Complete once `take` has returned. */
	readonly problems: readonly string[];
	/** Whether the page cannot show what the link is about. */
	readonly isUnreadable?: boolean;
	/**
	 * Applies it. Called only if no later link was read in the meantime.
	 * @param isSound whether nothing is wrong with it, including its hash
	 * @param keepsInput whether the visitor changed the input since the link was opened. Then the input stays.
	 */
	take(isSound: boolean, keepsInput: boolean): void;
}

/** Everything that a page shows, also what fits into no link. */
export interface PageContent {
	/** Search part of the link, with `?`; empty for the default state. */
	readonly search: string;
	/** `null` if files are open in its place. */
	readonly input: LinkInput | null;
	readonly files: readonly File[] | null;
}

/** A page as it is shown, with its files. */
export interface CapturedPage extends PageContent {
	readonly page: SessionPage;
	/** Text that all pages share. */
	readonly text: string;
}

/** Binds a page's state to its links. */
export interface LinkedPage {
	/** Resolves once every name that a link may use is known. */
	load?(): Promise<void>;
	/** How the page's links describe tokenizers of the user's own. */
	readonly links?: TokenizerLinks;
	/** Names of the fields that hold what a user typed. */
	readonly typed?: readonly string[];
	/** Whether a link says that it has a hash, so that the page notices if that was lost. */
	readonly marksHash?: boolean;
	/** Input that the hash of a link replaces. */
	input(): unknown;
	/** @param input content of the hash; `null` if it is empty or damaged */
	read(search: URLSearchParams, input: LinkInput | null): OpenedLink | Promise<OpenedLink>;
	/**
	 * The link to the current page. Reads the state, so that an effect depends on it. `content` is called only
	 * when the link is written.
	 */
	write(): {
		readonly search: string;
		readonly content: () => LinkContent;
		/** Whether nothing was changed, so that the address stays plain. */
		readonly isPlain?: boolean;
		/** Whether the page shows a second text, which belongs into the hash. */
		readonly hasSample?: boolean;
	};
	/** The input that `nothing` stands for; `null` if the search part names it. */
	readonly defaultInput?: LinkInput;
	/** The open files, if {@link write} has a `file` as content. */
	files?(): readonly File[];
	/** Opens files in place of the input. */
	openFiles?(files: readonly File[]): Promise<unknown>;
}

/** Keeps a page's address and state in sync, so that a link restores what was seen. */
export class PageAddress {
	#problem = $state<string | null>(null);
	#isUnreadable = $state(false);
	#unlinked = $state<'long' | 'file' | null>(null);
	#lacksSample = $state(false);
	readonly #page: LinkedPage;
	readonly #replace: (address: string) => unknown;
	/** Address of the page in the history. */
	#current: URL | null = null;
	/** Whether the page shows something that its address does not say yet. */
	#isUnwritten = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Numbers of the latest read and write, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** The latest link written. The hash includes its `#`, or is empty. */
	#written = $state.raw<AddressParts | null>(null);
	/** The address that was written for what the page shows, which is not read back; `null` once a link is applied. */
	#shown: string | null = null;
	readonly #tooLong: TooLong = { start: null };
	#reading: Promise<void> = Promise.resolve();
	#isRead = $state(false);
	/** Whether the address asks for a page in a frame. Every address that is written keeps that. */
	#isEmbedded = false;

	/** @param replace replaces the current address by another (search and hash); `false` if it is another page's by now */
	constructor(page: LinkedPage, replace: (address: string) => unknown) {
		this.#page = page;
		this.#replace = replace;
	}

	/** Message about what is wrong with the link; `null` if nothing is. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Whether the page does not show what the latest link is about. */
	get isUnreadable(): boolean {
		return this.#isUnreadable;
	}

	/** Why the link does not hold the input: it is too long, or a file. */
	get unlinked(): 'long' | 'file' | null {
		return this.#unlinked;
	}

	/** Whether the link does not hold the page's second text. */
	get lacksSample(): boolean {
		return this.#lacksSample;
	}

	/** The latest link that was written, a new object each time; `null` before the first. */
	get written() {
		return this.#written;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/**
	 * Applies an address, or what the page showed when it was left there, and reports what is wrong with it. A plain address
	 * leaves the page as it is.
	 */
	read(address: URL): Promise<void> {
		this.leave();
		this.#current = address;
		return (this.#reading = this.#read(address));
	}

	/**
	 * Remembers what the page shows, if its address does not say it yet. Call it before another page is shown.
	 * @param from the address when the document began to be left. A reload returns to it, even if it was replaced since.
	 */
	leave(from = this.#current?.href): void {
		if (!this.#current || from === undefined) return;
		if (!this.#isUnwritten && from === this.#current.href) return;
		const content = this.capture();
		for (const address of [from, this.#current.href]) leftPages.set(address, content);
		for (const oldest of [...leftPages.keys()].slice(0, -MAX_LEFT)) leftPages.delete(oldest);
		this.#isUnwritten = false;
	}

	/** Whether the address that the page was opened with has been applied. Set by the lab. */
	get isRead(): boolean {
		return this.#isRead;
	}
	set isRead(isRead: boolean) {
		this.#isRead = isRead;
	}

	async #read({ search, hash: written, href }: URL): Promise<void> {
		const { settings, hash } = joinTyped({ search, hash: written });
		this.#isEmbedded = settings.has('embed');
		settings.delete('embed');
		const isCut = settings.has(HASH_MARK) && written === '';
		settings.delete(HASH_MARK);
		const left = leftPages.get(href);
		leftPages.delete(href);
		if (left) return this.#open(left, true);
		const before = this.#page.input();
		await this.#page.load?.();
		const read = ++this.#reads;
		this.#isUnreadable = false;
		if (search + written === this.#shown || (settings.size === 0 && hash === '')) return;
		if (isCut) {
			this.#problem = LINK_WITHOUT_HASH;
			this.#isUnreadable = true;
			return;
		}
		const damage: string[] = [];
		const input = await decodeTextHash(hash).catch((error: unknown) => {
			damage.push(messageOf(error));
			return null;
		});
		await this.#apply(read, settings, { input, before, damage });
	}

	/** Applies a content that is in no address, and reports what is wrong with it. */
	async open(content: PageContent): Promise<void> {
		await this.#reading.catch(() => undefined);
		await this.#open(content);
	}

	/** @param wasLeft whether it is what the page showed before, which anything typed since replaces */
	async #open({ search, input, files }: PageContent, wasLeft = false): Promise<void> {
		const before = this.#page.input();
		await this.#page.load?.();
		const read = ++this.#reads;
		await this.#apply(read, new URLSearchParams(search), { input, before, damage: [], wasLeft });
		if (files && read === this.#reads) await this.#page.openFiles?.(files);
	}

	/** Returns what the page shows now. */
	capture(): PageContent {
		const { search, content } = this.#link();
		const found = content();
		const { defaultInput = null } = this.#page;
		if (found === 'nothing') return { search, input: defaultInput, files: null };
		if (found === 'file') return { search, input: null, files: this.#page.files?.() ?? null };
		return { search, input: found, files: null };
	}

	async #apply(
		read: number,
		search: URLSearchParams,
		found: { input: LinkInput | null; before: unknown; damage: string[]; wasLeft?: boolean }
	): Promise<void> {
		const { input, before, damage, wasLeft } = found;
		const link = await this.#page.read(resolveLinked(search, this.#page.links), input);
		if (read !== this.#reads) return;
		const keepsInput = this.#page.input() !== before;
		this.#shown = null;
		link.take(link.problems.length + damage.length === 0, keepsInput);
		const kept = keepsInput && input && !wasLeft ? [LINK_INPUT_NOT_OPENED] : [];
		const problems = [...link.problems, ...damage, ...kept];
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
		this.#isUnreadable = link.isUnreadable ?? false;
	}

	/**
	 * Writes the state to the address once it stays unchanged.
	 * @returns a function that cancels it, because the address may belong to another page by then
	 */
	write(): () => void {
		const { search, content, isPlain = false, hasSample = false } = this.#link();
		clearTimeout(this.#timer);
		this.#isUnwritten = true;
		this.#timer = setTimeout(
			() => void this.#write(isPlain ? '' : search, content(), hasSample),
			DEBOUNCE_MS
		);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	/** Returns the link to what the page shows now, search and hash, outside of a frame, and why it lacks an input, if so. */
	async link(): Promise<{ readonly link: string; readonly lacks: 'long' | 'file' | null }> {
		const { search, content, isPlain = false, hasSample = false } = this.#link();
		const { hash, unlinked } = await hashOf(content(), this.#tooLong);
		const lacksSample = hasSample && !holdsSample(hash);
		const parts = this.#split(isPlain ? '' : search, hash);
		return {
			link: parts.search + parts.hash,
			lacks: unlinked ?? (lacksSample ? 'long' : null)
		};
	}

	/** The link to the current page, which describes the tokenizers of the user's own. */
	#link() {
		const { search, ...link } = this.#page.write();
		return { ...link, search: describeLinked(search, this.#page.links?.described ?? []) };
	}

	async #write(search: string, content: LinkContent, hasSample: boolean): Promise<void> {
		const write = ++this.#writes;
		const { hash, unlinked } = await hashOf(content, this.#tooLong);
		if (write !== this.#writes) return;
		this.#unlinked = unlinked;
		this.#lacksSample = hasSample && !holdsSample(hash);
		this.#written = this.#split(search, hash);
		this.#shown = this.#format(this.#written);
		if (this.#replace(this.#shown) === false) return;
		this.#isUnwritten = false;
		if (this.#current) this.#current = new URL(this.#current.pathname + this.#shown, this.#current);
	}

	#format({ search, hash }: AddressParts): string {
		return (this.#isEmbedded ? `?embed${search.replace('?', '&')}` : search) + hash;
	}

	/** Moves what no server may learn into the hash. */
	#split(search: string, hash: string): AddressParts {
		const parts = splitTyped(
			{ search, hash },
			new Set([LINKED_FIELD, ...(this.#page.typed ?? [])])
		);
		if (!this.#page.marksHash || parts.hash === '') return parts;
		return { ...parts, search: `${parts.search}${parts.search === '' ? '?' : '&'}${HASH_MARK}` };
	}
}

/** Encodes a content as a hash with its `#`, which is empty for none and for one that fits into no link. */
async function hashOf(content: LinkContent, tooLong: TooLong) {
	const encoded = typeof content === 'string' ? '' : await encodeTextHash(content, tooLong);
	const unlinked: PageAddress['unlinked'] =
		content === 'file' ? 'file' : encoded === null ? 'long' : null;
	return { hash: encoded ? `#${encoded}` : '', unlinked };
}
