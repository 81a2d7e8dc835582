import type { TrainingRules } from '../engine/train';
import type { FromWorker, Progress, Request, ToWorker } from './protocol';

/** The part of a Worker that the client needs. */
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

/** Thrown for a request that fails in the worker or gets no answer. The message is for users. */
export class WorkerError extends Error {
	override readonly name = 'WorkerError';
	/** Whether the same request may succeed later. */
	readonly retry: boolean;
	/** Training rule that causes the error; `null` if none does. */
	readonly rule: keyof TrainingRules | null;

	constructor(message: string, retry: boolean, rule: keyof TrainingRules | null = null) {
		super(message);
		this.retry = retry;
		this.rule = rule;
	}
}

/** Formats the message of an error for users. Messages of the engine begin in lower case, for the command line. */
export function messageOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.replace(/^[a-z](?=[a-z ])/, (letter) => letter.toUpperCase());
}

/** Parts of the messages about a failing worker. */
export interface WorkerMessages {
	/** Subject of the message, such as "The tokenizer". */
	readonly subject: string;
	/** Advice after a lack of progress. */
	readonly advice: string;
}

const TOKENIZER_MESSAGES: WorkerMessages = {
	subject: 'The tokenizer',
	advice: 'Try a shorter text, or one with line breaks.'
};

interface Pending {
	readonly request: Request;
	readonly options: RequestOptions;
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: Error) => void;
}

const abortReason = (signal: AbortSignal): Error =>
	signal.reason instanceof Error ? signal.reason : new DOMException('Aborted.', 'AbortError');

/** Maximum time without progress from running work. */
export const STALL_TIMEOUT_MS = 20_000;
/** Maximum time that cancelled work may block the worker. */
export const CANCEL_GRACE_MS = 1_500;

/**
 * Sends requests to one worker. Drops replies to cancelled requests. Replaces a worker that dies or makes no progress: the
 * running request fails, and the others are sent again.
 */
export class WorkerClient {
	readonly #spawn: () => WorkerLike;
	readonly #messages: WorkerMessages;
	readonly #pending = new Map<number, Pending>();
	#worker: WorkerLike | null = null;
	#nextId = 1;
	/** Request that occupies the worker's thread, even if it is cancelled. */
	#running: number | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(spawn: () => WorkerLike, messages = TOKENIZER_MESSAGES) {
		this.#spawn = spawn;
		this.#messages = messages;
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

	/** Stops the worker. Open requests fail. */
	close(): void {
		this.#stop();
		for (const { reject } of this.#pending.values()) {
			reject(new WorkerError(`${this.#messages.subject} was stopped.`, true));
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
				`${this.#messages.subject} stopped working: ${event.message || 'the worker died'}.`
			);
		};
		worker.onmessageerror = () =>
			this.#replace(`${this.#messages.subject} sent an answer that cannot be read. Try again.`);
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
					`${this.#messages.subject} gave up: no progress for ${STALL_TIMEOUT_MS / 1000} seconds. ${this.#messages.advice}`
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

	/** Replaces the worker. The running request fails; without one, all open requests fail, because any may be the cause. */
	#replace(message: string): void {
		const failed = this.#running === null ? [...this.#pending.keys()] : [this.#running];
		this.#stop();
		for (const id of failed) {
			this.#pending.get(id)?.reject(new WorkerError(message, true));
			this.#pending.delete(id);
		}
		if (this.#pending.size === 0) return;
		const worker = this.#live();
		for (const { request } of this.#pending.values()) worker.postMessage(request);
	}
}
