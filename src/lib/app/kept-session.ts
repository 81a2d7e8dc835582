import { openDB, type DBSchema } from 'idb';
import { decodeUtf8, encodeUtf8 } from '../engine/text';
import { inTime } from '../session/in-time';
import type { LinkInput } from '../session/links/link-codec';
import type { SessionPage } from '../session/links/page-link';
import type { AddressParts } from '../session/links/typed-fields';
import type { CapturedSession } from './sessions';

interface Entry {
	/** Tab and page; for files also the word "files". */
	readonly key: string;
	/** In milliseconds since 1970. */
	readonly saved: number;
	/** With an empty list instead of its files, which have an entry of their own. */
	readonly session?: Omit<CapturedSession, 'text' | 'input'> & {
		/** `null` if it is the page's input, which may be long. */
		readonly text: StoredText | null;
		readonly input: (Omit<LinkInput, 'value'> & { readonly value: StoredText }) | null;
	};
	/** The page's link, which says less than the session: the search part is empty on an untouched page. */
	readonly link?: AddressParts;
	readonly files?: readonly File[];
}

/** UTF-8, or a string that cannot be UTF-8. A browser takes twice as long to store a long string. */
type StoredText = Uint8Array | string;

interface Schema extends DBSchema {
	sessions: { key: string; value: Entry };
}

const DATABASE = 'bpe-lab-tabs';
/** Name under which a tab remembers its id. */
const TAB = 'bpe-lab-tab';
/** Older entries are deleted when a page opens the database. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps what fits into no link in this browser, so that reloading the tab does not lose it. Without storage, nothing
 * is kept.
 */
export class KeptSession {
	#database: ReturnType<typeof openDB<Schema>> | undefined;
	/** The files that are kept of each page. An earlier visit may have kept some of a page that is missing here. They are stored again only if others take their place. */
	readonly #files = new Map<SessionPage, readonly File[] | null>();

	/**
	 * Replaces what is kept of a page.
	 * @param link to the page, as it was written to the address
	 * @param session `null` if the link holds everything
	 */
	async keep(
		page: SessionPage,
		link: AddressParts,
		session: CapturedSession | null
	): Promise<void> {
		try {
			const database = await this.#open();
			const key = keyOf(page);
			const saved = Date.now();
			const files = session?.files ?? null;
			const before = this.#files.get(page);
			const areKept =
				files?.length === before?.length &&
				files?.every((file, i) => file === before?.[i]) === true;
			if (files && !areKept) await database.put('sessions', { key: `${key} files`, saved, files });
			if (!files && before !== null) await database.delete('sessions', `${key} files`);
			this.#files.set(page, files);
			if (session) {
				const text = session.text === session.input?.value ? null : storedText(session.text);
				const input = session.input && {
					...session.input,
					value: storedText(session.input.value)
				};
				const stored = { ...session, text, input, files: files && [] };
				await database.put('sessions', { key, saved, link, session: stored });
			} else await database.delete('sessions', key);
		} catch (error) {
			// The page works without; only a reload then loses the text.
			console.warn('The browser does not keep the page for a reload:', error);
		}
	}

	/** The session of a page that this tab kept; `null` if there is none, or only one of another link. */
	async find(page: SessionPage, { search, hash }: AddressParts): Promise<CapturedSession | null> {
		const read = async () => {
			const key = keyOf(page);
			const database = await this.#open();
			const { session: saved, link } = (await database.get('sessions', key)) ?? {};
			if (!saved || link?.search !== search || link.hash !== hash) return null;
			const input = saved.input && {
				...saved.input,
				value: readText(saved.input.value)
			};
			const text = saved.text === null ? (input?.value ?? '') : readText(saved.text);
			const session = { ...saved, text, input };
			if (session.files === null) return session;
			const { files = null } = (await database.get('sessions', `${key} files`)) ?? {};
			return { ...session, files };
		};
		return (await inTime(read())) ?? null;
	}

	#open() {
		return (this.#database ??= openSessions());
	}
}

const storedText = (text: string): StoredText => (text.isWellFormed() ? encodeUtf8(text) : text);

const readText = (text: StoredText): string => (typeof text === 'string' ? text : decodeUtf8(text));

async function openSessions() {
	const database = await openDB<Schema>(DATABASE, 1, {
		upgrade: (upgraded) => {
			upgraded.createObjectStore('sessions', { keyPath: 'key' });
		},
		blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close()
	});
	const oldest = Date.now() - MAX_AGE_MS;
	for (const { key, saved } of await database.getAll('sessions'))
		if (saved < oldest) await database.delete('sessions', key);
	return database;
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

function keyOf(page: SessionPage): string {
	let tab = sessionStorage.getItem(TAB);
	if (tab === null) sessionStorage.setItem(TAB, (tab = crypto.randomUUID()));
	return `${tab} ${page}`;
}
