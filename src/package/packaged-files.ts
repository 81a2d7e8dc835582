/** Reads the files that the package ships: vocabularies and parallel texts. */
import { oneLine } from '../cli/failure';
import { nodeFiles } from '../cli/slices';

/** Location of the package's files. */
export interface PackageOptions {
	/**
	 * URL of a folder with the package's `files`, for programs whose bundler does not follow `new URL('…',
	 * import.meta.url)`. In a browser, the URL may be relative to the page.
	 */
	readonly baseUrl?: string;
}

/** A file from the package, uncompressed. */
export interface PackagedFile {
	/** Parses the bytes. @throws Error with a one-line message that includes the address, if `parse` throws */
	read<T>(parse: (bytes: Uint8Array<ArrayBuffer>) => T): T;
}

/**
 * Loads a file from the package.
 * @param name relative to the package's `files` folder
 * @param locate returns the file's URL; used unless `baseUrl` is set
 * @throws Error with a one-line message that includes the address, if the file cannot be loaded
 */
export async function loadPackaged(
	name: string,
	locate: (name: string) => URL,
	{ baseUrl }: PackageOptions = {}
): Promise<PackagedFile> {
	const url = baseUrl === undefined ? locate(name) : new URL(name, folderUrl(baseUrl));
	const failure = (error: unknown) =>
		new Error(
			`${url.href}: this file of bpe-lab can't be read (${oneLine(error)}); reinstall bpe-lab, or set baseUrl`,
			{
				cause: error
			}
		);
	try {
		const bytes = await unpack(await readUrl(url));
		return {
			read(parse) {
				try {
					return parse(bytes);
				} catch (error) {
					throw failure(error);
				}
			}
		};
	} catch (error) {
		throw failure(error);
	}
}

async function readUrl(url: URL): Promise<Uint8Array<ArrayBuffer>> {
	const files = url.protocol === 'file:' ? nodeFiles() : undefined;
	if (files) return Uint8Array.from(await files.readFile(url));
	const response = await fetch(url);
	if (!response.ok) throw new Error(`the server answered ${response.status}, expected 200`);
	// Servers for single-page apps respond with a page when a file does not exist.
	if (response.headers.get('content-type')?.startsWith('text/html')) {
		throw new Error('the server answered with a web page');
	}
	return new Uint8Array(await response.arrayBuffer());
}

/** Absolute URL of a folder, with a trailing slash. @throws Error for a relative URL if there is no page */
function folderUrl(address: string): URL {
	const { location } = globalThis as { location?: { href: string } };
	const folder = address.endsWith('/') ? address : `${address}/`;
	if (URL.canParse(folder, location?.href)) return new URL(folder, location?.href);
	throw new Error(
		`baseUrl: got "${address}", expected an absolute address such as https://… or file:///…`
	);
}

/**
 * Unpacks gzip. Bytes in any other format are returned unchanged, because the platform has already unpacked the file if
 * the server sends `Content-Encoding: gzip`.
 */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
