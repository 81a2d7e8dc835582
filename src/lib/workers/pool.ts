import { WorkerClient, type RequestOptions, type WorkerLike, type WorkerWords } from './client';
import type { TokenizerChoice } from '../session/worker/tokenizing-calls';
import type { Calls, Method } from './protocol';

const TRAINING_WORDS: WorkerWords = {
	subject: 'The training',
	advice:
		'A pattern that backtracks without end does this: make it simpler, or take one with a name.'
};

/** A call as the page makes it. */
type Call<M extends Method> = (
	params: Calls[M]['params'],
	options?: RequestOptions
) => Promise<Calls[M]['result']>;

/** The calls about one tokenizer. */
type NamedMethod = {
	[M in Method]: Calls[M]['params'] extends TokenizerChoice ? M : never;
}[Method];

/** The calls about two. The gallery's cases are not among them: they name tokenizers of the catalogue. */
type PairMethod = Exclude<
	{
		[M in Method]: Calls[M]['params'] extends Record<'a' | 'b', TokenizerChoice> ? M : never;
	}[Method],
	'driftCase'
>;

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
	/** Holds both tokenizers of a pair. */
	readonly #drift: WorkerClient;
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
		this.#drift = new WorkerClient(spawn);
		this.#training = new WorkerClient(spawn, TRAINING_WORDS);
		this.#counting = Array.from({ length: size }, () => new WorkerClient(spawn, TRAINING_WORDS));
	}

	readonly encode = this.#tokenizing('encode');
	readonly spell = this.#tokenizing('spell');
	readonly measureLanguages = this.#tokenizing('measureLanguages');
	readonly measureTexts = this.#tokenizing('measureTexts');
	readonly spellings = this.#tokenizing('spellings');
	readonly ladder = this.#tokenizing('ladder');
	readonly compare = this.#sent('compare', () => this.#analysis);
	readonly check = this.#named('check', () => this.#libraries);
	readonly drift = this.#paired('drift', () => this.#drift);
	readonly driftProbes = this.#paired('driftProbes', () => this.#drift);
	readonly selfEncode = this.#paired('selfEncode', () => this.#drift);
	readonly driftText = this.#paired('driftText', () => this.#drift);
	readonly driftSides = this.#paired('driftSides', () => this.#drift);
	readonly outline = this.#named('outline', () => this.#drift);
	readonly damage = this.#paired('damage', () => this.#drift);
	readonly driftCase = this.#sent('driftCase', () => this.#libraries);

	/** Counts a part of a corpus; parts go to several workers. */
	readonly count = this.#sent('count', () => this.#counting[this.#parts++ % this.#counting.length]);
	readonly train = this.#sent('train', () => this.#training);
	readonly steps = this.#sent('steps', () => this.#training);
	readonly pairs = this.#sent('pairs', () => this.#training);
	readonly usage = this.#sent('usage', () => this.#training);
	readonly trainedFile = this.#sent('trainedFile', () => this.#training);

	/** How many parts of a corpus can be counted at the same time. */
	get counters(): number {
		return this.#counting.length;
	}

	/** Gives up the workers that count, with what they hold in memory. */
	stopCounting(): void {
		for (const worker of this.#counting) worker.close();
	}

	/** A call that a worker answers. */
	#sent<M extends Method>(
		method: M,
		worker: (params: Calls[M]['params']) => WorkerClient
	): Call<M> {
		return (params, options) => worker(params).request(method, params, options);
	}

	/** A call about one tokenizer: its own file goes along, because a replaced worker knows nothing of it. */
	#named<M extends NamedMethod>(
		method: M,
		worker: (params: Calls[M]['params']) => WorkerClient
	): Call<M> {
		return (params, options) => {
			const own = this.#fileOf(params.tokenizer);
			return worker(params).request(method, own ? { ...params, own } : params, options);
		};
	}

	/** A call about two tokenizers, likewise. */
	#paired<M extends PairMethod>(
		method: M,
		worker: (params: Calls[M]['params']) => WorkerClient
	): Call<M> {
		const withFile = (choice: TokenizerChoice): TokenizerChoice => {
			const own = this.#fileOf(choice.tokenizer);
			return own ? { ...choice, own } : choice;
		};
		return (params, options) =>
			worker(params).request(
				method,
				{ ...params, a: withFile(params.a), b: withFile(params.b) },
				options
			);
	}

	/** A call that the worker of the tokenizer answers. */
	#tokenizing<M extends NamedMethod>(method: M): Call<M> {
		return this.#named(method, ({ tokenizer }) => this.#worker(tokenizer));
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
	return new Worker(new URL('../app/tokenizer.worker.ts', import.meta.url), { type: 'module' });
}
