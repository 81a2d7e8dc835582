import type { Job } from '../job';

/** Takes work to its end step by step, a step saying the share that is done; between steps others are let in. */
export async function runSteps<T>(job: Job, steps: Generator<number, T>): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		job.progress({ phase: 'encode', share: step.value });
		await job.breathe();
	}
}
