/**
 * Entry point of the threads. A thread either reads a tokenizer (reading.ts) or works on parts of an input
 * (threads.ts).
 */
import { parentPort, workerData } from 'node:worker_threads';
import { oneLine, UserError } from './failure';
import { nodeIo } from './io';
import type { ReadingAnswer, ReadingRequest } from './reading';
import type { ThreadAnswer } from './threads';
import { createWork, type Task } from './work';

const request = workerData as ReadingRequest | Task;
if ('from' in request) {
	parentPort?.postMessage(await read(request));
} else {
	const work = await createWork(request);
	parentPort?.on('message', (part: unknown) => {
		let answer: ThreadAnswer<unknown>;
		try {
			answer = { result: work(part as never) };
		} catch (error) {
			answer = { problem: oneLine(error), isUserError: error instanceof UserError };
		}
		parentPort?.postMessage(answer);
	});
}

async function read({ kind, from, pattern, runtime }: ReadingRequest): Promise<ReadingAnswer> {
	try {
		const { readAndBuild } = await import('./reading');
		const { readOptions, standardInput } = await import('./tokenizer');
		const files = typeof from === 'string' ? await nodeIo().slices(from) : [standardInput(from)];
		return {
			result: await readAndBuild(kind, files, { ...readOptions(undefined), pattern }, runtime)
		};
	} catch (error) {
		return { problem: oneLine(error) };
	}
}
