/** The vocabularies and texts of this build that can be kept in the browser, each in Cache Storage under its address. */
import { hexOf } from '../../engine/text';
import facts from '../../generated/file-facts.json';
import { CORPORA, CORPUS_ADDRESSES } from '../../session/downloads/corpora';
import { dropOthers, TEXT_CACHE, VOCABULARY_CACHE } from '../../session/downloads/caches';
import { DownloadError, fetchBytes, gunzipped } from '../../session/downloads/fetch-bytes';
import { LANGUAGES, LANGUAGE_TEXTS } from '../../session/downloads/language-texts';
import { VOCABULARY_ADDRESSES } from '../../session/downloads/vocabularies';
import { formatBytes } from '../../session/format';
import { inTime, within } from '../../session/in-time';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { DEMO_CORPUS } from '../../tokenizers/catalogue/shared/demo-tokenizers';

export interface KeepableFile {
	readonly id: string;
	readonly name: string;
	/** Beginning of a sentence about the file: "The vocabulary of gpt2" */
	readonly subject: string;
	readonly cache: string;
	readonly address: string;
	/** Number of bytes as it is downloaded. */
	readonly size: number;
	/** SHA-256 of the decompressed content, in hexadecimal. */
	readonly sha256: string;
	/** Id of the file that this one is a difference to, and is of no use without. */
	readonly parent: string | undefined;
}

/** Space of the whole site, as far as the browser tells. */
export interface SiteStorage {
	/** Bytes in use. */
	readonly usage: number | undefined;
	/** Bytes that the browser allows. */
	readonly quota: number | undefined;
	/** Whether the browser deletes nothing by itself. */
	readonly isPersistent: boolean | undefined;
	/** Whether the browser was asked on this visit to delete nothing by itself, and has answered. */
	readonly wasAsked: boolean;
}

/** Number of bytes and SHA-256 of a file, by its name. */
const FACTS = new Map(Object.entries(facts as Record<string, readonly (number | string)[]>));

function describe(
	file: string,
	address: string,
	rest: Omit<KeepableFile, 'address' | 'size' | 'sha256'>
): KeepableFile {
	const [size, sha256] = FACTS.get(file) ?? [];
	return {
		...rest,
		address: new URL(address, location.href).href,
		size: Number(size),
		sha256: String(sha256)
	};
}

/** The tokenizers of the catalogue, in its order. */
export const keepableTokenizers = (): KeepableFile[] =>
	CATALOGUE.map(({ id, parent }) =>
		describe(`${id}.bin`, VOCABULARY_ADDRESSES.get(id) ?? '', {
			id,
			name: id,
			subject: `The vocabulary of ${id}`,
			cache: VOCABULARY_CACHE,
			parent
		})
	);

/** Texts that are not part of the app. Only the service worker reads them from the cache. */
export const keepableTexts = (): KeepableFile[] => [
	describe('languages/all.bin', LANGUAGE_TEXTS, {
		id: 'text:declarations',
		name: `Declaration in ${LANGUAGES.length} languages`,
		subject: 'The texts of the languages',
		cache: TEXT_CACHE,
		parent: undefined
	}),
	...[...CORPUS_ADDRESSES]
		// It is part of the app.
		.filter(([id]) => id !== 'english')
		.map(([id, address]) => {
			const name = CORPORA.find((corpus) => corpus.id === id)?.name;
			return describe(`corpora/${id}.txt`, address, {
				id: `text:${id}`,
				name: name ? `Corpus: ${name}` : id === DEMO_CORPUS ? 'Country profiles' : id,
				subject: 'The text',
				cache: TEXT_CACHE,
				parent: undefined
			});
		})
];

/** Maximum time to wait for Cache Storage, in milliseconds. */
export const CACHE_TIMEOUT_MS = 10_000;

/** The browser did not store, find or delete a file. The message is user-facing. */
export class KeepError extends Error {
	override readonly name = 'KeepError';
}

/** Answer of Cache Storage. @throws KeepError if it does not answer in time */
const answered = <T>(answer: Promise<T>): Promise<T> =>
	within(answer, CACHE_TIMEOUT_MS, () => {
		throw new KeepError('This browser’s storage does not answer. Reload the page.');
	});

/** Ids of the files that are kept, each with all that it is a difference to. @throws KeepError or DOMException if the browser refuses */
export async function findKept(files: readonly KeepableFile[]): Promise<Set<string>> {
	const addresses = new Set<string>();
	for (const name of new Set(files.map(({ cache }) => cache))) {
		const cache = await answered(caches.open(name));
		for (const { url } of await answered(cache.keys())) addresses.add(url);
	}
	const byId = new Map(files.map((file) => [file.id, file]));
	const isKept = ({ address, parent }: KeepableFile): boolean => {
		const base = parent === undefined ? undefined : byId.get(parent);
		return addresses.has(address) && (base === undefined || isKept(base));
	};
	return new Set(files.filter(isKept).map(({ id }) => id));
}

/**
 * Downloads a file, checks it and keeps it, unless it is kept already. Two pages never download it at the same time.
 * @throws DownloadError if the network, the server or the file fails; KeepError if the browser does not store it; the
 * signal's reason if it is aborted
 */
export async function keepFile(
	file: KeepableFile,
	onreceived: (bytes: number) => void,
	signal: AbortSignal
): Promise<void> {
	await navigator.locks.request(`bpe-lab-keep ${file.address}`, { signal }, async () => {
		const cache = await answered(caches.open(file.cache));
		if (await answered(cache.match(file.address))) return;
		const bytes = await fetchBytes(
			file.subject,
			file.address,
			({ received }) => onreceived(received),
			signal
		);
		if (!(await hasContent(bytes, file)))
			throw new DownloadError(
				`${file.subject} arrived damaged (its SHA-256 is not the expected one). Try again.`
			);
		signal.throwIfAborted();
		const headers = { 'content-type': 'application/octet-stream' };
		try {
			await answered(cache.put(file.address, new Response(bytes, { headers })));
		} catch (error) {
			if (error instanceof KeepError) throw error;
			const isFull = error instanceof Error && error.name === 'QuotaExceededError';
			throw new KeepError(
				isFull
					? `This browser has no room for ${file.name} (${formatBytes(file.size)}). Remove others or free up space, and try again.`
					: `This browser did not store ${file.name}. Try again.`
			);
		}
	});
}

async function hasContent(
	bytes: Uint8Array<ArrayBuffer>,
	{ sha256 }: KeepableFile
): Promise<boolean> {
	const content = await gunzipped(bytes).catch(() => null);
	if (content === null) return false;
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
	return hexOf(digest) === sha256;
}

/** @throws KeepError or DOMException if the browser refuses */
export async function removeFile({ cache: name, address }: KeepableFile): Promise<void> {
	const cache = await answered(caches.open(name));
	await answered(cache.delete(address));
}

/** Deletes the vocabularies of earlier builds. With a service worker, it does so once no page needs them. */
export async function dropStaleVocabularies(): Promise<void> {
	// Cache Storage exists only in secure contexts.
	if (typeof caches === 'undefined') return;
	const cache = await inTime(caches.open(VOCABULARY_CACHE));
	if (cache) await inTime(dropOthers(cache, new Set(VOCABULARY_ADDRESSES.values())));
}
