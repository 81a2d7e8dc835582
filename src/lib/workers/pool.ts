import { WorkerClient, type RequestOptions, type WorkerLike, type WorkerWords } from './client';
import type { TokenizerChoice } from './calls/tokenizing';
import type { Calls } from './protocol';

const TRAINING_WORDS: WorkerWords = {
	subject: 'The training',
	advice:
		'A pattern that backtracks without end does this: make it simpler, or take one with a name.'
};

/**
 * A few workers. Each tokenizer is pinned to one, so that its tables exist once; comparisons have a
 * worker of their own, so that they never wait behind a long text, and so have the libraries, so
 * that a slow second opinion never delays the answer. Training has a worker that keeps what it has
 * trained, and counting a large corpus has several that are given up when it is done.
 */
export class TokenizerPool {
	readonly #workers: WorkerClient[];
	readonly #analysis: WorkerClient;
	readonly #libraries: WorkerClient;
	readonly #training: WorkerClient;
	readonly #counting: readonly WorkerClient[];
	/** Counts parts of corpora, so that they go to the workers in turn. */
	#parts = 0;
	readonly #pinned = new Map<string, number>();
	readonly #fileOf: (tokenizer: string) => Uint8Array | undefined;

	/** @param fileOf the packed file of a tokenizer that is not in the catalogue */
	constructor(
		spawn: () => WorkerLike = spawnWorker,
		size = poolSize(globalThis.navigator?.hardwareConcurrency),
		fileOf: (tokenizer: string) => Uint8Array | undefined = () => undefined
	) {
		this.#fileOf = fileOf;
		this.#workers = Array.from({ length: size }, () => new WorkerClient(spawn));
		this.#analysis = new WorkerClient(spawn);
		this.#libraries = new WorkerClient(spawn);
		this.#training = new WorkerClient(spawn, TRAINING_WORDS);
		this.#counting = Array.from({ length: size }, () => new WorkerClient(spawn, TRAINING_WORDS));
	}

	/** How many parts of a corpus can be counted at the same time. */
	get counters(): number {
		return this.#counting.length;
	}

	encode(
		params: Calls['encode']['params'],
		options?: RequestOptions
	): Promise<Calls['encode']['result']> {
		return this.#worker(params.tokenizer).request('encode', this.#named(params), options);
	}

	spell(
		params: Calls['spell']['params'],
		options?: RequestOptions
	): Promise<Calls['spell']['result']> {
		return this.#worker(params.tokenizer).request('spell', this.#named(params), options);
	}

	compare(
		params: Calls['compare']['params'],
		options?: RequestOptions
	): Promise<Calls['compare']['result']> {
		return this.#analysis.request('compare', params, options);
	}

	check(
		params: Calls['check']['params'],
		options?: RequestOptions
	): Promise<Calls['check']['result']> {
		return this.#libraries.request('check', this.#named(params), options);
	}

	/** Gives up the workers that count, with what they hold in memory. */
	stopCounting(): void {
		for (const worker of this.#counting) worker.close();
	}

	/** Counts a part of a corpus; parts go to several workers. */
	count(
		params: Calls['count']['params'],
		options?: RequestOptions
	): Promise<Calls['count']['result']> {
		const worker = this.#counting[this.#parts++ % this.#counting.length];
		return worker.request('count', params, options);
	}

	train(
		params: Calls['train']['params'],
		options?: RequestOptions
	): Promise<Calls['train']['result']> {
		return this.#training.request('train', params, options);
	}

	steps(
		params: Calls['steps']['params'],
		options?: RequestOptions
	): Promise<Calls['steps']['result']> {
		return this.#training.request('steps', params, options);
	}

	pairs(
		params: Calls['pairs']['params'],
		options?: RequestOptions
	): Promise<Calls['pairs']['result']> {
		return this.#training.request('pairs', params, options);
	}

	usage(
		params: Calls['usage']['params'],
		options?: RequestOptions
	): Promise<Calls['usage']['result']> {
		return this.#training.request('usage', params, options);
	}

	trainedFile(
		params: Calls['trainedFile']['params'],
		options?: RequestOptions
	): Promise<Calls['trainedFile']['result']> {
		return this.#training.request('trainedFile', params, options);
	}

	/** Sends a tokenizer's own file along with its id: a replaced worker knows nothing of it. */
	#named<P extends TokenizerChoice>(params: P): P {
		const own = this.#fileOf(params.tokenizer);
		return own ? { ...params, own } : params;
	}

	/** The worker of a tokenizer: the one with the fewest, when it has none yet. */
	#worker(tokenizer: string): WorkerClient {
		let slot = this.#pinned.get(tokenizer);
		if (slot === undefined) {
			const load = this.#workers.map(
				(_, i) => [...this.#pinned.values()].filter((pinned) => pinned === i).length
			);
			slot = load.indexOf(Math.min(...load));
			this.#pinned.set(tokenizer, slot);
		}
		return this.#workers[slot];
	}
}

/**
 * One thread is left to the page. More than four workers would hold tables in memory without
 * answering sooner; with fewer than two one slow library would stop all others.
 */
export const poolSize = (threads = 2): number => Math.min(4, Math.max(2, threads - 1));

function spawnWorker(): WorkerLike {
	return new Worker(new URL('./tokenizer.worker.ts', import.meta.url), { type: 'module' });
}
