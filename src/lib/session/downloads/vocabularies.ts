/** Fetches packed vocabularies and caches them in Cache Storage. Damaged copies are fetched again. */
import { PackedFormatError, readPacked } from '../../engine/packed';
import type { TokenizerSpec } from '../../engine';
import parents from '../../generated/parents.json';
import { reasonOf } from '../format';
import { inTime } from '../in-time';
import { VOCABULARY_CACHE } from './caches';
import { DownloadError, fetchBytes, gunzipped, type DownloadProgress } from './fetch-bytes';

const FOLDER = '../../generated/';

/** URLs of the packed vocabularies, by tokenizer id. The build adds a content hash to each URL. */
export const VOCABULARY_ADDRESSES: ReadonlyMap<string, string> = new Map(
	Object.entries(
		import.meta.glob<string>('../../generated/*.bin', {
			eager: true,
			query: '?url',
			import: 'default'
		})
	).map(([path, address]) => [
		path.slice(FOLDER.length, -'.bin'.length),
		new URL(address, import.meta.url).href
	])
);

/**
 * How long to wait for further downloads before caching vocabularies, in milliseconds. Caching a vocabulary immediately
 * would slow down the tokenizers that are still loading.
 */
const KEEP_AFTER_MS = 500;
/** Downloaded files that aren't cached yet, by URL. */
const unkept = new Map<string, Uint8Array<ArrayBuffer>>();
let keeping: ReturnType<typeof setTimeout> | undefined;

/**
 * Downloads a built-in tokenizer's spec. If the file contains only the differences from a parent, loads the parent
 * first.
 * @throws DownloadError if the network or server fails, or the file is damaged
 */
export async function downloadSpec(
	id: string,
	onprogress: (progress: DownloadProgress) => void
): Promise<TokenizerSpec> {
	const address = VOCABULARY_ADDRESSES.get(id);
	if (address === undefined) {
		throw new DownloadError(`There is no vocabulary named "${id}" in this build of the lab.`);
	}
	const inherits = (parents as Readonly<Partial<Record<string, string>>>)[id];
	const parent = inherits === undefined ? undefined : await downloadSpec(inherits, onprogress);
	const cache = await openCache();
	const cached = await inTime(cache?.match(address).then((found) => found?.arrayBuffer()));
	if (cached) {
		try {
			return await unpack(id, new Uint8Array(cached), parent);
		} catch {
			// The cached copy is damaged, so fetch it again.
			await inTime(cache?.delete(address));
		}
	}
	const bytes = await fetchBytes(`The vocabulary of ${id}`, address, onprogress);
	let spec: TokenizerSpec;
	try {
		spec = await unpack(id, bytes, parent);
	} catch (error) {
		throw new DownloadError(
			`The vocabulary of ${id} arrived damaged (${reasonOf(error)}). Try again.`
		);
	}
	unkept.set(address, bytes);
	clearTimeout(keeping);
	keeping = setTimeout(() => void keepAll(), KEEP_AFTER_MS);
	return spec;
}

/** Caches the downloaded files. Files that don't fit on the disk are fetched again next time. */
async function keepAll(): Promise<void> {
	const files = [...unkept];
	unkept.clear();
	const cache = await openCache();
	const headers = { 'content-type': 'application/octet-stream' };
	for (const [address, bytes] of files)
		await inTime(cache?.put(address, new Response(bytes, { headers })));
}

async function openCache(): Promise<Cache | undefined> {
	// Cache Storage exists only in secure contexts.
	if (typeof caches === 'undefined') return undefined;
	return inTime(caches.open(VOCABULARY_CACHE));
}

/**
 * Reads a packed file, which may be gzipped.
 * @param parent the parent's spec, if the file contains only the differences from it
 * @throws PackedFormatError if the file belongs to a different tokenizer
 */
export async function unpack(
	id: string,
	bytes: Uint8Array<ArrayBuffer>,
	parent?: TokenizerSpec
): Promise<TokenizerSpec> {
	const file = await gunzipped(bytes);
	const { name, spec } = readPacked(file, parent?.model.vocabulary, file !== bytes);
	if (name !== id) {
		throw new PackedFormatError(`packed vocabulary: got "${name}", expected "${id}"`);
	}
	return spec;
}
