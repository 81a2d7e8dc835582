import { compareCuts } from '../analysis/cuts';
import { tokenStats } from '../analysis/token-stats';
import { DownloadError, downloadSpec, type DownloadProgress } from '../catalogue/download';
import type { RuntimeName } from '../catalogue/types';
import type { TokenizerSpec } from '../engine/spec';
import { createRuntime } from '../runtimes/create';
import { encodeInChunks } from '../runtimes/encode-chunks';
import { spellIds } from '../runtimes/spell';
import type { Runtime } from '../runtimes/types';
import type {
	EncodeParams,
	EncodeResult,
	FromWorker,
	Progress,
	Request,
	SpellParams,
	SpellResult,
	ToWorker
} from './protocol';

type Post = (message: FromWorker, transfer?: Transferable[]) => void;

/** Where specs come from; the browser downloads them, a test hands them over. */
export type SpecSource = (
	id: string,
	onprogress: (progress: DownloadProgress) => void
) => Promise<TokenizerSpec>;

class Cancelled extends Error {}

/**
 * The worker's side: loads each tokenizer once, runs one piece of work at a time, and lets messages
 * in between chunks, so that a cancelled request ends soon. Downloads run beside each other.
 */
export class TokenizerService {
	readonly #post: Post;
	readonly #source: SpecSource;
	readonly #specs = new Map<string, Promise<TokenizerSpec>>();
	readonly #runtimes = new Map<string, Promise<Runtime>>();
	readonly #open = new Set<number>();
	#turn: Promise<unknown> = Promise.resolve();

	constructor(post: Post, source: SpecSource = downloadSpec) {
		this.#post = post;
		this.#source = source;
	}

	handle(message: ToWorker): void {
		if ('cancel' in message) {
			this.#open.delete(message.cancel);
			return;
		}
		this.#open.add(message.id);
		this.#answer(message).catch((error: unknown) => {
			if (error instanceof Cancelled) {
				this.#post({ id: message.id, type: 'cancelled' });
				return;
			}
			this.#post({
				id: message.id,
				type: 'error',
				message: error instanceof Error ? error.message : String(error),
				retry: error instanceof DownloadError
			});
		});
	}

	async #answer(request: Request): Promise<void> {
		const { id } = request;
		switch (request.method) {
			case 'encode': {
				const result = await this.#encode(id, request.params);
				const { ids, byteStarts, byteEnds, kinds } = result.encoding;
				const arrays = [ids, byteStarts, byteEnds, ...(kinds ? [kinds] : [])];
				this.#finish(id, result, arrays.map(({ buffer }) => buffer));
				return;
			}
			case 'spell':
				this.#finish(id, await this.#spell(id, request.params), []);
				return;
			case 'compare': {
				const { encodings, length } = request.params;
				const result = await this.#inTurn(id, () => Promise.resolve(compareCuts(encodings, length)));
				this.#finish(
					id,
					result,
					[result.places, ...result.differs].map(({ buffer }) => buffer)
				);
				return;
			}
		}
	}

	#finish(id: number, result: Extract<FromWorker, { type: 'result' }>['result'], transfer: ArrayBufferLike[]) {
		this.#open.delete(id);
		this.#post({ id, type: 'result', result }, transfer as ArrayBuffer[]);
	}

	async #encode(id: number, params: EncodeParams): Promise<EncodeResult> {
		const { tokenizer, text, special } = params;
		const spec = await this.#spec(id, tokenizer);
		const runtime = await this.#runtime(id, tokenizer, params.runtime, spec);
		return this.#inTurn(id, async () => {
			let milliseconds = 0;
			const chunks = encodeInChunks(runtime, spec, text, { special });
			for (;;) {
				const before = performance.now();
				const step = chunks.next();
				milliseconds += performance.now() - before;
				if (step.done) {
					const { distinct } = tokenStats(step.value);
					return { encoding: step.value, distinct, milliseconds };
				}
				this.#progress(id, { phase: 'encode', share: step.value });
				await this.#breathe(id);
			}
		});
	}

	async #spell(id: number, { tokenizer, ids }: SpellParams): Promise<SpellResult> {
		const spec = await this.#spec(id, tokenizer);
		return this.#inTurn(id, () => {
			const spelled = spellIds(spec, ids);
			const { distinct } = tokenStats(spelled.encoding);
			return Promise.resolve({ ...spelled, distinct });
		});
	}

	/** Lets waiting messages in, and stops here when the request was cancelled. */
	async #breathe(id: number): Promise<void> {
		await nextTask();
		if (!this.#open.has(id)) throw new Cancelled();
	}

	/** Runs `work` when all work before it is done. */
	async #inTurn<T>(id: number, work: () => Promise<T>): Promise<T> {
		const before = this.#turn;
		let release: () => void = () => undefined;
		this.#turn = new Promise<void>((resolve) => (release = resolve));
		try {
			await before;
			await this.#breathe(id);
			this.#post({ id, type: 'start' });
			return await work();
		} finally {
			release();
		}
	}

	#progress(id: number, progress: Progress): void {
		this.#post({ id, type: 'progress', progress });
	}

	/** Loads a spec once; what failed is forgotten, so that asking again tries again. */
	async #spec(id: number, tokenizer: string): Promise<TokenizerSpec> {
		const known = this.#specs.get(tokenizer);
		if (known) return known;
		const loading = this.#source(tokenizer, (progress) =>
			this.#progress(id, { phase: 'download', ...progress })
		);
		this.#specs.set(tokenizer, loading);
		loading.catch(() => this.#specs.delete(tokenizer));
		return loading;
	}

	async #runtime(
		id: number,
		tokenizer: string,
		name: RuntimeName,
		spec: TokenizerSpec
	): Promise<Runtime> {
		const key = `${name} ${tokenizer}`;
		const known = this.#runtimes.get(key);
		if (known) return known;
		this.#progress(id, { phase: 'prepare' });
		const starting = createRuntime(name, spec);
		this.#runtimes.set(key, starting);
		starting.catch(() => this.#runtimes.delete(key));
		return starting;
	}
}

/** A task of its own, so that messages that wait are read. Unlike a timer it is not slowed down. */
function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
