import type { EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { isChunkable } from '../../tokenizers/chunks/chunkable';
import { encodeInChunks } from '../../tokenizers/chunks/encode-chunks';
import type { EngineRuntime } from '../../tokenizers/runtimes/engine';
import type { TokenizerChoice } from './loaded-tokenizers';
import type { Job } from '../../workers/job';

/**
 * Runs work step by step, and handles messages between the steps.
 * @param shareOf share of the whole job that is done, from the share that a step yields
 */
export async function runSteps<T>(
	job: Job,
	steps: Generator<number, T>,
	shareOf: (share: number) => number = (share) => share
): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		job.progress({ phase: 'encode', share: shareOf(step.value) });
		await job.checkpoint();
	}
}

/**
 * Length of the chunks of a text, in UTF-16 units: `Infinity` if chunks could change the ids, `undefined` for
 * the default. All tokenizers of the catalogue allow chunks.
 */
export function chunkTarget(
	{ savedFile, edits = [] }: TokenizerChoice,
	spec: TokenizerSpec
): number | undefined {
	const known = !savedFile && edits.length === 0;
	return known || isChunkable(spec) ? undefined : Infinity;
}

/** Encodes a text in steps, with the ids of the whole. Yields the share that is done, from 0 to 1. */
export function encodeInSteps(
	choice: TokenizerChoice,
	runtime: EngineRuntime,
	text: string,
	options: EncodeOptions
): Generator<number, Encoding> {
	const { spec } = runtime.tokenizer;
	return encodeInChunks(runtime, spec, text, options, chunkTarget(choice, spec));
}
