import { WorkerClient, type RequestOptions, type WorkerLike, type WorkerMessages } from './client';
import type { CallMap } from './protocol';

/**
 * Determines which worker runs a call. `pinned`: the worker assigned to the tokenizer in the call's params, so that
 * each tokenizer's tables exist only once. `spread`: several workers in turn. Any other name: the worker with that
 * name.
 */
export type Route = string;

/** A route for each of a feature's calls. */
export type Routes<C> = { readonly [M in keyof C]: Route };

export type Workers<C extends CallMap<C>> = {
	readonly [M in keyof C]: (
		params: C[M]['params'],
		options?: RequestOptions
	) => Promise<C[M]['result']>;
};

export interface PoolOptions {
	readonly spawn: () => WorkerLike;
	/** Number of workers for each kind of call, `pinned` and `spread`. */
	readonly size?: number;
	/** Wording of messages about the failing workers of each route. By default, the messages refer to the tokenizer. */
	readonly messages?: Readonly<Record<Route, WorkerMessages>>;
}

/** Workers grouped by route. Each worker starts on its first request. */
export class WorkerPool {
	readonly #spawn: () => WorkerLike;
	readonly #messages: NonNullable<PoolOptions['messages']>;
	readonly #pinnedWorkers: readonly WorkerClient[];
	readonly #spreadWorkers: readonly WorkerClient[];
	readonly #named = new Map<Route, WorkerClient>();
	/** Worker index, keyed by tokenizer. */
	readonly #pinned = new Map<string, number>();
	/** Number of `spread` calls so far. */
	#turns = 0;

	constructor({
		spawn,
		size = poolSize(globalThis.navigator?.hardwareConcurrency),
		messages = {}
	}: PoolOptions) {
		this.#spawn = spawn;
		this.#messages = messages;
		this.#pinnedWorkers = Array.from({ length: size }, () => this.#create('pinned'));
		this.#spreadWorkers = Array.from({ length: size }, () => this.#create('spread'));
	}

	/** Number of `spread` calls that can run at the same time. */
	get spread(): number {
		return this.#spreadWorkers.length;
	}

	/**
	 * Stops the workers for `spread` calls, or the worker with a given name, to free memory. The next call starts them
	 * again.
	 */
	stop(route: Route): void {
		const named = this.#named.get(route);
		for (const worker of route === 'spread' ? this.#spreadWorkers : named ? [named] : [])
			worker.close();
	}

	/**
	 * Creates a function for each call in `routes`.
	 * @param prepare adds what is missing from a call's params before they are sent; may throw
	 */
	connect<C extends CallMap<C>>(
		routes: Routes<C>,
		prepare: (params: unknown) => unknown = (params) => params
	): Workers<C> {
		const calls = Object.entries<Route>(routes).map(([method, route]) => [
			method,
			// Asynchronous, so that an error thrown by `prepare` rejects the promise.
			async (params: unknown, options?: RequestOptions) =>
				this.#worker(route, params).request(method, prepare(params), options)
		]);
		return Object.fromEntries(calls) as Workers<C>;
	}

	#create(route: Route): WorkerClient {
		return new WorkerClient(this.#spawn, this.#messages[route]);
	}

	#worker(route: Route, params: unknown): WorkerClient {
		if (route === 'pinned') return this.#pinnedWorkers[this.#slotOf(tokenizerOf(params))];
		if (route === 'spread') return this.#spreadWorkers[this.#turns++ % this.#spreadWorkers.length];
		let worker = this.#named.get(route);
		if (!worker) this.#named.set(route, (worker = this.#create(route)));
		return worker;
	}

	/** Index of the worker for a tokenizer. A new tokenizer is assigned to the worker with the fewest tokenizers. */
	#slotOf(tokenizer: string): number {
		let slot = this.#pinned.get(tokenizer);
		if (slot === undefined) {
			const load = this.#pinnedWorkers.map(
				(_, i) => [...this.#pinned.values()].filter((pinned) => pinned === i).length
			);
			slot = load.indexOf(Math.min(...load));
			this.#pinned.set(tokenizer, slot);
		}
		return slot;
	}
}

/** @throws Error if the params do not name a tokenizer */
function tokenizerOf(params: unknown): string {
	if (typeof params === 'object' && params !== null && 'tokenizer' in params) {
		if (typeof params.tokenizer === 'string') return params.tokenizer;
	}
	throw new Error('got a pinned call without a tokenizer, expected its id in the params');
}

/**
 * Number of workers on a machine with `threads` threads, leaving one thread for the page. More than four workers would
 * use more memory without being faster. With only one worker, a slow library would block all the others.
 */
export const poolSize = (threads = 2): number => Math.min(4, Math.max(2, threads - 1));
