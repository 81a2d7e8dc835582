/** Splitting of large texts into pre-tokens in a thread, while this thread counts them. */
import { Worker } from 'node:worker_threads';
import type { CountingRules, SplitterOptions } from '../lib/engine/train';
import { UserError } from './failure';

/** Request to the thread: how it splits. */
export interface SplittingRequest extends Pick<SplitterOptions, 'limit' | 'advice'> {
	readonly rules: CountingRules;
}

/** Consecutive parts of texts. */
export interface TextBatch {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly parts: readonly TextPart[];
	/** Byte of its text where the first batch of all begins. */
	readonly byteStart: number;
}

interface TextPart {
	/** Name of the text, for messages. */
	readonly name: string;
	/** Exclusive last byte of the part in the batch. */
	readonly end: number;
	/** Whether the text ends here. Otherwise the next batch continues it. */
	readonly isLast: boolean;
}

/** The pre-tokens that a batch completed, or a message for users. The first answer says that the thread has started. */
export type SplittingAnswer =
	| 'ready'
	| { readonly problem: string }
	| {
			/** Pre-tokens, back to back, and their ends. */
			readonly bytes: Uint8Array<ArrayBuffer>;
			readonly ends: Uint32Array<ArrayBuffer>;
			/** See `PretokenSplitter`. */
			readonly matched: boolean;
	  };

/** Size of a batch. With its pre-tokens it fits into a processor's second cache. */
const BATCH_BYTES = 1 << 20;
/** Number of batches that are sent and not answered yet. */
const MAX_BATCHES = 6;

/** Sends texts to a thread in batches, and gets their pre-tokens in order. */
export class SplittingThread {
	/** Whether the thread has started. */
	isReady = false;
	/** See `PretokenSplitter`. */
	matched = false;
	/** Byte of its text where the first added bytes begin. */
	byteStart = 0;
	readonly #thread: Worker;
	readonly #onPretokens: (bytes: Uint8Array, ends: Uint32Array) => void;
	#batch = new Uint8Array(BATCH_BYTES);
	#length = 0;
	#parts: TextPart[] = [];
	/** Number of batches that are not answered yet. */
	#waiting = 0;
	#failure: Error | null = null;
	#onAnswer: (() => void) | null = null;

	/**
	 * @param script bundle of splitting-thread.ts
	 * @param onPretokens called with pre-tokens back to back and their ends, in the order of the texts
	 */
	constructor(
		script: string,
		request: SplittingRequest,
		onPretokens: (bytes: Uint8Array, ends: Uint32Array) => void
	) {
		this.#onPretokens = onPretokens;
		this.#thread = new Worker(script, { workerData: request });
		this.#thread.on('message', (answer: SplittingAnswer) => this.#take(answer));
		this.#thread.on('error', (error) => this.#fail(error));
	}

	/** Adds the next bytes of a text. @param name for messages */
	add(bytes: Uint8Array, name: string): void {
		for (let from = 0; from < bytes.length;) {
			const part = bytes.subarray(from, from + BATCH_BYTES - this.#length);
			this.#batch.set(part, this.#length);
			this.#length += part.length;
			from += part.length;
			if (this.#length === BATCH_BYTES) {
				this.#parts.push({ name, end: this.#length, isLast: false });
				this.#send();
			}
		}
	}

	/** Ends the text. */
	endText(name: string): void {
		this.#parts.push({ name, end: this.#length, isLast: true });
	}

	/** Waits until the thread has started. @throws Error if it failed */
	async start(): Promise<void> {
		await this.#until(() => this.isReady);
	}

	/** Waits until the thread needs more texts. @throws UserError about a text; Error if the thread failed */
	async room(): Promise<void> {
		await this.#until(() => this.#waiting < MAX_BATCHES);
	}

	/** Waits for all pre-tokens of the texts so far. @throws as `room` */
	async settle(): Promise<void> {
		if (this.#parts.length > 0) this.#send();
		await this.#until(() => this.#waiting === 0);
	}

	/** Ends the thread. */
	close(): void {
		void this.#thread.terminate();
	}

	#send(): void {
		const { byteStart } = this;
		const bytes = this.#batch.subarray(0, this.#length);
		const batch: TextBatch = { bytes, parts: this.#parts, byteStart };
		this.#thread.postMessage(batch, [bytes.buffer]);
		this.#waiting++;
		this.#batch = new Uint8Array(BATCH_BYTES);
		this.#length = 0;
		this.#parts = [];
	}

	#take(answer: SplittingAnswer): void {
		if (answer === 'ready') this.isReady = true;
		else if ('problem' in answer) this.#failure ??= new UserError(answer.problem);
		else if (!this.#failure) {
			this.#waiting--;
			this.matched ||= answer.matched;
			this.#onPretokens(answer.bytes, answer.ends);
		}
		this.#onAnswer?.();
	}

	#fail(error: Error): void {
		this.#failure ??= error;
		this.#onAnswer?.();
	}

	/** Waits until `isDone` after an answer. */
	async #until(isDone: () => boolean): Promise<void> {
		while (!isDone() && !this.#failure) {
			await new Promise<void>((resolve) => (this.#onAnswer = resolve));
		}
		this.#onAnswer = null;
		if (this.#failure) throw this.#failure;
	}
}
