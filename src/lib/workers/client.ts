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

/** Thrown for a request that fails in the worker or isn't answered. The message is for users. */
export class WorkerError extends Error {
	override readonly name = 'WorkerError';
	/** Whether the same request may succeed later. */
	readonly retry: boolean;
	/** Training rule that caused the error; `null` for any other error. */
	readonly rule: keyof TrainingRules | null;

	constructor(message: string, retry: boolean, rule: keyof TrainingRules | null = null) {
		super(message);
		this.retry = retry;
		this.rule = rule;
	}
}

/** Formats an error's message for users. The engine's messages start with a lower-case letter, for the command line. */
export function messageOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.replace(/^[a-z](?=[a-z ])/, (letter) => letter.toUpperCase());
}

/** Wording of messages about a failing worker. */
export interface WorkerMessages {
	/** Subject of the message, such as "The tokenizer". */
	readonly subject: string;
	/** Advice shown when there has been no progress. */
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
	readonly onabort: () => void;
	/** Number of workers to which the request has been sent. */
	sent: number;
}

const abortReason = (signal: AbortSignal): Error =>
	signal.reason instanceof Error ? signal.reason : new DOMException('Aborted.', 'AbortError');

/** Maximum time without progress on running work, or without a message from a worker that is starting or busy. */
export const STALL_TIMEOUT_MS = 20_000;
/**
 * Maximum time for a new or an idle worker to send a message. A worker that misses this limit is replaced. The
 * replacement for a new worker has {@link STALL_TIMEOUT_MS} instead.
 */
export const WAKE_TIMEOUT_MS = 1_200;
/** Last part of the wake timeout, reserved for handling messages that arrived while this thread was busy. */
const MESSAGE_MS = 300;
/** Maximum time that cancelled work may block the worker. */
export const CANCEL_GRACE_MS = 1_500;
/** Maximum time without a message from a worker that is waiting for a download, for storage or for its own scripts. */
export const WAIT_TIMEOUT_MS = 30_000;

/**
 * Sends requests to one worker. Drops replies to cancelled requests. Replaces a worker that dies, makes no progress or
 * does not receive requests: the request that caused the problem fails, and each of the others is sent again, one at a
 * time. Thus a request can interrupt any other request only once, and each request is sent at most twice.
 */
export class WorkerClient {
	readonly #spawn: () => WorkerLike;
	readonly #messages: WorkerMessages;
	readonly #pending = new Map<number, Pending>();
	#worker: WorkerLike | null = null;
	#nextId = 1;
	/** Request that occupies the worker's thread, even after it has been cancelled. */
	#running: number | null = null;
	/**
	 * Request whose tokenizer is being built. Building a tokenizer blocks the worker's thread, and may happen between two
	 * steps of the running request.
	 */
	#building: number | null = null;
	/** Requests that have been sent but not yet received by the worker. */
	readonly #unreceived = new Set<number>();
	/**
	 * Requests to be sent one at a time, because one of them may have killed an earlier worker. The first request has
	 * already been sent.
	 */
	#queue: number[] = [];
	/** Whether the worker has sent any messages; it sends the first one before its script has loaded. */
	#isAwake = false;
	/** Whether the worker's script has loaded. */
	#isStarted = false;
	/** Whether this worker was started to replace one that sent no messages. */
	#isSecondStart = false;
	/** Time limit for the current work, as a `performance.now()` time, and the action to take once it has passed. */
	#limit: { readonly at: number; readonly act: () => void } | null = null;
	/** Timer that checks `#limit`. Most messages only move the limit, because setting a new timer is expensive. */
	#timer: { readonly at: number; readonly id: ReturnType<typeof setTimeout> } | null = null;

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
			const onabort = () => {
				if (signal) this.#cancel(id, abortReason(signal));
			};
			this.#pending.set(id, { request, options, resolve, reject, onabort, sent: 0 });
			signal?.addEventListener('abort', onabort, { once: true });
			if (this.#queue.length > 0) this.#queue.push(id);
			else this.#send(id);
		});
	}

	/** Stops the worker. Open requests fail. */
	close(): void {
		this.#stop();
		this.#fail([...this.#pending.keys()], `${this.#messages.subject} was stopped.`);
	}

	#live(): WorkerLike {
		if (this.#worker) return this.#worker;
		const worker = this.#spawn();
		worker.onmessage = ({ data }) => this.#receive(data);
		worker.onerror = (event) => {
			event.preventDefault();
			const message =
				this.#isStarted || event.message
					? `stopped working: ${event.message || 'the worker died'}.`
					: 'could not be started. Check the connection and try again.';
			this.#replace(message, this.#suspects);
		};
		worker.onmessageerror = () =>
			this.#replace('sent an answer that cannot be read. Try again.', this.#suspects);
		this.#worker = worker;
		return worker;
	}

	#send(id: number): void {
		const pending = this.#pending.get(id);
		if (!pending) return;
		pending.sent++;
		this.#live().postMessage(pending.request);
		this.#unreceived.add(id);
		// If the worker already has a time limit for receiving earlier requests, sending more does not extend it.
		if (this.#limit === null || (this.#occupant === null && this.#unreceived.size === 1))
			this.#watch();
	}

	/** Sends the first queued request that has not been cancelled. */
	#sendQueued(): void {
		while (this.#queue.length > 0 && !this.#pending.has(this.#queue[0])) this.#queue.shift();
		if (this.#queue.length > 0) this.#send(this.#queue[0]);
	}

	#cancel(id: number, reason: Error): void {
		const pending = this.#take(id);
		if (!pending) return;
		pending.reject(reason);
		this.#worker?.postMessage({ cancel: id });
		if (this.#running === id) this.#watch();
	}

	#receive(message: FromWorker): void {
		const { id, type } = message;
		this.#isAwake = true;
		this.#isSecondStart = false;
		if (type !== 'awake' && type !== 'held') this.#isStarted = true;
		this.#note(message);
		const pending = this.#pending.get(id);
		if (!pending) return;
		switch (type) {
			case 'progress':
				pending.options.onprogress?.(message.progress);
				return;
			case 'result':
				this.#take(id);
				pending.resolve(message.result);
				return;
			case 'awake':
			case 'locked':
			case 'held':
			case 'unlocked':
			case 'received':
			case 'start':
			case 'built':
			case 'cancelled':
				return;
			case 'error':
				this.#take(id);
				pending.reject(new WorkerError(message.message, message.retry, message.rule));
				return;
		}
	}

	/** Tracks which request occupies the worker's thread. Only messages about this request extend the time limit. */
	#note(message: FromWorker): void {
		const { id, type } = message;
		this.#unreceived.delete(id);
		if (type === 'start') this.#running = id;
		const isBuild = type === 'progress' && message.progress.phase === 'prepare';
		if (isBuild && this.#running !== id) this.#building = id;
		const isOccupant = this.#building === id || this.#running === id;
		const isOver = type === 'result' || type === 'error' || type === 'cancelled';
		if (this.#building === id && (isOver || type === 'built')) this.#building = null;
		if (this.#running === id && isOver) this.#running = null;
		if (isOccupant || this.#occupant === null) this.#watch();
		if (isOver && this.#queue[0] === id) {
			this.#queue.shift();
			this.#sendQueued();
		}
	}

	/**
	 * Restarts the time limit for the request that occupies the thread. If the thread is free, limits the time until
	 * the worker sends its next message.
	 */
	#watch(): void {
		const { advice } = this.#messages;
		const seconds = STALL_TIMEOUT_MS / 1000;
		this.#limit = null;
		if (this.#occupant !== null) {
			// Building continues even if the request is cancelled, because later requests use the tokenizer.
			const isWanted = this.#building !== null || this.#pending.has(this.#running ?? 0);
			this.#setLimit(isWanted ? STALL_TIMEOUT_MS : CANCEL_GRACE_MS, () =>
				this.#replace(`gave up: no progress for ${seconds} seconds. ${advice}`, this.#suspects)
			);
		} else if (this.#unreceived.size > 0 && !this.#isAwake && !this.#isSecondStart) {
			this.#setLimit(WAKE_TIMEOUT_MS, () => this.#startAgain());
		} else if (this.#unreceived.size > 0 && this.#isIdle) {
			// The worker died while it was idle, so no request is to blame.
			const replace = () => this.#replace('stopped working: the worker died.', []);
			this.#setLimit(WAKE_TIMEOUT_MS - MESSAGE_MS, () => this.#setLimit(MESSAGE_MS, replace));
		} else if (this.#unreceived.size > 0) {
			this.#setLimit(STALL_TIMEOUT_MS, () => {
				// If the worker has already started, any of the requests may have blocked it. None of them fails for
				// now, and they are sent again one at a time.
				const failed = this.#isStarted ? [] : [...this.#pending.keys()];
				const message = `did not start within ${seconds} seconds. Check the connection and try again.`;
				this.#replace(message, failed);
			});
		} else if (this.#pending.size > 0) {
			this.#setLimit(WAIT_TIMEOUT_MS, () => {
				// There may be no requests left, for example because all of them were cancelled.
				if (this.#pending.size === 0) return;
				const message = `gave up: nothing arrived for ${WAIT_TIMEOUT_MS / 1000} seconds. Check the connection and try again.`;
				this.#replace(message, [...this.#pending.keys()]);
			});
		}
	}

	#setLimit(ms: number, act: () => void): void {
		const at = performance.now() + ms;
		this.#limit = { at, act };
		if (this.#timer === null || this.#timer.at > at) this.#setTimer(at);
	}

	#setTimer(at: number): void {
		clearTimeout(this.#timer?.id);
		this.#timer = { at, id: setTimeout(() => this.#checkLimit(), at - performance.now()) };
	}

	#checkLimit(): void {
		this.#timer = null;
		const limit = this.#limit;
		if (limit === null) return;
		if (performance.now() < limit.at) {
			this.#setTimer(limit.at);
			return;
		}
		this.#limit = null;
		limit.act();
	}

	#stop(): void {
		clearTimeout(this.#timer?.id);
		this.#timer = null;
		this.#limit = null;
		this.#running = null;
		this.#building = null;
		this.#unreceived.clear();
		this.#queue = [];
		this.#isAwake = this.#isStarted = this.#isSecondStart = false;
		if (this.#worker) {
			this.#worker.onmessage = this.#worker.onerror = this.#worker.onmessageerror = null;
			this.#worker.terminate();
		}
		this.#worker = null;
	}

	/** Request that occupies the worker's thread; `null` if the thread is free. */
	get #occupant(): number | null {
		return this.#building ?? this.#running;
	}

	/** Whether the worker has started but has not received any of the open requests. */
	get #isIdle(): boolean {
		const isOpen = (id: number) => this.#pending.has(id) && !this.#unreceived.has(id);
		return this.#isStarted && !this.#sent.some(isOpen);
	}

	get #sent(): readonly number[] {
		return this.#queue.length > 0 ? this.#queue.slice(0, 1) : [...this.#pending.keys()];
	}

	/**
	 * Requests that fail when a worker dies. If a request occupied the worker's thread, only that request fails. If the
	 * thread was free and the worker's script never loaded, all requests fail. If the script had loaded and the worker
	 * had received exactly one open request, that request fails. In any other case, none fails.
	 */
	get #suspects(): readonly number[] {
		if (this.#occupant !== null) return [this.#occupant];
		const sent = [...this.#pending.keys()];
		if (!this.#isStarted) return sent;
		const received = sent.filter((id) => !this.#unreceived.has(id));
		return received.length > 1 ? [] : received;
	}

	/** Replaces a worker that sent no messages. No request is to blame, because the worker had received none. */
	#startAgain(): void {
		const queue = this.#queue;
		const sent = this.#sent;
		this.#stop();
		this.#isSecondStart = true;
		this.#queue = queue;
		for (const id of sent) {
			const pending = this.#pending.get(id);
			if (pending) pending.sent--;
			this.#send(id);
		}
	}

	/** Replaces the worker. Open requests that were already sent twice fail, and the others are sent again. */
	#replace(message: string, failed: readonly number[]): void {
		this.#stop();
		const tried = [...this.#pending].filter(([, { sent }]) => sent > 1).map(([id]) => id);
		this.#fail([...failed, ...tried], `${this.#messages.subject} ${message}`);
		this.#queue = [...this.#pending.keys()];
		this.#sendQueued();
	}

	#fail(ids: readonly number[], message: string): void {
		for (const id of ids) this.#take(id)?.reject(new WorkerError(message, true));
	}

	/** Removes a settled request. */
	#take(id: number): Pending | undefined {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		pending?.options.signal?.removeEventListener('abort', pending.onabort);
		return pending;
	}
}
