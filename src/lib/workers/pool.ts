import { WorkerClient, type RequestOptions, type WorkerLike, type WorkerWords } from './client';
import type { CallMap } from './protocol';

/**
 * Where a call runs. `pinned`: in the worker of the tokenizer that its params name, so that each tokenizer's tables
 * exist once. `spread`: in several workers in turn. Any other name: in the one worker of that name.
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
	/** How many workers tokenizers are pinned to, and how many `spread` calls use. */
	readonly size?: number;
	/** Messages about the workers of a route; the others speak of "the tokenizer". */
	readonly words?: Readonly<Record<Route, WorkerWords>>;
}

/** Workers by route. Each starts with the first request to it. */
export class WorkerPool {
	readonly #spawn: () => WorkerLike;
	readonly #words: NonNullable<PoolOptions['words']>;
	readonly #pinnedWorkers: readonly WorkerClient[];
	readonly #spreadWorkers: readonly WorkerClient[];
	readonly #named = new Map<Route, WorkerClient>();
	/** By tokenizer: the index of its worker. */
	readonly #pinned = new Map<string, number>();
	/** Counts `spread` calls, so that they take turns. */
	#turns = 0;

	constructor({
		spawn,
		size = poolSize(globalThis.navigator?.hardwareConcurrency),
		words = {}
	}: PoolOptions) {
		this.#spawn = spawn;
		this.#words = words;
		this.#pinnedWorkers = Array.from({ length: size }, () => this.#create('pinned'));
		this.#spreadWorkers = Array.from({ length: size }, () => this.#create('spread'));
	}

	/** How many `spread` calls run at the same time. */
	get spread(): number {
		return this.#spreadWorkers.length;
	}

	/** Ends the workers of `spread` calls, and frees their memory. */
	stopSpread(): void {
		for (const worker of this.#spreadWorkers) worker.close();
	}

	/**
	 * The calls of `routes`, each sent where it runs.
	 * @param prepare completes the params of a call before they are sent
	 */
	connect<C extends CallMap<C>>(
		routes: Routes<C>,
		prepare: (params: unknown) => unknown = (params) => params
	): Workers<C> {
		const calls = Object.entries<Route>(routes).map(([method, route]) => [
			method,
			(params: unknown, options?: RequestOptions) =>
				this.#worker(route, params).request(method, prepare(params), options)
		]);
		return Object.fromEntries(calls) as Workers<C>;
	}

	#create(route: Route): WorkerClient {
		return new WorkerClient(this.#spawn, this.#words[route]);
	}

	#worker(route: Route, params: unknown): WorkerClient {
		if (route === 'pinned') return this.#pinnedWorkers[this.#slotOf(tokenizerOf(params))];
		if (route === 'spread') return this.#spreadWorkers[this.#turns++ % this.#spreadWorkers.length];
		let worker = this.#named.get(route);
		if (!worker) this.#named.set(route, (worker = this.#create(route)));
		return worker;
	}

	/** The worker of a tokenizer: the one with the fewest, if it has none yet. */
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
	throw new Error('a pinned call names its tokenizer');
}

/**
 * One thread is left to the page. More than four workers would hold tables in memory without
 * answering sooner; with fewer than two one slow library would stop all others.
 */
export const poolSize = (threads = 2): number => Math.min(4, Math.max(2, threads - 1));
