/** Counts the tokens in files of any length. */
import type * as OsModule from 'node:os';
import type * as ThreadsModule from 'node:worker_threads';
import { fileError, withErrorPrefix } from '../cli/failure';
import { workOnSections } from '../cli/sections';
import { nodeFiles } from '../cli/slices';
import type { StartThread } from '../cli/threads';
import { wrongArgument, type EncodeOptions, type Tokenizer } from '../lib/engine';

export interface CountFileOptions extends Pick<EncodeOptions, 'special'> {
	/**
	 * Number of threads in Node, including the calling thread; defaults to the number of cores. On other platforms,
	 * only the calling thread is used.
	 */
	readonly threads?: number;
}

/** Maximum number of bytes of text kept while looking for a boundary. */
const LIMIT = { limit: 1 << 28, advice: 'add line breaks or spaces, or count parts of it' };
const READ_BYTES = 1 << 20;
/** Not written as `new URL('…', import.meta.url)`, because bundlers would copy the script. */
const THREAD_SCRIPT = './cli/thread.js';

/**
 * Counts the tokens in a file as a single text, without keeping the whole file in memory.
 * @param source path of a file (in Node); a `File` or `Blob`; or chunks of UTF-8, which may end in the middle of a
 * character
 * @throws Error if the file cannot be read or, with the byte offset, if the text is not UTF-8
 */
export async function countFile(
	tokenizer: Tokenizer,
	source: string | Blob | AsyncIterable<Uint8Array>,
	{ special, threads }: CountFileOptions = {}
): Promise<number> {
	if (typeof (tokenizer as Partial<Tokenizer> | null)?.count !== 'function')
		throw wrongArgument('tokenizer', tokenizer, 'a tokenizer from loadTokenizer');
	if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
		throw wrongArgument('threads', threads, 'a whole number of at least 1');
	const name = typeof source === 'string' ? source : 'the text';
	const chunks = chunksOf(source);
	const { tokens } = await withErrorPrefix(name, () =>
		workOnSections(tokenizer, chunks, {
			...{ special, count: true, limit: LIMIT },
			threads:
				threads ?? (builtin('node:os') as typeof OsModule | undefined)?.availableParallelism() ?? 1,
			startThread: threadStarter()
		})
	);
	return tokens;
}

function chunksOf(source: string | Blob | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
	if (typeof source === 'string') return readPath(source);
	if (source instanceof Blob) return readBlob(source);
	if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source)
		return source;
	throw wrongArgument('source', source, 'a path, a Blob or chunks of bytes');
}

async function* readBlob(blob: Blob): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < blob.size; at += READ_BYTES)
		yield new Uint8Array(await blob.slice(at, at + READ_BYTES).arrayBuffer());
}

async function* readPath(path: string): AsyncGenerator<Uint8Array> {
	const files = nodeFiles();
	if (!files)
		throw new Error('got a path where there is no file system, expected a File or its bytes');
	try {
		const file = await files.open(path);
		try {
			yield* file.createReadStream({
				autoClose: false,
				highWaterMark: READ_BYTES
			}) as AsyncIterable<Uint8Array>;
		} finally {
			await file.close();
		}
	} catch (error) {
		throw fileError(path, error);
	}
}

function threadStarter(): StartThread | undefined {
	const threads = builtin('node:worker_threads') as typeof ThreadsModule | undefined;
	if (!threads) return undefined;
	return (workerData, options) =>
		new threads.Worker(new URL(THREAD_SCRIPT, import.meta.url), { ...options, workerData });
}

/** Returns a Node module; `undefined` on other platforms. Not an import, so that bundlers for browsers ignore it. */
function builtin(name: string): unknown {
	const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
	return process?.getBuiltinModule?.(name);
}
