/** Reads the files that the package ships: vocabularies and parallel texts. */
import { locateFile } from './locate-file';
import { nodeFiles } from './node-files';

/** Where the package's files are. */
export interface PackageOptions {
	/**
	 * Address of a folder with the package's `files`, for programs whose bundler does not follow
	 * `new URL('…', import.meta.url)`. In a browser it may be relative to the page.
	 */
	readonly baseUrl?: string;
}

/**
 * Reads a file of the package.
 * @param name relative to the package's `files`
 * @throws Error in one line, with the address, if it cannot be read
 */
export async function readPackaged(
	name: string,
	{ baseUrl }: PackageOptions = {}
): Promise<Uint8Array<ArrayBuffer>> {
	const url = baseUrl === undefined ? locateFile(name) : new URL(name, folderUrl(baseUrl));
	try {
		return await readUrl(url);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${url.href}: cannot read this file of bpe-lab (${reason}); see baseUrl`, {
			cause: error
		});
	}
}

async function readUrl(url: URL): Promise<Uint8Array<ArrayBuffer>> {
	const files = url.protocol === 'file:' ? nodeFiles() : undefined;
	if (files) return Uint8Array.from(await files.readFile(url));
	const response = await fetch(url);
	if (!response.ok) throw new Error(`the server answered ${response.status}`);
	return new Uint8Array(await response.arrayBuffer());
}

/** Absolute address of a folder, with a final slash. */
function folderUrl(address: string): URL {
	const { location } = globalThis as { location?: { href: string } };
	return new URL(address.endsWith('/') ? address : `${address}/`, location?.href);
}

/**
 * Unpacks gzip. Bytes that are not gzip are returned as they are, because servers that send `Content-Encoding: gzip` with
 * the file have them unpacked on the way.
 */
export async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
