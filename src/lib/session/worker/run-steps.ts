import type { TokenizerSpec } from '../../engine';
import { isChunkable } from '../../tokenizers/chunks/chunkable';
import type { TokenizerChoice } from './tokenizing';
import type { Job } from '../../workers/job';

/** Takes work to its end step by step; between steps others are let in. @param told the share that is done */
export async function runSteps<T>(
	job: Job,
	steps: Generator<number, T>,
	told: (share: number) => number = (share) => share
): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		job.progress({ phase: 'encode', share: told(step.value) });
		await job.checkpoint();
	}
}

/**
 * How long the chunks of a text may be, in units: no cut where it could change ids. The catalogue's own
 * tokenizers are known to allow it.
 */
export function chunkTarget(
	{ own, edits = [] }: TokenizerChoice,
	spec: TokenizerSpec
): number | undefined {
	const known = !own && edits.length === 0;
	return known || isChunkable(spec) ? undefined : Infinity;
}
