import { DownloadError, fetchBytes } from './fetch-bytes';

const FOLDER = '../../generated/corpora/';

/** Addresses of the packed example corpora, by id. A build puts a hash of the content into them. */
export const CORPUS_ADDRESSES: ReadonlyMap<string, string> = new Map(
	Object.entries(
		import.meta.glob<string>('../../generated/corpora/*.txt', {
			eager: true,
			query: '?url',
			import: 'default'
		})
	).map(([path, address]) => [path.slice(FOLDER.length, -'.txt'.length), address])
);

/** Text of a packed example corpus. @throws DownloadError if the network or the server fails */
export async function downloadCorpus(id: string): Promise<string> {
	const address = CORPUS_ADDRESSES.get(id);
	if (address === undefined) {
		throw new DownloadError(`There is no corpus named "${id}" in this build of the lab.`);
	}
	return new TextDecoder().decode(await fetchBytes('The text', address, () => undefined));
}
