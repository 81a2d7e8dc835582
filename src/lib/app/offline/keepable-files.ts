/** The vocabularies and texts of this build that can be kept in the browser, each in Cache Storage under its address. */
import { hexOf } from '../../engine/text';
import facts from '../../generated/file-facts.json';
import { CORPORA, CORPUS_ADDRESSES } from '../../session/downloads/corpora';
import { dropOthers, TEXT_CACHE, VOCABULARY_CACHE } from '../../session/downloads/caches';
import {
	DownloadError,
	fetchBytes,
	gunzipped,
	type DownloadProgress
} from '../../session/downloads/fetch-bytes';
import { LANGUAGES, LANGUAGE_TEXTS } from '../../session/downloads/language-texts';
import { VOCABULARY_ADDRESSES } from '../../session/downloads/vocabularies';
import { reasonOf } from '../../session/format';
import { inTime, within } from '../../session/in-time';
import { CATALOGUE } from '../../tokenizers/catalogue';

export interface KeepableFile {
	readonly name: string;
	/** Beginning of a sentence about the file: "The vocabulary of gpt2" */
	readonly subject: string;
	/** Name of the cache that the file belongs in. */
	readonly cache: string;
	readonly address: string;
	/** Download size in bytes. */
	readonly size: number;
	/** SHA-256 of the decompressed content, in hexadecimal. */
	readonly sha256: string;
}

/** @param file its name in `facts` */
function describe(
	file: string,
	address: string,
	rest: Pick<KeepableFile, 'name' | 'subject' | 'cache'>
): KeepableFile {
	const [size, sha256] = (facts as Record<string, readonly (number | string)[]>)[file];
	const { href } = new URL(address, location.href);
	return { ...rest, address: href, size: Number(size), sha256: String(sha256) };
}

/** The built-in tokenizers, largest first: a vocabulary stored as a difference from another is the smaller of the two. */
export const keepableTokenizers = (): KeepableFile[] =>
	CATALOGUE.map(({ id }) =>
		describe(`${id}.bin`, VOCABULARY_ADDRESSES.get(id) ?? '', {
			name: id,
			subject: `The vocabulary of ${id}`,
			cache: VOCABULARY_CACHE
		})
	).sort((a, b) => b.size - a.size);

/** Texts that are not part of the app. Only the service worker reads them from the cache. */
export const keepableTexts = (): KeepableFile[] => [
	describe('languages/all.bin', LANGUAGE_TEXTS, {
		name: `Declaration in ${LANGUAGES.length} languages`,
		subject: 'The texts of the languages',
		cache: TEXT_CACHE
	}),
	...[...CORPUS_ADDRESSES]
		// It is part of the app.
		.filter(([id]) => id !== 'english')
		.map(([id, address]) =>
			describe(`corpora/${id}.txt`, address, {
				name: `Corpus: ${CORPORA.find((corpus) => corpus.id === id)?.name ?? 'Country profiles'}`,
				subject: 'The text',
				cache: TEXT_CACHE
			})
		)
];

/** Maximum time to wait for Cache Storage, in milliseconds. */
const CACHE_TIMEOUT_MS = 10_000;

/** Answer of Cache Storage. @throws DOMException if it does not answer in time */
const answered = <T>(answer: Promise<T>): Promise<T> =>
	within(answer, CACHE_TIMEOUT_MS, () => {
		throw new DOMException('no answer for 10 seconds', 'TimeoutError');
	});

/** Addresses of everything in the files' caches. @throws DOMException if the browser refuses */
export async function findKept(files: readonly KeepableFile[]): Promise<Set<string>> {
	const addresses = new Set<string>();
	for (const name of new Set(files.map(({ cache }) => cache))) {
		const cache = await answered(caches.open(name));
		for (const { url } of await answered(cache.keys())) addresses.add(url);
	}
	return addresses;
}

/**
 * Downloads, checks and keeps a file that isn't kept yet. Two tabs never download the same file at the same time.
 * @throws DownloadError if the network, the server or the file fails; DOMException if the browser does not store it;
 * the signal's reason if it is aborted
 */
export async function keepFile(
	{ subject, cache: name, address, sha256 }: KeepableFile,
	onprogress: (progress: DownloadProgress) => void,
	signal: AbortSignal
): Promise<void> {
	await navigator.locks.request(`bpe-lab-keep ${address}`, { signal }, async () => {
		const cache = await answered(caches.open(name));
		if (await answered(cache.match(address))) return;
		const bytes = await fetchBytes(subject, address, onprogress, signal);
		if (!(await hasContent(bytes, sha256)))
			throw new DownloadError(
				`${subject} arrived damaged (its SHA-256 is not the expected one). Try again.`
			);
		signal.throwIfAborted();
		const headers = { 'content-type': 'application/octet-stream' };
		await answered(cache.put(address, new Response(bytes, { headers })));
	});
}

async function hasContent(file: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean> {
	const content = await gunzipped(file).catch(() => new Uint8Array());
	return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', content))) === sha256;
}

/** @throws DOMException if the browser refuses */
export async function removeFile({ cache: name, address }: KeepableFile): Promise<void> {
	const cache = await answered(caches.open(name));
	await answered(cache.delete(address));
}

/** Describes what the functions above throw. */
export function describeStorageError(error: unknown): string {
	if (error instanceof DownloadError) return error.message;
	return error instanceof Error && error.name === 'QuotaExceededError'
		? 'This browser has no room for more files. Free up space and try again.'
		: `This browser’s storage failed (${reasonOf(error)}). Reload the page and try again.`;
}

/** Deletes the vocabularies of earlier builds. With a service worker, it does so once no page needs them. */
export async function dropStaleVocabularies(): Promise<void> {
	// Cache Storage exists only in secure contexts.
	if (typeof caches === 'undefined') return;
	const cache = await inTime(caches.open(VOCABULARY_CACHE));
	if (cache) await inTime(dropOthers(cache, new Set(VOCABULARY_ADDRESSES.values())));
}
