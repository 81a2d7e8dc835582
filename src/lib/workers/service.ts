import { TrainingRuleError } from '../engine/train';
import { Cancelled, nextTask, type Answer, type Handlers, type Job } from './job';
import type { CallMap, FromWorker, Progress, Request, ToWorker } from './protocol';

type AnyHandler = (params: unknown, job: Job) => Promise<Answer<unknown>>;
type Post = (message: FromWorker, transfer?: Transferable[]) => void;

/**
 * Answers requests in the worker. Exclusive work runs for one request at a time, and messages are received between
 * steps so that a cancelled request stops soon. Downloads run in parallel.
 */
export class WorkerService<C extends CallMap<C>> {
	readonly #post: Post;
	readonly #handlers: Handlers<C>;
	readonly #open = new Set<number>();
	readonly #whileWorking: (work: Promise<unknown>) => unknown;
	#turn: Promise<unknown> = Promise.resolve();

	/** @param whileWorking called with each piece of work; by default, does nothing */
	constructor(
		post: Post,
		handlers: Handlers<C>,
		whileWorking: (work: Promise<unknown>) => unknown = () => undefined
	) {
		this.#post = post;
		this.#handlers = handlers;
		this.#whileWorking = whileWorking;
	}

	handle(message: ToWorker): void {
		if ('cancel' in message) {
			this.#open.delete(message.cancel);
			return;
		}
		const { id } = message;
		this.#post({ id, type: 'received' });
		this.#open.add(id);
		// Starts the work asynchronously, so that the page knows about it before it occupies the thread.
		const answered = Promise.resolve()
			.then(() => this.#answer(message))
			.then(({ result, transfer = [] }) => {
				this.#open.delete(id);
				// Several arrays may share a buffer, but a buffer can be transferred only once.
				const buffers = new Set(transfer.map(({ buffer }) => buffer));
				this.#post({ id, type: 'result', result }, [...buffers]);
			})
			.catch((error: unknown) => {
				if (error instanceof Cancelled) {
					this.#post({ id, type: 'cancelled' });
					return;
				}
				this.#open.delete(id);
				this.#post({
					id,
					type: 'error',
					message: error instanceof Error ? error.message : String(error),
					retry: error instanceof Error && 'retry' in error && error.retry === true,
					...(error instanceof TrainingRuleError && { rule: error.rule })
				});
			});
		this.#whileWorking(answered);
	}

	async #answer({ id, method, params }: Request): Promise<Answer<unknown>> {
		// The compiler cannot infer that the params belong to the method.
		const handler = this.#handlers[method as keyof C] as unknown as AnyHandler | undefined;
		if (!handler) throw new Error(`unknown call "${method}"; reload the page`);
		return handler(params, this.#job(id));
	}

	#job(id: number): Job {
		const checkpoint = () => this.#checkpoint(id);
		const progress = (progress: Progress) => this.#post({ id, type: 'progress', progress });
		return {
			checkpoint,
			progress,
			build: (make) => {
				progress({ phase: 'prepare' });
				try {
					return make();
				} finally {
					this.#post({ id, type: 'built' });
				}
			},
			exclusive: async (work) => {
				const before = this.#turn;
				let release: () => void = () => undefined;
				this.#turn = new Promise<void>((resolve) => (release = resolve));
				try {
					await before;
					await checkpoint();
					this.#post({ id, type: 'start' });
					return await work();
				} finally {
					release();
				}
			}
		};
	}

	async #checkpoint(id: number): Promise<void> {
		await nextTask();
		if (!this.#open.has(id)) throw new Cancelled();
	}
}

/**
 * Creates handlers whose code is fetched on the first request for any of them.
 * @param methods names of all handlers
 */
export function lazyHandlers<C extends CallMap<C>>(
	methods: { readonly [M in keyof C]: true },
	load: () => Promise<Handlers<C>>
): Handlers<C> {
	let loaded: Promise<Handlers<C>> | undefined;
	const handlers = Object.keys(methods).map((method) => {
		const handler: AnyHandler = async (params, job) => {
			// If fetching the code fails, the next request tries again.
			loaded ??= load().catch((error: unknown) => {
				loaded = undefined;
				throw error;
			});
			return (await loaded)[method as keyof C](params, job);
		};
		return [method, handler] as const;
	});
	return Object.fromEntries(handlers) as unknown as Handlers<C>;
}
