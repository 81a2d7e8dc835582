import type { Job } from './job';

/** Takes work to its end step by step; between steps others are let in. @param told the share that is done */
export async function runSteps<T>(
	job: Job,
	steps: Generator<number, T>,
	told: (share: number) => number = (share) => share
): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		job.progress({ phase: 'encode', share: told(step.value) });
		await job.breathe();
	}
}
