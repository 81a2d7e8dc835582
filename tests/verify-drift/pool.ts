/** Two worker processes that take jobs from one list. */
import { Child, ChildDied } from './child';
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
	readonly onOutcome: (outcome: Outcome) => void;
}

/** Runs all jobs. A worker that dies is replaced, and its pair counts as an error of the judge. */
export async function runJobs(
	jobs: readonly Job[],
	{ workers, program, args, onOutcome }: PoolOptions
): Promise<void> {
	const queue = [...jobs];
	const lanes = Array.from({ length: workers }, async (_, number) => {
		const own = [...args, String(number)];
		const worker = new Child<WorkerMessage>(program, {
			patienceMs: PAIR_LIMIT_MS,
			args: own,
			isLoud: true
		});
		for (let job = queue.shift(); job; job = queue.shift())
			for (let rest: Job | null = job; rest;) rest = await runJob(worker, rest, onOutcome);
		worker.close();
	});
	await Promise.all(lanes);
}

/** Runs a job to its end, or up to the pair of which the worker dies. @returns the rest of it */
async function runJob(
	worker: Child<WorkerMessage>,
	job: Job,
	onOutcome: (outcome: Outcome) => void
): Promise<Job | null> {
	const started: Extract<WorkerMessage, { kind: 'started' }>[] = [];
	const read = (message: WorkerMessage): boolean => {
		if (message.kind === 'started') started.push(message);
		if (message.kind === 'outcome') onOutcome(message.outcome);
		return message.kind === 'done';
	};
	try {
		await worker.ask(job, read);
		return null;
	} catch (error) {
		const last = started.at(-1);
		if (!(error instanceof ChildDied) || !last) throw error;
		const { id, class: className, name } = last;
		const words = error.message.trim().split('\n').at(-1) ?? '';
		onOutcome(brokenOff({ id, class: className, name }, `the worker ended: ${words}`));
		return after(job, id);
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

const brokenOff = (pair: Pick<Outcome, 'id' | 'class' | 'name'>, error: string): Outcome => ({
	...{ ...pair, truth: 'aside', words: error, nativeWitness: null, unread: null, verdict: null },
	...{ error, pageDiffers: null, sameFingerprint: null, fingerprintParts: [], witnesses: 0 },
	...{ wrong: [], judgeMs: PAIR_LIMIT_MS, labelMs: 0 }
});
