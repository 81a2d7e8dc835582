/** Names in Cache Storage of the files that a page fetches when it needs them. Files of all builds share a cache. */

/** Vocabularies, read by the workers. */
export const VOCABULARY_CACHE = 'bpe-lab-vocabularies';
/** Declarations and example corpora, read by the service worker. */
export const TEXT_CACHE = 'bpe-lab-texts';

/** Deletes files of other builds. @param addresses of the files of this build */
export async function dropOthers(cache: Cache, addresses: ReadonlySet<string>): Promise<void> {
	for (const request of await cache.keys())
		if (!addresses.has(request.url)) await cache.delete(request);
}
