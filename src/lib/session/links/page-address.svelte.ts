import { messageOf } from '../../workers/client';
import type { TokenizerNames } from './fields';
import { decodeTextHash, encodeTextHash, type LinkInput } from './link-codec';

/** How long the state must rest before it is written, in milliseconds. */
const DEBOUNCE_MS = 300;

/** The tokenizers that an address may name; a test passes a plain object. */
export interface Names extends TokenizerNames {
	/** Resolves when `has` can answer for all. */
	load(): Promise<void>;
}

/** What the hash is to carry: nothing where the page shows what it shows by default, never a file. */
export type LinkContent = LinkInput | 'nothing' | 'file';

/** A link that was read and not yet followed. */
export interface OpenedLink {
	/** What is wrong with it, in sentences; complete once `take` has returned. */
	readonly problems: readonly string[];
	/**
	 * Takes over what it says. Called only if no later link was read meanwhile.
	 * @param isSound whether nothing is wrong with it, its hash included
	 */
	take(isSound: boolean): void;
}

/** Binds a page's state to its links. */
export interface LinkedPage {
	/** Resolves when every name that a link may use is known. */
	load?(): Promise<void>;
	/** @param input what the hash carries; `null` for nothing or a damaged hash */
	read(search: URLSearchParams, input: LinkInput | null): OpenedLink | Promise<OpenedLink>;
	/**
	 * The link to the page as it is. Reads the state, so that an effect follows it.
	 * `content` is called only when the link is written.
	 */
	write(): { readonly search: string; readonly content: () => LinkContent };
}

/** Keeps a page's address and its state in step: a link restores what was seen. */
export class PageAddress {
	#problem = $state<string | null>(null);
	#unlinked = $state<'long' | 'file' | null>(null);
	readonly #page: LinkedPage;
	readonly #replace: (address: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Count what was read and written, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** Written last, so that the page's own change is not read back; the hash begins with its `#` or is empty. */
	#written: { readonly search: string; readonly hash: string } | null = null;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(page: LinkedPage, replace: (address: string) => void) {
		this.#page = page;
		this.#replace = replace;
	}

	/** What is wrong with the link, for people; `null` if nothing is. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Why the hash does not carry what it should: too long, or a file. */
	get unlinked(): 'long' | 'file' | null {
		return this.#unlinked;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/**
	 * Takes over what an address asks for, and says what is wrong with it. A plain address asks for the
	 * page as it was left, not as it is by default.
	 */
	async read({ search, searchParams, hash }: URL): Promise<void> {
		await this.#page.load?.();
		const isOwn = search === this.#written?.search && hash === this.#written.hash;
		if (isOwn || (searchParams.size === 0 && hash === '')) return;
		const read = ++this.#reads;
		const damage: string[] = [];
		const input = await decodeTextHash(hash).catch((error: unknown) => {
			damage.push(messageOf(error));
			return null;
		});
		const link = await this.#page.read(searchParams, input);
		if (read !== this.#reads) return;
		link.take(link.problems.length + damage.length === 0);
		const problems = [...link.problems, ...damage];
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
	}

	/**
	 * Writes the state to the address once it rests, and only the last one.
	 * @returns cancels it: the address may be another page's by then
	 */
	write(): () => void {
		const { search, content } = this.#page.write();
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#write(search, content()), DEBOUNCE_MS);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	async #write(search: string, content: LinkContent): Promise<void> {
		const write = ++this.#writes;
		const encoded = typeof content === 'string' ? '' : await encodeTextHash(content);
		if (write !== this.#writes) return;
		this.#unlinked = content === 'file' ? 'file' : encoded === null ? 'long' : null;
		const hash = encoded ? `#${encoded}` : '';
		this.#written = { search, hash };
		this.#replace(search + hash);
	}
}
