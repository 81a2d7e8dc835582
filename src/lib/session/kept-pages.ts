import { decodeUtf8, encodeUtf8 } from '../engine/text';
import { connect, type StoredText } from './database';
import { inTime } from './in-time';
import type { CapturedPage } from './links/page-address.svelte';
import type { SessionPage } from './links/page-link';
import type { AddressParts } from './links/typed-fields';

/** Name under which a tab remembers its id. */
const TAB = 'bpe-lab-tab';
/** Older entries are deleted when a page opens the database. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps what fits into no link in this browser, so that reloading the tab does not lose it. Without storage, nothing
 * is kept.
 */
export class KeptPages {
	readonly #connect = connect();
	#isCleared = false;
	/** The files that are kept of each page. An earlier visit may have kept some of a page that is missing here. They are stored again only if others take their place. */
	readonly #files = new Map<SessionPage, readonly File[] | null>();

	/**
	 * Replaces what is kept of a page.
	 * @param link to the page, as it was written to the address
	 * @param session `null` if the link holds everything
	 */
	async keep(page: SessionPage, link: AddressParts, session: CapturedPage | null): Promise<void> {
		try {
			const database = await this.#open();
			const key = keyOf(page);
			const saved = Date.now();
			const files = session?.files ?? null;
			const before = this.#files.get(page);
			const areKept =
				files?.length === before?.length &&
				files?.every((file, i) => file === before?.[i]) === true;
			if (files && !areKept) await database.put('pages', { key: `${key} files`, saved, files });
			if (!files && before !== null) await database.delete('pages', `${key} files`);
			this.#files.set(page, files);
			if (session) {
				const text = session.text === session.input?.value ? null : storedText(session.text);
				const input = session.input && {
					...session.input,
					value: storedText(session.input.value)
				};
				const stored = { ...session, text, input, files: files && [] };
				await database.put('pages', { key, saved, link, session: stored });
			} else await database.delete('pages', key);
		} catch (error) {
			// The page works without; only a reload then loses the text.
			console.warn('The browser does not keep the page for a reload:', error);
		}
	}

	/** The session of a page that this tab kept; `null` if there is none, or only one of another link. */
	async find(page: SessionPage, { search, hash }: AddressParts): Promise<CapturedPage | null> {
		const read = async () => {
			const key = keyOf(page);
			const database = await this.#open();
			const { session: saved, link } = (await database.get('pages', key)) ?? {};
			if (!saved || link?.search !== search || link.hash !== hash) return null;
			const input = saved.input && {
				...saved.input,
				value: readText(saved.input.value)
			};
			const text = saved.text === null ? (input?.value ?? '') : readText(saved.text);
			const session = { ...saved, text, input };
			if (session.files === null) return session;
			const { files = null } = (await database.get('pages', `${key} files`)) ?? {};
			return { ...session, files };
		};
		return (await inTime(read())) ?? null;
	}

	async #open() {
		const database = await this.#connect();
		if (this.#isCleared) return database;
		this.#isCleared = true;
		const oldest = Date.now() - MAX_AGE_MS;
		for (const { key, saved } of await database.getAll('pages'))
			if (saved < oldest) await database.delete('pages', key);
		return database;
	}
}

const storedText = (text: string): StoredText => (text.isWellFormed() ? encodeUtf8(text) : text);

const readText = (text: StoredText): string => (typeof text === 'string' ? text : decodeUtf8(text));

/** Lets a tab that this one opened keep pages of its own. The browser copies the storage of this tab into it. */
export function separateTab(tab: Window): void {
	try {
		tab.sessionStorage.removeItem(TAB);
	} catch (error) {
		// Without storage, nothing was copied.
		console.warn('The storage of the new tab cannot be read:', error);
	}
}

function keyOf(page: SessionPage): string {
	let tab = sessionStorage.getItem(TAB);
	if (tab === null) sessionStorage.setItem(TAB, (tab = crypto.randomUUID()));
	return `${tab} ${page}`;
}
