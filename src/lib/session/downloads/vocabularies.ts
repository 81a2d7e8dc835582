/**
 * Fetches packed vocabularies: kept in the browser's Cache Storage, checked for damage, and a
 * damaged copy is thrown away and fetched once more.
 */
import { VOCABULARY_ADDRESSES } from './addresses';
import { PackedFormatError, readPacked } from '../../engine/packed';
import type { TokenizerSpec } from '../../engine';
import { DownloadError, fetchBytes, gunzipped, type DownloadProgress } from './fetch-bytes';

export { DownloadError, type DownloadProgress };

const CACHE = 'bpe-lab-vocabularies';

/**
 * The spec of a catalogue tokenizer.
 * @throws DownloadError when the network, the server or the file fails.
 */
export async function downloadSpec(
	id: string,
	onprogress: (progress: DownloadProgress) => void,
	signal?: AbortSignal
): Promise<TokenizerSpec> {
	const address = VOCABULARY_ADDRESSES.get(id);
	if (address === undefined) {
		throw new DownloadError(`There is no vocabulary named "${id}" in this build of the lab.`);
	}
	const cache = await openCache();
	const cached = await cache?.match(address).catch(() => undefined);
	if (cached) {
		try {
			return await unpack(id, new Uint8Array(await cached.arrayBuffer()));
		} catch {
			// Damaged in the cache: forget it and fetch anew, once.
			await cache?.delete(address);
		}
	}
	const bytes = await fetchBytes(`The vocabulary of ${id}`, address, onprogress, signal);
	let spec: TokenizerSpec;
	try {
		spec = await unpack(id, bytes);
	} catch (error) {
		throw new DownloadError(
			`The vocabulary of ${id} arrived damaged (${error instanceof Error ? error.message : String(error)}). Try again.`
		);
	}
	await cache
		?.put(address, new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } }))
		// A full disk only means that the file is fetched again next time.
		.catch(() => undefined);
	return spec;
}

async function openCache(): Promise<Cache | undefined> {
	// Cache Storage exists in secure contexts only; without it the HTTP cache serves.
	if (typeof caches === 'undefined') return undefined;
	try {
		const cache = await caches.open(CACHE);
		return cache;
	} catch {
		return undefined;
	}
}

/** Forgets vocabularies of earlier builds. */
export async function dropStaleVocabularies(): Promise<void> {
	const cache = await openCache();
	if (!cache) return;
	const current = new Set(
		[...VOCABULARY_ADDRESSES.values()].map((address) => new URL(address, location.href).href)
	);
	for (const request of await cache.keys()) {
		if (!current.has(request.url)) await cache.delete(request);
	}
}

/** Undoes the gzip and reads the file. */
export async function unpack(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<TokenizerSpec> {
	const { name, spec } = readPacked(await gunzipped(bytes));
	if (name !== id) {
		throw new PackedFormatError(`packed vocabulary: got the one of "${name}", expected "${id}"`);
	}
	return spec;
}
