/** Judges pairs in worker processes, because a panic in the native library ends the process. */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { on } from 'node:events';
import { join } from 'node:path';
import { bundlePrograms } from '../support/bundle.js';
import type { Outcome } from './judge-pair';
import type { Job } from './jobs';
import { CACHE } from './sources';
import type { Label, Pair } from './types';
import type { Answer, Task } from './worker';

/** Time in milliseconds after which a step is considered hung. */
const PATIENCE_MS = 300_000;

interface Options {
	readonly workers: number;
	/** Approximate number of pairs for which the page's verdict is compared with the command line's. */
	readonly compared: number;
	readonly onOutcome: (outcome: Outcome) => void;
}

export async function judgePairs(
	jobs: readonly Job[],
	{ workers, compared, onOutcome }: Options
): Promise<void> {
	const programs = { worker: 'tests/verify-drift/worker.ts' };
	const program = join(await bundlePrograms(programs, join(CACHE, 'bundle')), 'worker.js');
	const share = compared / jobs.reduce((sum, { chosen }) => sum + chosen.length, 0);
	const queue = [...jobs];
	const lanes = Array.from({ length: workers }, async () => {
		const worker = new WorkerProcess(program);
		for (let job = queue.shift(); job; job = queue.shift()) {
			for (const pair of job.pairs(job.chosen)) {
				// The choice depends only on the id, so that the same pairs are compared in every run.
				const hash = createHash('sha1').update(pair.id).digest();
				const isCompared = hash.readUInt32BE() < share * 2 ** 32;
				onOutcome(await judged(worker, pair, isCompared));
			}
		}
		worker.close();
	});
	await Promise.all(lanes);
}

/**
 * Judges a pair. If the worker dies before labelling the pair, the pair is labelled as aborting the native library and
 * sent to the restarted worker.
 */
async function judged(worker: WorkerProcess, pair: Pair, isCompared: boolean): Promise<Outcome> {
	let label: Label | null = null;
	for (;;) {
		try {
			return await worker.ask({ pair, label, isCompared }, (found) => (label = found));
		} catch (error) {
			if (!(error instanceof WorkerDied)) throw error;
			const words = panicWords(error.message);
			if (label) return brokenOff(pair, label, words);
			label = { truth: 'aborts', words };
		}
	}
}

const brokenOff = ({ id, class: className, name }: Pair, label: Label, error: string): Outcome => ({
	...{ id, class: className, name, ...label, unread: null, verdict: null, error },
	...{ pageDiffers: null, sameFingerprint: null, fingerprintParts: [], witnesses: 0 },
	...{ wrong: [`the process ended: ${error}`], judgeMs: 0 }
});

/** The first line of a Rust panic and the line after it, or the end of the output if there was no panic. */
function panicWords(errors: string): string {
	const lines = errors.trim().split('\n');
	const at = lines.findIndex((line) => line.includes('panicked at'));
	return at < 0 ? errors.trim().slice(-200) : lines.slice(at, at + 2).join(' ');
}

/**
 * Reports that a worker died, or was killed because it did not respond. The message contains the end of the worker's
 * output.
 */
class WorkerDied extends Error {}

/** A worker process that restarts after it dies. */
class WorkerProcess {
	#process: ChildProcess | null = null;
	#isReady = false;
	#words = '';

	constructor(readonly program: string) {}

	/** @returns the result of a task @throws WorkerDied */
	async ask(task: Task, onLabel: (label: Label) => void): Promise<Outcome> {
		const child = (this.#process ??= this.#start());
		const timer = setTimeout(() => {
			this.#words = `no answer after ${PATIENCE_MS / 1000} s`;
			child.kill('SIGKILL');
		}, PATIENCE_MS);
		child.send(task);
		try {
			for await (const [message] of on(child, 'message', { close: ['close'] })) {
				const answer = message as Answer;
				if ('error' in answer) throw new Error(`${task.pair.id}: ${answer.error}`);
				if ('outcome' in answer) return answer.outcome;
				if ('label' in answer) onLabel(answer.label);
				timer.refresh();
			}
		} finally {
			clearTimeout(timer);
		}
		if (this.#isReady) throw new WorkerDied(this.#words);
		throw new Error(`${this.program} does not start: ${this.#words}`);
	}

	close(): void {
		this.#process?.disconnect();
	}

	#start(): ChildProcess {
		this.#isReady = false;
		this.#words = '';
		const child = fork(this.program, {
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			execArgv: ['--max-old-space-size=6000'],
			env: { ...process.env, RAYON_NUM_THREADS: '1', RAYON_RS_NUM_THREADS: '1' }
		});
		child.stderr?.on('data', (data: Buffer) => {
			this.#words = (this.#words + data.toString()).slice(-4000);
		});
		child.once('message', () => (this.#isReady = true));
		child.on('exit', () => (this.#process = null));
		return child;
	}
}
