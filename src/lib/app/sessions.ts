import { KeptValues } from '../session/kept-values';
import type { Lab } from '../session/lab.svelte';
import type { LinkInput } from '../session/documents/link-codec';
import {
	SESSION_PAGES,
	type CapturedPage,
	type PageContent,
	type SessionPage
} from '../session/documents/page-link';
import { NOTHING_SHOWN } from './messages';

/** A text, or the key that a longer text is stored under. */
type KeptText = string | { readonly key: string };

/**
 * State to restore after a reload and on Back and Forward. Contains only JSON values, because the browser stores it as
 * JSON.
 */
export interface Snapshot extends Pick<CapturedPage, 'page' | 'search'> {
	readonly text: KeptText;
	readonly input: (Omit<LinkInput, 'value'> & { readonly value: KeptText }) | null;
	/** Key that the files are stored under; `null` if there are none. */
	readonly files: string | null;
}

/**
 * Maximum length of a text in a snapshot, in UTF-16 code units. The browser stores the snapshots of all pages of a tab
 * as one string.
 */
const MAX_SNAPSHOT_UNITS = 16_000;
/**
 * Maximum length, in UTF-16 code units, of a text in a snapshot while the text is still being stored in the database.
 * This limit is higher, because a reload would interrupt storing the text.
 */
const MAX_UNSTORED_UNITS = 500_000;

/** Captures and restores the content of pages, and moves between pages. */
export class Sessions {
	readonly #lab: Lab;
	readonly #path: () => string | null;
	readonly #go: (page: SessionPage) => Promise<void>;
	readonly #kept = new KeptValues();
	#returning: Snapshot | null = null;

	/**
	 * @param path path of the current page, relative to the site's base, such as `drift/diff`; `null` if unknown
	 * @param go opens a page without any content from a link
	 */
	constructor(lab: Lab, path: () => string | null, go: (page: SessionPage) => Promise<void>) {
		this.#lab = lab;
		this.#path = path;
		this.#go = go;
	}

	/** The current page; `null` if unknown. */
	get page(): SessionPage | null {
		return SESSION_PAGES.find((page) => page === this.#path()) ?? null;
	}

	/** `null` if no page is shown. */
	capture(): CapturedPage | null {
		const { page } = this;
		const content = this.#lab.shown?.document?.capture();
		return page === null || !content ? null : { page, text: this.#lab.input.text, ...content };
	}

	/**
	 * Captures the page's content, to be restored after a reload. Anything too long for the snapshot is stored
	 * separately. Returns `null` if no page is shown.
	 */
	snapshot(): Snapshot | null {
		if (this.#returning) return this.#returning;
		const captured = this.capture();
		if (!captured) return null;
		const keep = (text: string): KeptText => {
			if (text.length <= MAX_SNAPSHOT_UNITS) return text;
			const { key, isStored } = this.#kept.keep(text);
			return isStored || text.length > MAX_UNSTORED_UNITS ? { key } : text;
		};
		const { input, files, text } = captured;
		return {
			...captured,
			text: keep(text),
			input: input && { ...input, value: keep(input.value) },
			files: files && files.length > 0 ? this.#kept.keep(files).key : null
		};
	}

	/** Restores a snapshot of the current page. */
	async return(snapshot: Snapshot | null): Promise<void> {
		if (snapshot?.page !== this.page) return;
		this.#returning = snapshot;
		try {
			const read = (text: KeptText) =>
				typeof text === 'string' ? text : this.#kept.find(text.key);
			const { input, files: key } = snapshot;
			const text = await read(snapshot.text);
			const value = await read(input?.value ?? '');
			const files = key === null ? null : await this.#kept.find(key);
			const isFound = typeof text === 'string' && typeof value === 'string';
			// The browser may have deleted part of what was stored.
			if (!isFound || files === undefined || typeof files === 'string') return;
			// The visitor has already left the page.
			if (this.#returning !== snapshot || snapshot.page !== this.page) return;
			await this.restore({
				...snapshot,
				text,
				input: input && { ...input, value },
				files
			});
		} finally {
			if (this.#returning === snapshot) this.#returning = null;
		}
	}

	/**
	 * Opens a page with the given content.
	 * @param content `null` leaves the page unchanged
	 * @throws Error if the page can't be opened
	 */
	async show(page: SessionPage, content: PageContent | null): Promise<void> {
		if (this.page !== page) await this.#go(page);
		if (!this.#lab.shown) throw new Error(NOTHING_SHOWN);
		if (content) await this.#lab.shown.document?.open(content);
	}

	/** Captures the page's content. @returns a function that opens the page again with this content */
	remember(): () => Promise<void> {
		const captured = this.capture();
		return () => this.restore(captured);
	}

	async restore(session: CapturedPage | null): Promise<void> {
		if (!session) return;
		this.#lab.input.text = session.text;
		await this.show(session.page, session);
	}

	/** Saved tokenizers that a link refers to. */
	tokenizersIn(search: string) {
		return this.#lab.savedTokenizers.list.filter(({ id }) => search.includes(id));
	}
}
