/** Counting of large texts line by line, in this thread and another one. */
import { Worker } from 'node:worker_threads';
import type { CountingRules, PretokenCounter, PretokenCounts } from '../lib/engine/train';
import { oneLine, UserError } from './failure';

/** Whole lines of texts, back to back. */
export interface LinesBlock {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly parts: readonly LinesPart[];
}

/** Lines of one text. */
interface LinesPart {
	/** Name of the text, for messages. */
	readonly name: string;
	/** Byte of its text where they begin. */
	readonly byteStart: number;
	/** Exclusive last byte in the block. */
	readonly end: number;
}

export type CountingMessage = LinesBlock | 'finish';

/** The first answer is that the thread has started, the last one has its counts. A problem is a message for users. */
export type CountingAnswer = 'ready' | 'counted' | ThreadCounts | { readonly problem: string };

interface ThreadCounts {
	readonly counts: PretokenCounts;
	/** See `PretokenCounter`. */
	readonly matched: boolean;
}

const NEWLINE = 0x0a;
const BLOCK_BYTES = 1 << 20;
/** Longer lines are counted without waiting for their end. */
const MAX_LINE_BYTES = 1 << 24;
/** Size of texts at which the thread is started. Smaller ones are counted before it would have started. */
const START_THREAD_BYTES = 4e6;
/** Blocks that are sent and not counted yet. More are counted in this thread. */
const MAX_WAITING = 2;

/** Counts the lines of a block. @throws UserError that names the text */
export function countBlock(counter: PretokenCounter, { bytes, parts }: LinesBlock): void {
	let start = 0;
	for (const { name, byteStart, end } of parts) {
		try {
			counter.startText(byteStart);
			counter.add(bytes.subarray(start, end));
			counter.endText();
		} catch (error) {
			throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
		}
		start = end;
	}
}

/**
 * Counts the pre-tokens of lines in two threads, with the result of one, but in another order: each block goes to the thread
 * that has time.
 */
export class BlockCounter {
	readonly #counter: PretokenCounter;
	readonly #startThread: () => Worker;
	#block = new Uint8Array(BLOCK_BYTES);
	#length = 0;
	#parts: LinesPart[] = [];
	/** Byte of the text where the lines begin that are in no part yet. */
	#byteStart = 0;
	#bytes = 0;
	/** Whether the rest of the text is counted in this thread, because of a line that is too long for a block. */
	#isDirect = false;
	#thread: Worker | null = null;
	#isReady = false;
	/** Number of blocks that the thread has not counted yet. */
	#waiting = 0;
	#result: ThreadCounts | null = null;
	#failure: Error | null = null;
	#onAnswer: (() => void) | null = null;

	/**
	 * @param counter counts in this thread
	 * @param script bundle of counting-thread.ts
	 */
	constructor(counter: PretokenCounter, rules: CountingRules, script: string) {
		this.#counter = counter;
		this.#startThread = () => new Worker(script, { workerData: rules });
	}

	/** Adds the next bytes of a text. @param name for messages @throws UserError about this text or an earlier one */
	add(bytes: Uint8Array, name: string): void {
		if (this.#failure) throw this.#failure;
		this.#bytes += bytes.length;
		if (this.#bytes >= START_THREAD_BYTES) this.#thread ??= this.#listenTo(this.#startThread());
		if (this.#isDirect) {
			this.#addHere(bytes, name);
			return;
		}
		while (this.#length + bytes.length > this.#block.length) {
			const room = this.#block.length - this.#length;
			this.#append(bytes.subarray(0, room));
			bytes = bytes.subarray(room);
			this.#cut(name);
			if (this.#isDirect) {
				this.#addHere(bytes, name);
				return;
			}
		}
		this.#append(bytes);
	}

	/** Ends the text. @throws UserError about this text or an earlier one */
	endText(name: string): void {
		if (this.#isDirect) this.#counter.endText();
		else this.#endPart(this.#length, name);
		this.#isDirect = false;
		this.#byteStart = 0;
	}

	/** Waits until all parts so far are counted. @throws UserError about a text; Error if the thread failed */
	async settle(): Promise<void> {
		this.#send(this.#parts.at(-1)?.end ?? 0);
		await this.#until(() => this.#waiting === 0);
	}

	/** Returns all counts. @throws as `settle` */
	async finish(): Promise<PretokenCounts> {
		await this.settle();
		if (this.#thread && this.#isReady) {
			this.#thread.postMessage('finish' satisfies CountingMessage);
			await this.#until(() => this.#result !== null);
			if (this.#result) this.#counter.addCounts(this.#result.counts);
		}
		return this.#counter.finish();
	}

	/** See `PretokenCounter`. Complete after `finish`. */
	get matched(): boolean {
		return this.#counter.matched || this.#result?.matched === true;
	}

	/** Ends the thread. */
	close(): void {
		void this.#thread?.terminate();
	}

	#append(bytes: Uint8Array): void {
		this.#block.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	/** Makes a part of the lines up to `end`. */
	#endPart(end: number, name: string): void {
		const start = this.#parts.at(-1)?.end ?? 0;
		if (end === start) return;
		this.#parts.push({ name, byteStart: this.#byteStart, end });
		this.#byteStart += end - start;
	}

	/** Makes room in a full block: counts its whole lines. */
	#cut(name: string): void {
		const start = this.#parts.at(-1)?.end ?? 0;
		const newline = this.#block.lastIndexOf(NEWLINE) + 1;
		if (newline > start) this.#endPart(newline, name);
		const end = this.#parts.at(-1)?.end ?? 0;
		if (end > 0) this.#send(end);
		else if (this.#length < MAX_LINE_BYTES) {
			const block = new Uint8Array(2 * this.#block.length);
			block.set(this.#block);
			this.#block = block;
		} else {
			this.#isDirect = true;
			this.#counter.startText(this.#byteStart);
			this.#addHere(this.#block, name);
			this.#length = 0;
		}
	}

	/** Has the first `end` bytes of the block counted, which are all its parts. */
	#send(end: number): void {
		if (end === 0) return;
		const block = this.#block;
		const lines: LinesBlock = { bytes: block.subarray(0, end), parts: this.#parts };
		const rest = block.slice(end, this.#length);
		this.#parts = [];
		this.#length = 0;
		if (this.#isReady && this.#waiting < MAX_WAITING) {
			this.#waiting++;
			this.#block = new Uint8Array(Math.max(BLOCK_BYTES, rest.length));
			this.#append(rest);
			this.#thread?.postMessage(lines, [block.buffer]);
		} else {
			countBlock(this.#counter, lines);
			this.#append(rest);
		}
	}

	#addHere(bytes: Uint8Array, name: string): void {
		try {
			this.#counter.add(bytes);
		} catch (error) {
			throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
		}
	}

	#listenTo(thread: Worker): Worker {
		thread.on('message', (answer: CountingAnswer) => {
			if (answer === 'ready') this.#isReady = true;
			else if (answer === 'counted') this.#waiting--;
			else if ('problem' in answer) this.#failure ??= new UserError(answer.problem);
			else this.#result = answer;
			this.#onAnswer?.();
		});
		thread.on('error', (error) => {
			this.#failure ??= error;
			this.#onAnswer?.();
		});
		return thread;
	}

	/** Waits for an answer after which `isDone`. */
	async #until(isDone: () => boolean): Promise<void> {
		while (!isDone() && !this.#failure)
			await new Promise<void>((resolve) => (this.#onAnswer = resolve));
		if (this.#failure) throw this.#failure;
	}
}
