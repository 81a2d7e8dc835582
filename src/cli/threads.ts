/** Distributes work among Node's worker threads and the calling thread. Results are delivered in order. */
import type { Worker, WorkerOptions } from 'node:worker_threads';
import { UserError } from './failure';
import type { Task } from './work';

/**
 * Input size above which threads are started; for shorter inputs, starting them doesn't pay off. Slightly less than the
 * size of a section, so that threads start while the calling thread processes the first section.
 */
const MIN_THREADED_SIZE = 1_000_000;

export type ThreadAnswer<Result> =
	{ readonly result: Result } | { readonly problem: string; readonly isUserError: boolean };

export type StartThread = (data: unknown, options?: WorkerOptions) => Worker;

export interface ThreadsOptions<Part, Result> {
	/** Starts a thread that runs thread.ts; `undefined` if the calling thread processes all parts. */
	readonly start: StartThread | undefined;
	/** Number of threads, including the calling one. */
	readonly count: number;
	readonly task: Task;
	/** Input size below which the calling thread processes everything itself. */
	readonly minSize?: number;
	/**
	 * Maximum number of parts assigned to a thread at a time, including the one being processed. With a limit of two, a
	 * thread that finishes a part doesn't have to wait for the next part.
	 */
	readonly partsPerThread?: number;
	/** Whether the calling thread only hands out parts and processes none itself. Has no effect without `start`. */
	readonly feedsOnly?: boolean;
	/** Processes a part in the calling thread. */
	readonly work: (part: Part) => Result;
	/** Receives the result of each part in order. */
	readonly onResult: (result: Result) => Promise<void> | void;
}

interface Waiting<Result> {
	readonly resolve: (result: Result) => void;
	readonly reject: (error: unknown) => void;
}

interface Thread<Result> {
	readonly worker: Worker;
	/** Promises waiting for the thread's answers, in order. */
	readonly waiting: Waiting<Result>[];
	/** Why the thread stopped unexpectedly; `null` while it is running. */
	failure: UserError | null;
}

export class Threads<Part, Result> {
	readonly #options: ThreadsOptions<Part, Result>;
	readonly #threads: Thread<Result>[] = [];
	/** Parts whose results have not been delivered yet, in order. */
	readonly #pending: Promise<void>[] = [];
	#latest = Promise.resolve();
	/** Results that are still missing. These promises never reject. */
	readonly #unanswered = new Set<Promise<unknown>>();
	#size = 0;

	readonly #partsPerThread: number;

	constructor(options: ThreadsOptions<Part, Result>) {
		this.#options = options;
		this.#partsPerThread = options.partsPerThread ?? 2;
	}

	/**
	 * Starts the threads if there are enough parts for them. Without this call, they start once enough parts have been
	 * added.
	 * @param size total size of the parts that will be added, as far as known, in the same unit as for `add`
	 */
	startFor(size: number): void {
		const { start, count, task, minSize = MIN_THREADED_SIZE } = this.#options;
		if (!start || size < minSize) return;
		while (this.#threads.length < count - 1) this.#threads.push(followed(start(task)));
	}

	/**
	 * Adds a part. Resolves when there is room for the next part.
	 * @param size of the part, in bytes or a similarly small unit
	 * @param transfer buffers of the part that a thread may take over
	 * @throws the error from processing an earlier part, or from `onResult`
	 */
	async add(part: Part, size: number, transfer: readonly ArrayBuffer[] = []): Promise<void> {
		const { work, onResult, count } = this.#options;
		const thread = await this.#room(size);
		this.#size += size;
		const answer = thread ? ask(thread, part, transfer) : calling(() => work(part));
		const before = this.#latest;
		const delivered = (async () => {
			const result = await answer.catch(async (error: unknown) => {
				// An earlier part's error takes precedence.
				await before;
				throw error;
			});
			await before;
			await onResult(result);
		})();
		this.#latest = delivered;
		this.#pending.push(delivered);
		delivered.catch(() => undefined);
		const answered = answer.catch(() => undefined).finally(() => this.#unanswered.delete(answered));
		if (thread) this.#unanswered.add(answered);
		// Lets the event loop receive the threads' answers.
		await new Promise(setImmediate);
		while (this.#pending.length > this.#partsPerThread * count) await this.#pending.shift();
	}

	/** Resolves when all results have been delivered. @throws as `add` does */
	async finish(): Promise<void> {
		await this.#latest;
	}

	/** Terminates the threads. Must also be called after an error. */
	close(): void {
		for (const { worker } of this.#threads) {
			worker.removeAllListeners();
			// A thread can still fail while it is being terminated.
			worker.on('error', () => undefined);
			void worker.terminate();
		}
	}

	/** Resolves with a thread that has room for a part; `undefined` if the calling thread should process it. */
	async #room(size: number): Promise<Thread<Result> | undefined> {
		const { start, feedsOnly, minSize = MIN_THREADED_SIZE } = this.#options;
		if (!start) return undefined;
		this.startFor(this.#size + size);
		for (;;) {
			const [idlest] = this.#threads.toSorted((a, b) => a.waiting.length - b.waiting.length);
			const hasRoom = idlest && idlest.waiting.length < this.#partsPerThread;
			if (this.#size >= minSize && hasRoom) return idlest;
			if (!feedsOnly) return undefined;
			await Promise.race(this.#unanswered);
		}
	}
}

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
			`a thread ended before its work was done (${reason}); try again with --threads 1`
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
