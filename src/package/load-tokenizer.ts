import { withExtras, buildTokenizer, type Tokenizer, type TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/packed';
import { CATALOGUE, findDescriptor, getDescriptor } from '../lib/tokenizers/catalogue';
import type { TokenizerDescriptor } from '../lib/tokenizers/catalogue/shared/descriptor';
import type { SlicedFile } from '../lib/tokenizers/files/types';
import { nodeFiles, openFile } from './node-files';
import { readPackaged, unpack, type PackageOptions } from './packaged-files';

/** A `File` or `Blob`. */
export interface FileLike {
	readonly name?: string;
	/** In bytes. */
	readonly size: number;
	slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** The content of a file: a `File`, a `Blob` or bytes. */
export type TokenizerFile = FileLike | Uint8Array;

export interface LoadOptions extends PackageOptions {
	/** Regular expression that splits text, for files that have none: vocab.json with merges.txt, and `.tiktoken`. */
	readonly pattern?: string;
}

/**
 * Loads a tokenizer of the catalogue by its id or alias, or reads one from files in any format that `bpe-lab` reads. The
 * files of one tokenizer, such as vocab.json and merges.txt, are given as a list of `File`s.
 * @param source a name of the catalogue, in Node also the path of a file or folder; or the files themselves
 * @throws Error in one line: an unknown name, a file that cannot be read, or a tokenizer that the engine cannot run exactly
 */
export async function loadTokenizer(
	source: string | TokenizerFile | readonly TokenizerFile[],
	options: LoadOptions = {}
): Promise<Tokenizer> {
	const spec = await loadSpec(source, options);
	return withExtras((extras) => buildTokenizer(spec, extras));
}

async function loadSpec(
	source: string | TokenizerFile | readonly TokenizerFile[],
	options: LoadOptions
): Promise<TokenizerSpec> {
	if (typeof source !== 'string') {
		const files: readonly TokenizerFile[] = isList(source) ? source : [source];
		return readFiles(files.map(toSlices), options);
	}
	const descriptor = findDescriptor(source);
	return descriptor ? loadShipped(descriptor, options) : readFiles(await openPath(source), options);
}

const isList = (
	source: TokenizerFile | readonly TokenizerFile[]
): source is readonly TokenizerFile[] => Array.isArray(source);

async function loadShipped(
	{ id, parent }: TokenizerDescriptor,
	options: PackageOptions
): Promise<TokenizerSpec> {
	const [bytes, inherited] = await Promise.all([
		readPackaged(`${id}.bin`, options).then(unpack),
		parent === undefined ? undefined : loadShipped(getDescriptor(parent), options)
	]);
	return readPacked(bytes, inherited?.model.vocabulary).spec;
}

/** The readers of files are about as large as the engine, so they are loaded when they are needed. */
async function readFiles(
	files: readonly SlicedFile[],
	options: LoadOptions
): Promise<TokenizerSpec> {
	const { readTokenizer } = await import('../lib/tokenizers/files/read');
	const { spec } = await readTokenizer(files, {
		pattern: options.pattern,
		patternFlag: 'pattern',
		// Browsers have no digests in pages of plain HTTP. Then no ranks are recognised.
		sha256: (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle && sha256,
		loadKnown: (id) => loadShipped(getDescriptor(id), options)
	});
	return spec;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toSlices(file: TokenizerFile): SlicedFile {
	if (file instanceof Uint8Array) {
		return {
			name: 'the file',
			size: file.length,
			read: (start, end) => Promise.resolve(file.subarray(start, end))
		};
	}
	return {
		name: file.name ?? 'the file',
		size: file.size,
		read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer())
	};
}

/** Files of a path in Node. @throws Error if there is no file system, or no such file */
async function openPath(path: string): Promise<readonly SlicedFile[]> {
	const files = nodeFiles();
	const found = await files?.stat(path).catch(() => undefined);
	if (!files || !found) {
		const known = CATALOGUE.map(({ id }) => id).join(', ');
		const other = files ? 'the path of a tokenizer file or folder' : 'a File or its bytes';
		throw new Error(`unknown tokenizer "${path}": expected ${known}, or ${other}`);
	}
	const paths = found.isDirectory()
		? (await files.readdir(path)).sort().map((name) => `${path}/${name}`)
		: [path];
	const opened: SlicedFile[] = [];
	for (const one of paths) {
		const stats = await files.stat(one);
		if (stats.isFile()) opened.push(openFile(one, stats.size, files));
	}
	return opened;
}
