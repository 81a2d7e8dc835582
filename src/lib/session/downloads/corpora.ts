/** The example corpora, packed when the site is built. Which there are: `content/corpora.ts`. */
import { DownloadError } from './vocabularies';

/** Hashed addresses, by id. */
const ADDRESSES = new Map(
	Object.entries(
		import.meta.glob<string>('../../generated/corpora/*.txt', {
			eager: true,
			query: '?url',
			import: 'default'
		})
	).map(([path, address]) => [
		path.slice('../../generated/corpora/'.length, -'.txt'.length),
		address
	])
);

/**
 * The text of an example corpus.
 * @throws DownloadError when the network or the server fails
 */
export async function downloadCorpus(id: string, signal?: AbortSignal): Promise<string> {
	const address = ADDRESSES.get(id);
	if (address === undefined) {
		throw new DownloadError(`There is no corpus named "${id}" in this build of the lab.`);
	}
	try {
		const response = await fetch(address, { signal });
		if (!response.ok) throw new Error(`the server says ${response.status}`);
		return await response.text();
	} catch (error) {
		if (signal?.aborted) throw error;
		const why = error instanceof Error ? error.message : String(error);
		throw new DownloadError(`The text could not be fetched (${why}). Try again.`);
	}
}
