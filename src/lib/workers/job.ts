import type { CallMap, Progress } from './protocol';

/** Thrown in the worker if a request is cancelled. */
export class Cancelled extends Error {}

/** A request that the worker is answering. */
export interface Job {
	progress(progress: Progress): void;
	/**
	 * Builds a tokenizer's tables synchronously, and reports when building begins and ends. The page limits how long
	 * building may take.
	 */
	build<T>(make: () => T): T;
	/** Runs `work` once all earlier work has finished, with no other work at the same time. */
	exclusive<T>(work: () => T | Promise<T>): Promise<T>;
	/** Lets the worker receive messages. @throws Cancelled if the request was cancelled */
	checkpoint(): Promise<void>;
}

export interface Answer<R> {
	readonly result: R;
	/** Arrays in the result to transfer rather than copy. */
	readonly transfer?: readonly { readonly buffer: ArrayBufferLike }[];
}

/** Handlers for a feature's calls. */
export type Handlers<C extends CallMap<C>> = {
	readonly [M in keyof C]: (params: C[M]['params'], job: Job) => Promise<Answer<C[M]['result']>>;
};

/** Waits for the next task, so that pending messages are received. Unlike a timer, this wait is not throttled. */
export function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
