import { DownloadError, downloadSpec } from '../session/downloads/vocabularies';
import { TrainingRuleError } from '../engine/train/rule-error';
import { tokenizingHandlers } from '../session/worker/tokenizing';
import { Cancelled, nextTask, type Answer, type Handlers, type Job } from '../workers/job';
import { LoadedTokenizers, type SpecSource } from '../session/worker/loaded-tokenizers';
import type { FromWorker, Method, Progress, Request, ToWorker } from '../workers/protocol';

type AnyHandler = (params: unknown, job: Job) => Promise<Answer<Method>>;
type Post = (message: FromWorker, transfer?: Transferable[]) => void;

/**
 * The worker's side: runs one piece of work at a time, and lets messages in between its steps, so
 * that a cancelled request ends soon. Downloads run beside each other. What is done is in `handlers/`.
 */
export class TokenizerService {
	readonly #post: Post;
	readonly #handlers: Handlers<Method>;
	readonly #open = new Set<number>();
	#turn: Promise<unknown> = Promise.resolve();

	constructor(post: Post, source: SpecSource = downloadSpec) {
		this.#post = post;
		const tokenizers = new LoadedTokenizers(source);
		this.#handlers = {
			...tokenizingHandlers(tokenizers),
			...lazily(['spellings', 'ladder'], async () => {
				const { spellingHandlers } = await import('../features/strawberry/worker/handlers');
				return spellingHandlers(tokenizers);
			}),
			...lazily(['count', 'train', 'steps', 'pairs', 'usage', 'trainedFile'], async () => {
				const { trainingHandlers } = await import('../session/worker/training');
				return trainingHandlers();
			}),
			...lazily(['measureLanguages', 'measureTexts'], async () => {
				const { inflationHandlers } = await import('../features/inflation/worker/handlers');
				return inflationHandlers(tokenizers);
			}),
			...lazily(
				['drift', 'driftProbes', 'selfEncode', 'driftText', 'driftSides', 'outline'],
				async () => {
					const { driftHandlers } = await import('../features/drift/worker/handlers');
					return driftHandlers(tokenizers);
				}
			),
			...lazily(['damage'], async () => {
				const { damageHandlers } = await import('../features/drift/worker/damage-handlers');
				return damageHandlers(tokenizers);
			}),
			...lazily(['driftCase'], async () => {
				const { caseHandlers } = await import('../features/drift/worker/case-handlers');
				return caseHandlers(tokenizers);
			})
		};
	}

	handle(message: ToWorker): void {
		if ('cancel' in message) {
			this.#open.delete(message.cancel);
			return;
		}
		const { id } = message;
		this.#open.add(id);
		this.#answer(message)
			.then(({ result, transfer = [] }) => {
				this.#open.delete(id);
				// Two arrays of an answer may be the same one, and a buffer goes over once.
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
					retry: error instanceof DownloadError,
					...(error instanceof TrainingRuleError && { rule: error.rule })
				});
			});
	}

	#answer({ id, method, params }: Request): Promise<Answer<Method>> {
		// A request pairs a method with its own params; the compiler does not follow the pair.
		const handler = this.#handlers[method];
		return (handler as (params: unknown, job: Job) => Promise<Answer<Method>>)(
			params,
			this.#job(id)
		);
	}

	#job(id: number): Job {
		const breathe = () => this.#breathe(id);
		return {
			breathe,
			progress: (progress: Progress) => this.#post({ id, type: 'progress', progress }),
			inTurn: async (work) => {
				const before = this.#turn;
				let release: () => void = () => undefined;
				this.#turn = new Promise<void>((resolve) => (release = resolve));
				try {
					await before;
					await breathe();
					this.#post({ id, type: 'start' });
					return await work();
				} finally {
					release();
				}
			}
		};
	}

	async #breathe(id: number): Promise<void> {
		await nextTask();
		if (!this.#open.has(id)) throw new Cancelled();
	}
}

/** Handlers whose code is fetched with the first request for one of them. */
function lazily<M extends Method>(
	methods: readonly M[],
	load: () => Promise<Handlers<M>>
): Handlers<M> {
	let loaded: Promise<Handlers<M>> | undefined;
	const handlers = methods.map((method) => {
		const handler: AnyHandler = async (params, job) => {
			// What could not be fetched is forgotten, so that asking again tries again.
			loaded ??= load().catch((error: unknown) => {
				loaded = undefined;
				throw error;
			});
			return ((await loaded)[method] as unknown as AnyHandler)(params, job);
		};
		return [method, handler] as const;
	});
	return Object.fromEntries(handlers) as unknown as Handlers<M>;
}
