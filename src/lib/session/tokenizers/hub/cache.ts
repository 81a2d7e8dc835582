/** Files of the Hub in Cache Storage, by their address, which names the commit. */
import { inTime } from '../../in-time';

const CACHE = 'bpe-lab-hub';
/** The oldest files are dropped beyond this, in bytes. */
const MAX_CACHE_BYTES = 256e6;

const open = (): Promise<Cache | undefined> =>
	// Cache Storage exists only in secure contexts.
	typeof caches === 'undefined' ? Promise.resolve(undefined) : inTime(caches.open(CACHE));

export async function isCached(address: string): Promise<boolean> {
	const cache = await open();
	return (await inTime(cache?.match(address))) !== undefined;
}

/** Bytes that were kept; `null` if there are none. */
export async function readCached(address: string): Promise<Uint8Array<ArrayBuffer> | null> {
	const cache = await open();
	const kept = await inTime(cache?.match(address).then((found) => found?.arrayBuffer()));
	return kept ? new Uint8Array(kept) : null;
}

export async function dropCached(address: string): Promise<void> {
	const cache = await open();
	await inTime(cache?.delete(address));
}

/** Keeps bytes if there is room for them. Never fails. */
export async function cache(address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
	const store = await open();
	if (!store) return;
	const headers = { 'content-length': String(bytes.length) };
	await inTime(store.put(address, new Response(bytes, { headers })).then(() => dropOldest(store)));
}

/** Deletes the oldest files of a cache beyond a number of bytes. */
export async function dropOldest(
	store: Pick<Cache, 'keys' | 'match' | 'delete'>,
	mostBytes = MAX_CACHE_BYTES
): Promise<void> {
	// In the order in which they were kept.
	const newestFirst = (await store.keys()).toReversed();
	let total = 0;
	for (const request of newestFirst) {
		const kept = await store.match(request);
		total += Number(kept?.headers.get('content-length') ?? 0);
		if (total > mostBytes) await store.delete(request);
	}
}
