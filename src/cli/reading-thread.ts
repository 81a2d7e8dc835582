/** Thread that reads and builds one tokenizer; see reading.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { oneLine } from './failure';
import { nodeIo } from './io';
import { readAndBuild, type ReadingAnswer, type ReadingRequest } from './reading';
import { readOptions, standardInput } from './tokenizer';

const { kind, from, pattern } = workerData as ReadingRequest;
let answer: ReadingAnswer;
try {
	const files = typeof from === 'string' ? await nodeIo().slices(from) : [standardInput(from)];
	answer = { result: await readAndBuild(kind, files, { ...readOptions(undefined), pattern }) };
} catch (error) {
	answer = { problem: oneLine(error) };
}
parentPort?.postMessage(answer);
