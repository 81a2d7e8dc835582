import type { Lab } from '../session/lab.svelte';
import type { CapturedPage, PageContent } from '../session/links/page-address.svelte';
import { SESSION_PAGES, type SessionPage } from '../session/links/page-link';
import { NOTHING_SHOWN } from './messages';

/** Content of a page without a link of its own. */
const EMPTY: PageContent = { search: '', input: null, files: null };

/** Moves between pages and their whole content: captures it and restores it. */
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
	capture(): CapturedPage | null {
		const { page } = this;
		const content = this.#lab.shown?.address?.capture();
		if (page === null || !this.#lab.shown) return null;
		return { page, text: this.#lab.shared.text, ...(content ?? EMPTY) };
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
	async restore(session: CapturedPage | null): Promise<void> {
		if (!session) return;
		this.#lab.shared.setText(session.text);
		await this.show(session.page, session);
	}

	/** Saved tokenizers that a link names. */
	tokenizersIn(search: string) {
		return this.#lab.savedTokenizers.list.filter(({ id }) => search.includes(id));
	}
}
