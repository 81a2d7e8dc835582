import type { TrainingRules } from '../engine/train';
import type { FromWorker, Progress, Request, ToWorker } from './protocol';

/** The part of a Worker that the client needs; a test passes a plain object. */
export interface WorkerLike {
	postMessage(message: ToWorker): void;
	terminate(): void;
	onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
	onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface RequestOptions {
	readonly onprogress?: (progress: Progress) => void;
	readonly signal?: AbortSignal;
}

/** A request that the worker answered with an error, or could not answer. The message is for people. */
export class WorkerError extends Error {
	override readonly name = 'WorkerError';
	/** Whether the same request may succeed later. */
	readonly retry: boolean;
	/** The training rule that is to blame; `null` if none is. */
	readonly rule: keyof TrainingRules | null;

	constructor(message: string, retry: boolean, rule: keyof TrainingRules | null = null) {
		super(message);
		this.retry = retry;
		this.rule = rule;
	}
}

/** An error's message for people. Messages of the engine begin small because the command line prefixes them. */
export function messageOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.replace(/^[a-z](?=[a-z ])/, (letter) => letter.toUpperCase());
}

/** Parts of the messages about a worker that fails. */
export interface WorkerWords {
	/** Subject of the message: "The tokenizer". */
	readonly subject: string;
	/** Advice if it made no progress. */
	readonly advice: string;
}

const TOKENIZER_WORDS: WorkerWords = {
	subject: 'The tokenizer',
	advice: 'A shorter text, or one with breaks in it, will work.'
};

interface Pending {
	readonly request: Request;
	readonly options: RequestOptions;
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: Error) => void;
}

const abortReason = (signal: AbortSignal): Error =>
	signal.reason instanceof Error ? signal.reason : new DOMException('Aborted.', 'AbortError');

/** How long work may run without reporting progress. */
export const STALL_TIMEOUT_MS = 20_000;
/** How long cancelled work may hold the worker. */
export const CANCEL_GRACE_MS = 1_500;

/**
 * One worker. Replies of cancelled requests are dropped. A worker that dies or stays silent for
 * too long is replaced: the request that had its thread is answered with an error, the others are
 * sent again.
 */
export class WorkerClient {
	readonly #spawn: () => WorkerLike;
	readonly #words: WorkerWords;
	readonly #pending = new Map<number, Pending>();
	#worker: WorkerLike | null = null;
	#nextId = 1;
	/** The request that has the worker's thread, perhaps cancelled meanwhile. */
	#running: number | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(spawn: () => WorkerLike, words = TOKENIZER_WORDS) {
		this.#spawn = spawn;
		this.#words = words;
	}

	request(method: string, params: unknown, options: RequestOptions = {}): Promise<unknown> {
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			const { signal } = options;
			if (signal?.aborted) {
				reject(abortReason(signal));
				return;
			}
			const request = { id, method, params };
			this.#pending.set(id, { request, options, resolve, reject });
			signal?.addEventListener('abort', () => this.#cancel(id, abortReason(signal)), {
				once: true
			});
			this.#live().postMessage(request);
		});
	}

	/** Ends the worker; open requests are answered with an error. */
	close(): void {
		this.#stop();
		for (const { reject } of this.#pending.values()) {
			reject(new WorkerError(`${this.#words.subject} was stopped.`, true));
		}
		this.#pending.clear();
	}

	#live(): WorkerLike {
		if (this.#worker) return this.#worker;
		const worker = this.#spawn();
		worker.onmessage = ({ data }) => this.#receive(data);
		worker.onerror = (event) => {
			event.preventDefault();
			this.#replace(
				`${this.#words.subject} stopped working: ${event.message || 'the worker died'}.`
			);
		};
		worker.onmessageerror = () =>
			this.#replace(`${this.#words.subject} sent an answer that cannot be read.`);
		this.#worker = worker;
		return worker;
	}

	#cancel(id: number, reason: Error): void {
		const pending = this.#pending.get(id);
		if (!pending) return;
		this.#pending.delete(id);
		pending.reject(reason);
		this.#worker?.postMessage({ cancel: id });
		if (this.#running === id) this.#watch(CANCEL_GRACE_MS);
	}

	#receive(message: FromWorker): void {
		const { id, type } = message;
		if (type === 'start') this.#running = id;
		if (this.#running === id) {
			if (type === 'start' || type === 'progress') {
				this.#watch(this.#pending.has(id) ? STALL_TIMEOUT_MS : CANCEL_GRACE_MS);
			} else {
				this.#running = null;
				clearTimeout(this.#timer);
			}
		}
		const pending = this.#pending.get(id);
		if (!pending) return;
		switch (type) {
			case 'progress':
				pending.options.onprogress?.(message.progress);
				return;
			case 'result':
				this.#pending.delete(id);
				pending.resolve(message.result);
				return;
			case 'start':
			case 'cancelled':
				return;
			case 'error':
				this.#pending.delete(id);
				pending.reject(new WorkerError(message.message, message.retry, message.rule));
				return;
		}
	}

	#watch(milliseconds: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(
			() =>
				this.#replace(
					`${this.#words.subject} gave up: no progress for ${STALL_TIMEOUT_MS / 1000} seconds. ${this.#words.advice}`
				),
			milliseconds
		);
	}

	#stop(): void {
		clearTimeout(this.#timer);
		this.#running = null;
		if (this.#worker) {
			this.#worker.onmessage = this.#worker.onerror = this.#worker.onmessageerror = null;
			this.#worker.terminate();
		}
		this.#worker = null;
	}

	/** Starts over with a new worker. Without a running request all open ones may be to blame. */
	#replace(message: string): void {
		const blamed = this.#running === null ? [...this.#pending.keys()] : [this.#running];
		this.#stop();
		for (const id of blamed) {
			this.#pending.get(id)?.reject(new WorkerError(message, true));
			this.#pending.delete(id);
		}
		if (this.#pending.size === 0) return;
		const worker = this.#live();
		for (const { request } of this.#pending.values()) worker.postMessage(request);
	}
}
