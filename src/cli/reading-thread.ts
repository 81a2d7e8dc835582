/** Thread that reads and builds one tokenizer; see reading.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { oneLine } from './failure';
import { nodeIo } from './io';
import { readAndBuild, type ReadingAnswer, type ReadingRequest } from './reading';
import { readOptions, standardInput } from './tokenizer';

const { kind, from, pattern, runtime } = workerData as ReadingRequest;
let answer: ReadingAnswer;
try {
	const files = typeof from === 'string' ? await nodeIo().slices(from) : [standardInput(from)];
	const options = { ...readOptions(undefined), pattern };
	answer = { result: await readAndBuild(kind, files, options, runtime) };
} catch (error) {
	answer = { problem: oneLine(error) };
}
parentPort?.postMessage(answer);
