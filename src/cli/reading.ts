/**
 * Reads tokenizer files within time and memory limits. On the command line, a thread reads and builds the tokenizer, so
 * that this work can be stopped if it exceeds a limit.
 */
import { readSource, type TokenizerSource } from '../lib/drift';
import { createTokenizer } from '../lib/engine';
import type { RuntimeName } from '../lib/tokenizers/catalogue/shared/descriptor';
import { readTokenizer, type ReadOptions } from '../lib/tokenizers/files/read';
import type { SlicedFile, TokenizerReading } from '../lib/tokenizers/files/types';
import { createLibraryRuntime } from '../lib/tokenizers/runtimes/runtime';
import { describeLimit, type ReadLimits } from './limits';
import type { StartThread } from './threads';

/** Result type for each kind of request. A `source` can also describe a file that can't be read. */
export interface ReadingResults {
	reading: TokenizerReading;
	source: TokenizerSource;
}

export interface ReadingRequest {
	readonly kind: keyof ReadingResults;
	/** Path relative to the working directory, or the bytes of standard input. */
	readonly from: string | Uint8Array;
	/** Pattern for files that don't specify how text is split. */
	readonly pattern: string | null;
	readonly runtime?: RuntimeName;
}

export type ReadingAnswer = { readonly result: unknown } | { readonly problem: string };

const METER_INTERVAL_MS = 20;

/**
 * Reads and builds a tokenizer, to check that it works.
 * @param runtime program that also builds the tokenizer
 * @throws Error as `readTokenizer`, `createTokenizer` and `createLibraryRuntime` do
 */
export async function readAndBuild<K extends keyof ReadingResults>(
	kind: K,
	files: readonly SlicedFile[],
	options: ReadOptions,
	runtime: RuntimeName = 'lab'
): Promise<ReadingResults[K]> {
	const read = { reading: readTokenizer, source: readSource }[kind];
	const result = (await read(files, options)) as ReadingResults[K];
	if (!('spec' in result)) return result;
	createTokenizer(result.spec);
	if (runtime !== 'lab') await createLibraryRuntime(runtime, result.spec);
	return result;
}

/**
 * Reads and builds a tokenizer in a thread, and terminates the thread if it exceeds a limit.
 * @param start starts a thread that calls {@link readAndBuild}
 * @throws Error with a one-line message: the thread's error, or the limit that was exceeded
 */
export function readInThread<K extends keyof ReadingResults>(
	start: StartThread,
	request: ReadingRequest & { readonly kind: K },
	{ seconds, megabytes }: ReadLimits
): Promise<ReadingResults[K]> {
	const before = process.memoryUsage.rss();
	const thread = start(request, {
		// V8's limit doesn't include byte arrays, so the process's memory is monitored, too.
		resourceLimits: { maxOldGenerationSizeMb: megabytes }
	});
	return new Promise<ReadingResults[K]>((resolve, reject) => {
		const end = (finish: () => void) => {
			clearTimeout(timer);
			clearInterval(meter);
			void thread.terminate();
			finish();
		};
		const fail = (message: string, cause?: unknown) =>
			end(() => reject(new Error(message, { cause })));
		const timer = setTimeout(() => fail(describeLimit(`${seconds} s`)), 1000 * seconds);
		const meter = setInterval(() => {
			const taken = process.memoryUsage.rss() - before;
			if (taken > megabytes * 2 ** 20) fail(describeLimit(`${megabytes} MB`));
		}, METER_INTERVAL_MS);
		thread.once('message', (answer: ReadingAnswer) => {
			if ('problem' in answer) fail(answer.problem);
			else end(() => resolve(answer.result as ReadingResults[K]));
		});
		thread.once('error', (error: Error & { readonly code?: string }) => {
			const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
			fail(isMemory ? describeLimit(`${megabytes} MB`) : error.message, error);
		});
	});
}
