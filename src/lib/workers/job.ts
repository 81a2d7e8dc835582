import type { CallMap, Progress } from './protocol';

/** Thrown in the worker if a request was cancelled. */
export class Cancelled extends Error {}

/** One request being answered: its turn on the thread, its progress, its end. */
export interface Job {
	progress(progress: Progress): void;
	/** Runs `work` after all work before it. */
	exclusive<T>(work: () => T | Promise<T>): Promise<T>;
	/** Lets waiting messages in, and throws {@link Cancelled} if the request was cancelled. */
	checkpoint(): Promise<void>;
}

export interface Answer<R> {
	readonly result: R;
	/** Arrays of the result that are handed over instead of copied. */
	readonly transfer?: readonly { readonly buffer: ArrayBufferLike }[];
}

/** Answers to the calls of a feature. */
export type Handlers<C extends CallMap<C>> = {
	readonly [M in keyof C]: (params: C[M]['params'], job: Job) => Promise<Answer<C[M]['result']>>;
};

/** A task of its own, so that messages that wait are read. Unlike a timer it is not slowed down. */
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
