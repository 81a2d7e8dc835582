/** Two worker processes that take jobs from one list. */
import { fork, type ChildProcess } from 'node:child_process';
import type { Job } from './jobs';
import type { Outcome } from './pair-judge';
import type { WorkerMessage } from './worker';

/** A pair that takes longer than this counts as one on which the judge hangs. */
const PAIR_LIMIT_MS = 300_000;

export interface PoolOptions {
	readonly workers: number;
	readonly program: string;
	/** Arguments of a worker, before its number. */
	readonly args: readonly string[];
	onOutcome(outcome: Outcome): void;
}

/** Runs all jobs. A worker that dies is replaced, and its pair counts as an error of the judge. */
export async function runJobs(jobs: readonly Job[], options: PoolOptions): Promise<void> {
	const queue = [...jobs];
	const lanes = Array.from({ length: options.workers }, async (_, number) => {
		for (let job = queue.shift(); job; job = queue.shift()) await runJob(job, number, options);
		workers.get(number)?.disconnect();
		workers.delete(number);
	});
	await Promise.all(lanes);
}

const workers = new Map<number, ChildProcess>();

function workerOf(number: number, { program, args }: PoolOptions): ChildProcess {
	const known = workers.get(number);
	if (known) return known;
	const worker = fork(program, [...args, String(number)], {
		serialization: 'advanced',
		execArgv: ['--max-old-space-size=6000']
	});
	workers.set(number, worker);
	return worker;
}

async function runJob(job: Job, number: number, options: PoolOptions): Promise<void> {
	const skipped: string[] = [];
	for (let rest: Job | null = job; rest;) {
		const died: string | null = await attempt(rest, number, options);
		if (died === null) return;
		skipped.push(died);
		rest = after(rest, died);
	}
}

/** The rest of a job after the pair that ended its worker. */
function after(job: Job, id: string): Job | null {
	if (job.kind === 'resaves') {
		const pairs = job.pairs.slice(job.pairs.findIndex((pair) => pair.id === id) + 1);
		return pairs.length > 0 ? { ...job, pairs } : null;
	}
	const index = Number(id.split('/').at(-1));
	const chosen = job.chosen.slice(job.chosen.indexOf(index) + 1);
	return chosen.length > 0 ? { ...job, chosen } : null;
}

/** @returns the pair that the worker died of; `null` if it finished the job */
function attempt(job: Job, number: number, options: PoolOptions): Promise<string | null> {
	const worker = workerOf(number, options);
	return new Promise((resolve, reject) => {
		let current: Extract<WorkerMessage, { kind: 'started' }> | null = null;
		let timer: NodeJS.Timeout | undefined;
		const finish = (settle: () => void) => {
			clearTimeout(timer);
			worker.off('message', onMessage);
			worker.off('exit', onExit);
			settle();
		};
		const onMessage = (message: WorkerMessage) => {
			if (message.kind === 'done') finish(() => resolve(null));
			else if (message.kind === 'outcome') options.onOutcome(message.outcome);
			else {
				current = message;
				clearTimeout(timer);
				timer = setTimeout(() => worker.kill('SIGKILL'), PAIR_LIMIT_MS);
			}
		};
		const onExit = (code: number | null, signal: string | null) =>
			finish(() => {
				workers.delete(number);
				if (!current) {
					reject(new Error(`a worker ended before its first pair (${code ?? signal})`));
					return;
				}
				options.onOutcome(brokenOff(current, `the worker ended (${signal ?? code})`));
				resolve(current.id);
			});
		worker.on('message', onMessage);
		worker.on('exit', onExit);
		worker.send(job);
	});
}

const brokenOff = (pair: { id: string; class: string; name: string }, error: string): Outcome => ({
	id: pair.id,
	class: pair.class,
	name: pair.name,
	truth: 'aside',
	words: error,
	nativeWitness: null,
	unread: null,
	verdict: null,
	error,
	pageDiffers: null,
	sameFingerprint: null,
	fingerprintParts: [],
	witnesses: 0,
	wrong: [],
	judgeMs: PAIR_LIMIT_MS,
	labelMs: 0
});
