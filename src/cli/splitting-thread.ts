/** Thread that splits texts into pre-tokens; see splitting.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { EXTRAS } from '../lib/engine/stages';
import { createPretokenSplitter, type PretokenSplitter } from '../lib/engine/train';
import { oneLine } from './failure';
import type { SplittingAnswer, SplittingRequest, TextBatch } from './splitting';

const { rules, ...options } = workerData as SplittingRequest;
let splitter: PretokenSplitter | null = null;
/** Pre-tokens of the batch, back to back, and their ends. */
let bytes = new Uint8Array(0);
let length = 0;
let ends = new Uint32Array(1 << 16);
let size = 0;

function collect(section: Uint8Array, sectionEnds: Uint32Array): void {
	if (size + sectionEnds.length > ends.length) {
		const longer = new Uint32Array(2 * (size + sectionEnds.length));
		longer.set(ends.subarray(0, size));
		ends = longer;
	}
	for (let i = 0; i < sectionEnds.length; i++) ends[size++] = length + sectionEnds[i];
	const sectionLength = sectionEnds.at(-1) ?? 0;
	bytes.set(section.subarray(0, sectionLength), length);
	length += sectionLength;
}

function split(batch: TextBatch): Exclude<SplittingAnswer, 'ready'> {
	const { byteStart } = batch;
	splitter ??= createPretokenSplitter(rules, EXTRAS, collect, { ...options, byteStart });
	bytes = new Uint8Array(splitter.waiting + batch.bytes.length);
	length = size = 0;
	let start = 0;
	for (const { name, end, isLast } of batch.parts) {
		try {
			splitter.add(batch.bytes.subarray(start, end));
			if (isLast) splitter.endText();
		} catch (error) {
			return { problem: `${name}: ${oneLine(error)}` };
		}
		start = end;
	}
	const { matched } = splitter;
	return { bytes: bytes.subarray(0, length), ends: ends.slice(0, size), matched };
}

parentPort?.on('message', (batch: TextBatch) => {
	const answer = split(batch);
	const transfer = 'problem' in answer ? [] : [answer.bytes.buffer, answer.ends.buffer];
	parentPort?.postMessage(answer, transfer);
});
const ready: SplittingAnswer = 'ready';
parentPort?.postMessage(ready);
