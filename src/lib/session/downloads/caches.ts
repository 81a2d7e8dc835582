/** Cache Storage names for files that pages fetch on demand. All builds share these caches. */

/** Vocabularies, cached by the workers. */
export const VOCABULARY_CACHE = 'bpe-lab-vocabularies';
/** Declarations and example corpora, cached by the service worker. */
export const TEXT_CACHE = 'bpe-lab-texts';

/** Deletes files from other builds. @param addresses addresses of this build's files */
export async function dropOthers(cache: Cache, addresses: ReadonlySet<string>): Promise<void> {
	for (const request of await cache.keys())
		if (!addresses.has(request.url)) await cache.delete(request);
}
