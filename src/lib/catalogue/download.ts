/**
 * Fetches packed vocabularies: kept in the browser's Cache Storage, checked for damage, and a
 * damaged copy is thrown away and fetched once more.
 */
import { PackedFormatError, readPacked } from '../engine/formats/packed';
import type { TokenizerSpec } from '../engine/spec';

const CACHE = 'bpe-lab-vocabularies';

/** Hashed addresses of the packed files, by tokenizer id. */
const ADDRESSES = new Map(
	Object.entries(
		import.meta.glob<string>('./generated/*.bin', { eager: true, query: '?url', import: 'default' })
	).map(([path, address]) => [path.slice('./generated/'.length, -'.bin'.length), address])
);

export interface DownloadProgress {
	/** Bytes received so far. */
	readonly received: number;
	/** Bytes in all; 0 when the server does not say. */
	readonly total: number;
}

/** A vocabulary that could not be fetched or was damaged twice. The message is for people. */
export class DownloadError extends Error {
	override readonly name = 'DownloadError';
}

/**
 * The spec of a catalogue tokenizer.
 * @throws DownloadError when the network, the server or the file fails.
 */
export async function downloadSpec(
	id: string,
	onprogress: (progress: DownloadProgress) => void,
	signal?: AbortSignal
): Promise<TokenizerSpec> {
	const address = ADDRESSES.get(id);
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
	const bytes = await fetchBytes(id, address, onprogress, signal);
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
		[...ADDRESSES.values()].map((address) => new URL(address, location.href).href)
	);
	for (const request of await cache.keys()) {
		if (!current.has(request.url)) await cache.delete(request);
	}
}

async function fetchBytes(
	id: string,
	address: string,
	onprogress: (progress: DownloadProgress) => void,
	signal?: AbortSignal
): Promise<Uint8Array<ArrayBuffer>> {
	let response: Response;
	try {
		response = await fetch(address, { signal });
	} catch (error) {
		if (signal?.aborted) throw error;
		throw new DownloadError(
			`The vocabulary of ${id} could not be fetched: the network did not answer. Check the connection and try again.`
		);
	}
	if (!response.ok || !response.body) {
		throw new DownloadError(
			`The vocabulary of ${id} could not be fetched: the server answered ${response.status}, expected 200. Try again.`
		);
	}
	const total = Number(response.headers.get('content-length') ?? 0);
	const chunks: Uint8Array[] = [];
	let received = 0;
	const reader = response.body.getReader();
	try {
		for (let read = await reader.read(); !read.done; read = await reader.read()) {
			chunks.push(read.value);
			received += read.value.length;
			onprogress({ received, total });
		}
	} catch (error) {
		if (signal?.aborted) throw error;
		throw new DownloadError(
			`The vocabulary of ${id} broke off after ${received} bytes. Check the connection and try again.`
		);
	}
	const bytes = new Uint8Array(received);
	let at = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, at);
		at += chunk.length;
	}
	return bytes;
}

/** Undoes the gzip (some servers already did) and reads the file. */
export async function unpack(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<TokenizerSpec> {
	const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
	const plain = gzipped ? await gunzip(bytes) : bytes;
	const { name, spec } = readPacked(plain);
	if (name !== id) {
		throw new PackedFormatError(`packed vocabulary: got the one of "${name}", expected "${id}"`);
	}
	return spec;
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
