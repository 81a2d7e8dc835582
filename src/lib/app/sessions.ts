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

/** A text, or the key under which a longer one is kept. */
type KeptText = string | { readonly key: string };

/** What a reload, Back and Forward return to. JSON, because a tab stores it as that. */
export interface Snapshot extends Pick<CapturedPage, 'page' | 'search'> {
	readonly text: KeptText;
	readonly input: (Omit<LinkInput, 'value'> & { readonly value: KeptText }) | null;
	/** The key under which files are kept; `null` if there are none. */
	readonly files: string | null;
}

/** Length of the longest text in a snapshot, in UTF-16 code units: a tab stores those of all its pages in one string. */
const MAX_SNAPSHOT_UNITS = 16_000;
/** The same for a text that is being stored elsewhere, which a reload right now would interrupt. */
const MAX_UNSTORED_UNITS = 500_000;

/** Moves between pages and their whole content: captures it and restores it. */
export class Sessions {
	readonly #lab: Lab;
	readonly #path: () => string | null;
	readonly #go: (page: SessionPage) => Promise<void>;
	readonly #kept = new KeptValues();
	/** The snapshot that is being restored. */
	#returning: Snapshot | null = null;

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
	capture(): CapturedPage | null {
		const { page } = this;
		const content = this.#lab.shown?.document?.capture();
		return page === null || !content ? null : { page, text: this.#lab.input.text, ...content };
	}

	/** Captures what is shown for a reload, and keeps what is too long for it. `null` if no page is shown. */
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

	/** Goes back to a snapshot of the page that is shown. */
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
			// The storage may have lost a part.
			if (!isFound || files === undefined || typeof files === 'string') return;
			// Something else is shown by now.
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
	 * Opens a page, and a content in it.
	 * @param content `null` leaves the page as it is
	 * @throws Error if the page cannot be opened
	 */
	async show(page: SessionPage, content: PageContent | null): Promise<void> {
		if (this.page !== page) await this.#go(page);
		if (!this.#lab.shown) throw new Error(NOTHING_SHOWN);
		if (content) await this.#lab.shown.document?.open(content);
	}

	/** Captures what is shown. @returns goes back to it */
	remember(): () => Promise<void> {
		const captured = this.capture();
		return () => this.restore(captured);
	}

	/** Goes back to what was captured. */
	async restore(session: CapturedPage | null): Promise<void> {
		if (!session) return;
		this.#lab.input.text = session.text;
		await this.show(session.page, session);
	}

	/** Saved tokenizers that a link names. */
	tokenizersIn(search: string) {
		return this.#lab.savedTokenizers.list.filter(({ id }) => search.includes(id));
	}
}
