/** Spreads work over threads of Node and the calling one. The results are handed over in the order of the parts. */
import type { Worker, WorkerOptions } from 'node:worker_threads';
import { UserError } from './failure';
import type { Task } from './work';

/** Size of the first parts, which are worked on here: starting a thread pays for longer inputs only. */
const MIN_THREADED_SIZE = 1 << 20;

/** Answer of a thread. */
export type ThreadAnswer<Result> =
	{ readonly result: Result } | { readonly problem: string; readonly isUserError: boolean };

/** Starts a thread with its `workerData`. */
export type StartThread = (data: unknown, options?: WorkerOptions) => Worker;

export interface ThreadsOptions<Part, Result> {
	/** Starts a thread that runs thread.ts; `undefined` if all parts are worked on here. */
	readonly start: StartThread | undefined;
	/** Number of threads, the calling one included. */
	readonly count: number;
	/** What the threads are told at their start. */
	readonly task: Task;
	/** Size of the first parts, which the calling thread works on. */
	readonly minSize?: number;
	/** Parts that a thread has at most, the one it works on included. With 2, it never waits for the next. */
	readonly partsPerThread?: number;
	/** What a thread does with a part. Called for the parts that the calling thread works on. */
	readonly work: (part: Part) => Result;
	/** Takes the result of each part in order. */
	readonly onResult: (result: Result) => Promise<void> | void;
}

interface Waiting<Result> {
	readonly resolve: (result: Result) => void;
	readonly reject: (error: unknown) => void;
}

interface Thread<Result> {
	readonly worker: Worker;
	/** Those who wait for the thread's answers, in order. */
	readonly waiting: Waiting<Result>[];
	/** Why it ended before it was told to; `null` while it runs. */
	failure: UserError | null;
}

/** Works on the parts of an input. */
export class Threads<Part, Result> {
	readonly #options: ThreadsOptions<Part, Result>;
	readonly #threads: Thread<Result>[] = [];
	/** Parts whose results are not handed over yet, in order. */
	readonly #pending: Promise<void>[] = [];
	#latest = Promise.resolve();
	/** Bytes or code units of the parts so far. */
	#size = 0;

	readonly #partsPerThread: number;

	constructor(options: ThreadsOptions<Part, Result>) {
		this.#options = options;
		this.#partsPerThread = options.partsPerThread ?? 2;
	}

	/**
	 * Adds a part. Resolves when there is room for the next one.
	 * @param size of the part in bytes, or in another unit of about that size
	 * @param transfer buffers of the part that a thread may take over
	 * @throws what is wrong with an earlier part, or what `onResult` throws
	 */
	async add(part: Part, size: number, transfer: readonly ArrayBuffer[] = []): Promise<void> {
		const { work, onResult, count, minSize = MIN_THREADED_SIZE } = this.#options;
		const thread = this.#size < minSize ? undefined : this.#freeThread();
		this.#size += size;
		const answer = thread ? ask(thread, part, transfer) : calling(() => work(part));
		const before = this.#latest;
		this.#latest = (async () => {
			const result = await answer.catch(async (error: unknown) => {
				// An earlier part may be wrong, too.
				await before;
				throw error;
			});
			await before;
			await onResult(result);
		})();
		this.#latest.catch(() => undefined);
		this.#pending.push(this.#latest);
		// Lets the answers of the threads in.
		await new Promise(setImmediate);
		while (this.#pending.length > this.#partsPerThread * count) await this.#pending.shift();
	}

	/** Resolves when all results are handed over. @throws as `add` */
	async finish(): Promise<void> {
		await this.#latest;
	}

	/** Ends the threads. Call it also after an error. */
	close(): void {
		for (const { worker } of this.#threads) {
			worker.removeAllListeners();
			// It may still fail before it has ended.
			worker.on('error', () => undefined);
			void worker.terminate();
		}
	}

	/** A thread with room for a part, started if needed; `undefined` if the part is worked on here. */
	#freeThread(): Thread<Result> | undefined {
		const { start, count, task } = this.#options;
		if (!start) return undefined;
		while (this.#threads.length < count - 1) this.#threads.push(followed(start(task)));
		const [idlest] = this.#threads.toSorted((a, b) => a.waiting.length - b.waiting.length);
		return idlest && idlest.waiting.length < this.#partsPerThread ? idlest : undefined;
	}
}

/** Hands the answers of a thread to those who wait for them. */
function followed<Result>(worker: Worker): Thread<Result> {
	const thread: Thread<Result> = { worker, waiting: [], failure: null };
	worker.on('message', (answer: ThreadAnswer<Result>) => {
		const next = thread.waiting.shift();
		if ('result' in answer) next?.resolve(answer.result);
		else
			next?.reject(answer.isUserError ? new UserError(answer.problem) : new Error(answer.problem));
	});
	const fail = (reason: string) => {
		thread.failure ??= new UserError(
			`a thread ended before its work was done (${reason}); try --threads 1`
		);
		for (const { reject } of thread.waiting.splice(0)) reject(thread.failure);
	};
	worker.on('error', (error) => fail(error.message));
	worker.on('exit', (code) => fail(`exit code ${code}`));
	return thread;
}

function ask<Result>(
	thread: Thread<Result>,
	part: unknown,
	transfer: readonly ArrayBuffer[]
): Promise<Result> {
	if (thread.failure) return Promise.reject(thread.failure);
	return new Promise((resolve, reject) => {
		thread.waiting.push({ resolve, reject });
		thread.worker.postMessage(part, transfer);
	});
}

const calling = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
