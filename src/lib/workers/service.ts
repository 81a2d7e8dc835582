import { compareCuts } from '../analysis/cuts';
import { tokenStats } from '../analysis/token-stats';
import { DownloadError, downloadSpec, type DownloadProgress } from '../catalogue/download';
import { entryOf } from '../catalogue/entries';
import type { TokenizerSpec } from '../engine';
import { decodeUtf8 } from '../engine/text/utf8';
import { createLibraryRuntime } from '../runtimes/create';
import { encodeInChunks } from '../runtimes/encode-chunks';
import { Lab } from '../runtimes/lab';
import { secondOpinion, type SecondOpinion } from '../runtimes/second-opinion';
import { spellIds } from '../runtimes/spell';
import type { Runtime } from '../runtimes/types';
import type {
	CheckParams,
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
	readonly #labs = new Map<string, Promise<Lab>>();
	readonly #libraries = new Map<string, Promise<Runtime>>();
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
				this.#finish(
					id,
					result,
					arrays.map(({ buffer }) => buffer)
				);
				return;
			}
			case 'check':
				this.#finish(id, await this.#check(id, request.params), []);
				return;
			case 'spell':
				this.#finish(id, await this.#spell(id, request.params), []);
				return;
			case 'compare': {
				const { encodings, length } = request.params;
				const result = await this.#inTurn(id, () =>
					Promise.resolve(compareCuts(encodings, length))
				);
				this.#finish(
					id,
					result,
					[result.places, ...result.differs].map(({ buffer }) => buffer)
				);
				return;
			}
		}
	}

	#finish(
		id: number,
		result: Extract<FromWorker, { type: 'result' }>['result'],
		transfer: ArrayBufferLike[]
	) {
		this.#open.delete(id);
		this.#post({ id, type: 'result', result }, transfer as ArrayBuffer[]);
	}

	async #encode(id: number, { tokenizer, text, special }: EncodeParams): Promise<EncodeResult> {
		const lab = await this.#lab(id, tokenizer);
		return this.#inTurn(id, async () => {
			const { spec, vocabularySize } = lab.tokenizer;
			const encoding = await this.#run(
				id,
				encodeInChunks(lab, spec, decodeUtf8(text), { special })
			);
			return { encoding, distinct: tokenStats(encoding).distinct, vocabularySize };
		});
	}

	async #check(id: number, { tokenizer, text, special }: CheckParams): Promise<SecondOpinion> {
		const lab = await this.#lab(id, tokenizer);
		const library = await this.#library(id, tokenizer, lab.tokenizer.spec);
		return this.#inTurn(id, () =>
			this.#run(id, secondOpinion(lab, library, lab.tokenizer.spec, decodeUtf8(text), { special }))
		);
	}

	/** Takes work to its end step by step; between steps others are let in. */
	async #run<T>(id: number, steps: Generator<number, T>): Promise<T> {
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done) return step.value;
			this.#progress(id, { phase: 'encode', share: step.value });
			await this.#breathe(id);
		}
	}

	async #spell(id: number, { tokenizer, ids }: SpellParams): Promise<SpellResult> {
		const lab = await this.#lab(id, tokenizer);
		return this.#inTurn(id, () => {
			const spelled = spellIds(lab.tokenizer, ids);
			return Promise.resolve({ ...spelled, distinct: tokenStats(spelled.encoding).distinct });
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

	/** Loads a tokenizer once; what failed is forgotten, so that asking again tries again. */
	#lab(id: number, tokenizer: string): Promise<Lab> {
		return remember(this.#labs, tokenizer, async () => {
			const spec = await this.#source(tokenizer, (progress) =>
				this.#progress(id, { phase: 'download', ...progress })
			);
			this.#progress(id, { phase: 'prepare' });
			return new Lab(spec);
		});
	}

	#library(id: number, tokenizer: string, spec: TokenizerSpec): Promise<Runtime> {
		return remember(this.#libraries, tokenizer, () => {
			this.#progress(id, { phase: 'prepare' });
			return createLibraryRuntime(entryOf(tokenizer).library, spec);
		});
	}
}

function remember<T>(
	known: Map<string, Promise<T>>,
	key: string,
	make: () => Promise<T>
): Promise<T> {
	const found = known.get(key);
	if (found) return found;
	const made = make();
	known.set(key, made);
	made.catch(() => known.delete(key));
	return made;
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
