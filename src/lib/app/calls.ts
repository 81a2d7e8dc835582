/** Every call of the page to its workers: the features' own, put together. */
import { DRIFT_ROUTES, type DriftCalls } from '../features/drift/worker';
import { INFLATION_ROUTES, type InflationCalls } from '../features/inflation/worker';
import { STRAWBERRY_ROUTES, type StrawberryCalls } from '../features/strawberry/worker';
import {
	attachFiles,
	TOKENIZING_ROUTES,
	type FileOf,
	type TokenizingCalls
} from '../session/worker/tokenizing';
import {
	TRAINING_ROUTES,
	type TrainingCalls,
	type TrainingWorkers
} from '../session/worker/training';
import type { WorkerLike, WorkerWords } from '../workers/client';
import { WorkerPool, type Routes, type Workers } from '../workers/pool';

export type Calls = TokenizingCalls & TrainingCalls & StrawberryCalls & InflationCalls & DriftCalls;

export type Method = keyof Calls;

export const ROUTES: Routes<Calls> = {
	...TOKENIZING_ROUTES,
	...TRAINING_ROUTES,
	...STRAWBERRY_ROUTES,
	...INFLATION_ROUTES,
	...DRIFT_ROUTES
};

export type LabWorkers = Workers<Calls> & TrainingWorkers;

const TRAINING_WORDS: WorkerWords = {
	subject: 'The training',
	advice:
		'A pattern that backtracks without end does this: make it simpler, or take one with a name.'
};

/**
 * Starts no worker: each starts with the first call to it.
 * @param fileOf the packed file of a tokenizer that is not in the catalogue
 */
export function connectWorkers(
	fileOf: FileOf = () => undefined,
	spawn: () => WorkerLike = spawnWorker,
	size?: number
): LabWorkers {
	const words = { spread: TRAINING_WORDS, training: TRAINING_WORDS };
	const pool = new WorkerPool({ spawn, size, words });
	return {
		...pool.connect<Calls>(ROUTES, (params) => attachFiles(params, fileOf)),
		counters: pool.spread,
		stopCounting: () => pool.stopSpread()
	};
}

function spawnWorker(): WorkerLike {
	return new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' });
}
