import { WorkerClient, type RequestOptions, type WorkerLike, type WorkerMessages } from './client';
import type { CallMap } from './protocol';

/**
 * The worker that a call runs in. `pinned`: the worker assigned to the tokenizer in its params, so that each
 * tokenizer's tables exist only once. `spread`: several workers in turn. Any other name: the worker with that name.
 */
export type Route = string;

/** A route for each call of a feature. */
export type Routes<C> = { readonly [M in keyof C]: Route };

/** Calls as the page makes them. */
export type Workers<C extends CallMap<C>> = {
	readonly [M in keyof C]: (
		params: C[M]['params'],
		options?: RequestOptions
	) => Promise<C[M]['result']>;
};

export interface PoolOptions {
	readonly spawn: () => WorkerLike;
	/** Number of workers for `pinned` calls, and also for `spread` calls. */
	readonly size?: number;
	/** Parts of messages about the workers of a route. Default: about the tokenizer. */
	readonly messages?: Readonly<Record<Route, WorkerMessages>>;
}

/** Workers by route. Each starts on its first request. */
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

	/** Stops the workers of `spread` calls, or one that has a name, to free their memory. The next call starts them again. */
	stop(route: Route): void {
		const named = this.#named.get(route);
		for (const worker of route === 'spread' ? this.#spreadWorkers : named ? [named] : [])
			worker.close();
	}

	/**
	 * Creates the calls of `routes`.
	 * @param prepare completes the params of a call before they are sent, or throws
	 */
	connect<C extends CallMap<C>>(
		routes: Routes<C>,
		prepare: (params: unknown) => unknown = (params) => params
	): Workers<C> {
		const calls = Object.entries<Route>(routes).map(([method, route]) => [
			method,
			// Rejects if the params cannot be completed.
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

	/** Index of the worker of a tokenizer. Assigns a new tokenizer to the worker with the fewest. */
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

/** @throws Error if the params name no tokenizer */
function tokenizerOf(params: unknown): string {
	if (typeof params === 'object' && params !== null && 'tokenizer' in params) {
		if (typeof params.tokenizer === 'string') return params.tokenizer;
	}
	throw new Error('got a pinned call without a tokenizer, expected its id in the params');
}

/**
 * Number of workers on a machine with `threads` threads, one of which is left to the page. More than four workers would
 * take memory without being faster. With fewer than two, one slow library would block all others.
 */
export const poolSize = (threads = 2): number => Math.min(4, Math.max(2, threads - 1));
