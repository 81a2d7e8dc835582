import {
	buildTokenizer,
	loadCore,
	withExtras,
	wrongArgument,
	type TokenizerSpec
} from '../lib/engine';
import { hexOf } from '../lib/engine/text';
import {
	withAncestors,
	findByModel,
	findDescriptor,
	getDescriptor
} from '../lib/tokenizers/catalogue';
import type { TokenizerDescriptor } from '../lib/tokenizers/catalogue/shared/descriptor';
import type { SlicedFile } from '../lib/tokenizers/files/types';
import { fileError, oneLine, systemCode, unknownTokenizer } from '../cli/failure';
import { nodeFiles, openSlices } from '../cli/slices';
import { locateFile } from './locate-file';
import { specOf } from './one-tokenizer';
import { loadPackaged, type PackageOptions } from './packaged-files';
import { extend, type Tokenizer } from './tokenizer';

/** A `File` or `Blob`. */
export interface FileLike {
	readonly name?: string;
	readonly size: number;
	slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A `File`. */
export interface NamedFile extends FileLike {
	readonly name: string;
}

/** The content of a file: a `File`, a `Blob` or bytes. */
export type TokenizerFile = FileLike | Uint8Array;

export interface LoadOptions extends PackageOptions {
	/**
	 * Regular expression that splits text, for files that don't contain one: vocab.json with merges.txt, and `.tiktoken`.
	 */
	readonly pattern?: string;
}

/**
 * Loads a built-in tokenizer by its id, its alias or a model's name, or reads one from files in any format that
 * `bpe-lab` reads.
 * @param source name of a built-in tokenizer; path of a file or folder (in Node); content of a file; or the `File`s of
 * one tokenizer, recognised by their names, such as vocab.json and merges.txt
 * @throws Error with a one-line message that names the file or its address, if the name is unknown, a file cannot be
 * read, or the engine cannot run the tokenizer exactly
 */
export async function loadTokenizer(
	source: string | TokenizerFile | readonly NamedFile[],
	options: LoadOptions = {}
): Promise<Tokenizer> {
	const { pattern, baseUrl } = options;
	if (pattern !== undefined && typeof pattern !== 'string')
		throw wrongArgument('pattern', pattern, 'a regular expression as a string');
	if (baseUrl !== undefined && typeof baseUrl !== 'string')
		throw wrongArgument('baseUrl', baseUrl, 'the address of a folder as a string');
	const descriptor = typeof source === 'string' ? findDescriptor(source) : undefined;
	if (descriptor) return build(await loadShipped(descriptor, options));
	const files = typeof source === 'string' ? await openPath(source) : openGiven(source);
	if ('models' in files) return build(await loadShipped(files, options));
	const name = typeof source === 'string' ? source : files.map((file) => file.name).join(', ');
	try {
		return await build(await readFiles(files, options));
	} catch (error) {
		throw new Error(`${name}: ${oneLine(error)}`, { cause: error });
	}
}

async function build(spec: TokenizerSpec): Promise<Tokenizer> {
	await loadCore();
	return extend(await withExtras((extras) => buildTokenizer(spec, extras)));
}

const isList = (source: TokenizerFile | readonly NamedFile[]): source is readonly NamedFile[] =>
	Array.isArray(source);

async function loadShipped(
	descriptor: TokenizerDescriptor,
	options: PackageOptions
): Promise<TokenizerSpec> {
	const names = withAncestors(descriptor).map((id) => `${id}.bin`);
	return specOf(await Promise.all(names.map((name) => loadPackaged(name, locateFile, options))));
}

/** Reads tokenizer files. The readers are about as large as the engine, so they are loaded on demand. */
async function readFiles(
	files: readonly SlicedFile[],
	options: LoadOptions
): Promise<TokenizerSpec> {
	const { readTokenizer } = await import('../lib/tokenizers/files/read');
	const { spec } = await readTokenizer(files, {
		pattern: options.pattern,
		patternFlag: 'pattern',
		// Browsers do not provide digests on pages served over plain HTTP, so ranks are not recognised on such pages.
		sha256: (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle && sha256,
		loadKnown: (id) => loadShipped(getDescriptor(id), options)
	});
	return spec;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** @throws Error if the source isn't made up of files, or if several files have no names */
function openGiven(source: TokenizerFile | readonly NamedFile[]): readonly SlicedFile[] {
	const files = isList(source) ? source : [source];
	if (files.length === 0 || !files.every(isFile)) {
		const expected =
			'the name of a tokenizer, a path, a File, a Blob, a Uint8Array or a list of Files';
		throw wrongArgument('source', files.length === 1 ? files[0] : source, expected);
	}
	if (!isList(source)) return [toSlices(source)];
	if (source.some(({ name }) => typeof name !== 'string')) {
		throw new Error(
			'source: got a list of files without names, expected Files with names such as vocab.json and merges.txt'
		);
	}
	return source.map(toSlices);
}

const isFile = (file: unknown): file is TokenizerFile =>
	file instanceof Uint8Array ||
	(typeof file === 'object' &&
		file !== null &&
		'size' in file &&
		'slice' in file &&
		typeof file.slice === 'function');

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

/**
 * Opens the files at a path in Node. If there are none, treats the path as a model's name and returns its tokenizer.
 * @throws Error if there is no model with that name either
 */
async function openPath(path: string): Promise<readonly SlicedFile[] | TokenizerDescriptor> {
	const files = nodeFiles();
	let opened: readonly SlicedFile[] | null;
	try {
		opened = files ? await openSlices(path, files) : null;
	} catch (error) {
		if (systemCode(error) !== 'ENOENT') throw fileError(path, error);
		return findByModel(path) ?? unknown(path, 'the path of a file or folder', error);
	}
	if (!files) return findByModel(path) ?? unknown(path, 'a File or its bytes');
	if (!opened) throw new Error(`${path}: got a pipe or a device, expected a file or a folder`);
	return opened;
}

function unknown(name: string, file: string, error?: unknown): never {
	throw unknownTokenizer(name, { list: 'CATALOGUE lists them all', file }, error);
}
