/** Thread that counts the pre-tokens of blocks of lines; see block-counter.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { EXTRAS } from '../lib/engine/stages';
import { createPretokenCounter, type CountingRules } from '../lib/engine/train';
import { countBlock, type CountingAnswer, type CountingMessage } from './block-counter';
import { oneLine } from './failure';

const counter = createPretokenCounter(workerData as CountingRules, EXTRAS);
const answer = (message: CountingAnswer, transfer: readonly ArrayBufferLike[] = []) =>
	parentPort?.postMessage(message, transfer as ArrayBuffer[]);

parentPort?.on('message', (message: CountingMessage) => {
	if (message === 'finish') {
		const { matched } = counter;
		const counts = counter.finish();
		answer({ counts, matched }, [counts.bytes.buffer, counts.ends.buffer, counts.counts.buffer]);
		return;
	}
	try {
		countBlock(counter, message);
		answer('counted');
	} catch (error) {
		answer({ problem: oneLine(error) });
	}
});
answer('ready');
