import { haveSameBytes } from '../engine/text';
import type { Lab } from '../session/lab.svelte';
import type { PageContent } from '../session/links/page-address.svelte';
import { SESSION_PAGES, type SessionPage } from '../session/links/page-link';
import type { Session } from '../session/session-file';
import { MAX_TEXT_FILE_BYTES, readTextFile } from '../session/text-file';
import { describeLeftOut, NOTHING_SHOWN } from './messages';

/** Total size of the files that a session file holds, in bytes. */
const MAX_SESSION_FILES_BYTES = MAX_TEXT_FILE_BYTES;

/** Name under which a tab stores its id, once it has kept a page. */
const TAB = 'bpe-lab-tab';

/** Id of this tab, which a reload does not change. @throws DOMException without storage */
export function tabId(): string {
	let tab = sessionStorage.getItem(TAB);
	if (tab === null) sessionStorage.setItem(TAB, (tab = crypto.randomUUID()));
	return tab;
}

/** Whether this tab may have kept a page. */
export function hasKeptPages(): boolean {
	try {
		return sessionStorage.getItem(TAB) !== null;
	} catch {
		// Without storage, nothing is kept.
		return false;
	}
}

/** Lets a tab that this one opened keep pages of its own. The browser copies the storage of this tab into it. */
export function separateTab(tab: Window): void {
	try {
		tab.sessionStorage.removeItem(TAB);
	} catch (error) {
		// Without storage, nothing was copied.
		console.warn('The storage of the new tab cannot be read:', error);
	}
}

/** Content of a page without a link of its own. */
const EMPTY: PageContent = { search: '', input: null, files: null };

/** A page as it is shown, with its files. */
export interface CapturedSession extends PageContent {
	readonly page: SessionPage;
	/** Text that all pages share. */
	readonly text: string;
}

/** Moves between pages and their whole content: captures it, restores it, and writes it to a file. */
export class Sessions {
	readonly #lab: Lab;
	readonly #path: () => string | null;
	readonly #go: (page: SessionPage) => Promise<void>;

	/**
	 * @param path of the page that is shown, without the base of the site: `drift/diff`; `null` for an unknown one
	 * @param go opens a page without a link
	 */
	constructor(lab: Lab, path: () => string | null, go: (page: SessionPage) => Promise<void>) {
		this.#lab = lab;
		this.#path = path;
		this.#go = go;
	}

	/** The page that is shown; `null` for an unknown one. */
	get page(): SessionPage | null {
		return SESSION_PAGES.find((page) => page === this.#path()) ?? null;
	}

	/** `null` if no page is shown. */
	capture(): CapturedSession | null {
		const { page } = this;
		const content = this.#lab.shown?.address?.capture();
		if (page === null || !this.#lab.shown) return null;
		return { page, text: this.#lab.compare.text, ...(content ?? EMPTY) };
	}

	/**
	 * Opens a page, and a content in it.
	 * @param content `null` leaves the page as it is
	 * @throws Error if the page cannot be opened
	 */
	async show(page: SessionPage, content: PageContent | null): Promise<void> {
		if (this.page !== page) await this.#go(page);
		if (!this.#lab.shown) throw new Error(NOTHING_SHOWN);
		if (content) await this.#lab.shown.address?.open(content);
	}

	/** Captures what is shown. @returns goes back to it */
	remember(): () => Promise<void> {
		const captured = this.capture();
		return () => this.restore(captured);
	}

	/** Goes back to what was captured. */
	async restore(session: CapturedSession | null): Promise<void> {
		if (!session) return;
		this.#lab.compare.setText(session.text);
		await this.show(session.page, session);
	}

	/**
	 * Saves the tokenizers of a session in this browser, and shows its page.
	 * @returns goes back, and deletes the tokenizers that were not saved before
	 */
	async open(session: Session): Promise<() => Promise<void>> {
		const { savedTokenizers } = this.#lab;
		const back = this.remember();
		const added: string[] = [];
		await savedTokenizers.load();
		let { search } = session;
		for (const tokenizer of session.tokenizers) {
			const known = savedTokenizers.find(tokenizer.id);
			if (known && haveSameBytes(known.file, tokenizer.file)) continue;
			const { id } = await savedTokenizers.save(tokenizer);
			added.push(id);
			search = search.replaceAll(tokenizer.id, id);
		}
		const files =
			session.files?.map(({ name, text, type }) => new File([text], name, { type })) ?? null;
		await this.restore({ ...session, search, files });
		return async () => {
			for (const id of added) await savedTokenizers.remove(id);
			await back();
		};
	}

	/**
	 * Writes what is shown as a session file.
	 * @returns the file, and a note on what it leaves out
	 */
	async write(): Promise<{ name: string; text: string; note: string | null } | null> {
		const captured = this.capture();
		if (!captured) return null;
		const { page, search, input, text } = captured;
		const files = captured.files ?? [];
		const bytes = files.reduce((sum, { size }) => sum + size, 0);
		const isTooLarge = bytes > MAX_SESSION_FILES_BYTES;
		const texts = isTooLarge ? [] : await Promise.all(files.map((file) => readTextFile(file)));
		const tokenizers = this.tokenizersIn(search);
		const { writeSession } = await import('../session/session-file');
		return {
			name: `${page.replace('drift/', '') || 'compare'}.bpelab.json`,
			text: writeSession({
				page,
				search,
				input,
				text,
				tokenizers,
				files:
					texts.length > 0
						? texts.map(({ name, text }, i) => ({ name, text, type: files[i].type }))
						: null
			}),
			note: isTooLarge ? describeLeftOut(bytes, MAX_SESSION_FILES_BYTES) : null
		};
	}

	/** Saved tokenizers that a link names. */
	tokenizersIn(search: string) {
		return this.#lab.savedTokenizers.list.filter(({ id }) => search.includes(id));
	}
}
