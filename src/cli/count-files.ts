import {
	createPretokenCounter,
	type CounterOptions,
	type CountingRules,
	type PretokenCounter,
	type PretokenCounts
} from '../lib/engine/train';
import { availableParallelism } from 'node:os';
import { oneLine, UserError } from './failure';
import { inputs, readLines } from './input';
import { nameOf, type Io } from './io';
import { jsonField } from './json-lines';
import { EXTRAS } from '../lib/engine/stages';
import { SplittingThread } from './splitting';

const NEWLINE = 0x0a;

/** Bounds on a table that is written in parts: with its copy, it takes about 90 MB. */
export const MAX_DISTINCT = 1 << 19;
export const MAX_DISTINCT_BYTES = 1 << 24;
/** Bound on text that is kept until it can be split, for counts in parts. */
export const MAX_UNSPLIT_BYTES = 1 << 22;
/** Bound on a JSON line, for counts in parts. Several copies of it are needed. */
export const MAX_JSON_LINE_BYTES = 1 << 26;

/** Size of texts at which a thread is started to split them. Smaller ones are counted before it would have started. */
const START_THREAD_BYTES = 4e6;
/** Size at which the thread is waited for, if the system still has not started it. */
const AWAIT_THREAD_BYTES = 16e6;

/** Counts of files. */
export interface CountedFiles {
	/** All counts, or those after the last part. */
	readonly counts: PretokenCounts;
	/** Number of texts: JSON objects, or else lines with the feed `lines` and files with the feed `whole`. */
	readonly records: number;
	/** UTF-8 bytes of the texts. */
	readonly bytes: number;
}

/**
 * Counts the pre-tokens of files, or of standard input if there are none. Each file is a text of its own. With `field`,
 * each line is a JSON object with a text.
 * @param onPart gets the counts whenever the table reaches a bound, which depends only on the text. The table then starts
 * empty. Without it all are returned
 * @throws UserError for a pattern that is broken or backtracks too much, and for input that cannot be read,
 * is not UTF-8 (with the byte) or lacks the field (with the line), or, for counts in parts, is too long to be split
 */
export async function countFiles(
	io: Io,
	paths: readonly string[],
	rules: CountingRules,
	field: string | null,
	onPart?: (counts: PretokenCounts) => Promise<void>
): Promise<CountedFiles> {
	const texts = new Texts(rules, onPart !== undefined, io.threads?.splitter);
	try {
		return await countTexts(io, paths, rules, field, texts, onPart);
	} catch (error) {
		// An error about an earlier text comes first.
		await texts.settle();
		throw error;
	} finally {
		texts.close();
	}
}

async function countTexts(
	io: Io,
	paths: readonly string[],
	rules: CountingRules,
	field: string | null,
	texts: Texts,
	onPart?: (counts: PretokenCounts) => Promise<void>
): Promise<CountedFiles> {
	let hasParts = false;
	const handOver = async () => {
		await texts.room();
		for (let part = texts.parts.shift(); onPart && part; part = texts.parts.shift()) {
			hasParts = true;
			// Standard output may be the same terminal.
			io.status('');
			await onPart(part);
		}
	};
	const report = () =>
		io.status(`${number(texts.bytes)} bytes · ${number(texts.distinct)} pre-tokens`);
	let records = 0;
	if (field === null) {
		for (const path of inputs(paths)) {
			const name = nameOf(path);
			for await (const chunk of io.open(path)) {
				texts.add(chunk, name);
				await handOver();
				report();
			}
			texts.end(name);
			await handOver();
			records++;
		}
		if (rules.feed === 'lines') records = texts.lines;
	} else {
		for await (const lines of readLines(io, paths, onPart && LINE_LIMIT)) {
			for (const line of lines) {
				texts.addString(jsonField(line, field), line.name);
				texts.end(line.name);
				await handOver();
				records++;
			}
			report();
		}
	}
	await texts.settle();
	await handOver();
	io.status('');
	const counts = texts.finish();
	if ((hasParts || counts.ends.length > 0) && texts.unmatched) io.warn(texts.unmatched);
	return { counts, records, bytes: texts.bytes };
}

const LINE_LIMIT = { bytes: MAX_JSON_LINE_BYTES, advice: 'split its text into several objects' };

const ADVICE = 'add line breaks and use --feed lines, or a named pattern, which splits at spaces';

class Texts {
	/** Counts in parts that are not handed over yet. */
	readonly parts: PretokenCounts[] = [];
	/** Number of lines. */
	lines = 0;
	readonly #counter: PretokenCounter;
	readonly #rules: CountingRules;
	readonly #options: Pick<CounterOptions, 'limit' | 'advice'>;
	/** Script of the thread; `undefined` if everything is done in this thread. */
	readonly #script: string | undefined;
	#thread: SplittingThread | null = null;
	/** Whether texts are sent to the thread. */
	#isSending = false;
	/** The user's regular expression; `null` for a named pattern. */
	readonly #regex: string | null;
	#lastByte = NEWLINE;
	readonly #encoder = new TextEncoder();
	/** Reused, so that long texts leave no copies behind. */
	#utf8 = new Uint8Array(1 << 12);

	constructor(rules: CountingRules, inParts: boolean, script: string | undefined) {
		this.#rules = rules;
		this.#script = availableParallelism() > 1 ? script : undefined;
		this.#options = inParts ? { limit: MAX_UNSPLIT_BYTES, advice: ADVICE } : {};
		this.#regex = typeof rules.pattern === 'string' ? null : rules.pattern.regex;
		const parts = {
			maxDistinct: MAX_DISTINCT,
			maxDistinctBytes: MAX_DISTINCT_BYTES,
			onFull: (counts: PretokenCounts) => void this.parts.push(counts)
		};
		try {
			this.#counter = createPretokenCounter(rules, EXTRAS, {
				...this.#options,
				...(inParts && { parts })
			});
		} catch (error) {
			throw new UserError(`--pattern: ${oneLine(error)}`, { cause: error });
		}
	}

	get bytes(): number {
		return this.#counter.bytes;
	}

	get distinct(): number {
		return this.#counter.distinct;
	}

	/** Adds the next bytes of a text. @param name for messages @throws UserError */
	add(bytes: Uint8Array, name: string): void {
		if (this.#thread?.isReady && !this.#isSending) this.#startSending(this.#thread, name);
		if (this.#thread && this.#isSending) this.#thread.add(bytes, name);
		else this.#run(name, () => this.#counter.add(bytes));
		if (this.#script !== undefined && this.#thread === null && this.bytes >= START_THREAD_BYTES) {
			this.#thread = this.#startThread(this.#script);
		}
		for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1))
			this.lines++;
		this.#lastByte = bytes.at(-1) ?? this.#lastByte;
	}

	/** Adds a text as {@link add}. */
	addString(text: string, name: string): void {
		const length = Buffer.byteLength(text);
		if (length > this.#utf8.length) this.#utf8 = new Uint8Array(length);
		const { written } = this.#encoder.encodeInto(text, this.#utf8);
		this.add(this.#utf8.subarray(0, written), name);
	}

	/** Ends the text. @throws UserError */
	end(name: string): void {
		if (this.#thread && this.#isSending) this.#thread.endText(name);
		else this.#run(name, () => this.#counter.endText());
		if (this.#lastByte !== NEWLINE) this.lines++;
		this.#lastByte = NEWLINE;
	}

	/** Waits until there is room for more. @throws UserError about an earlier text */
	async room(): Promise<void> {
		if (this.#isSending) await this.#thread?.room();
		else if (this.#thread && this.bytes >= AWAIT_THREAD_BYTES) await this.#thread.start();
	}

	/** Waits until everything is counted. @throws UserError about an earlier text */
	async settle(): Promise<void> {
		if (this.#isSending) await this.#thread?.settle();
	}

	/** Returns the counts after the last part. */
	finish(): PretokenCounts {
		return this.#counter.finish();
	}

	close(): void {
		this.#thread?.close();
	}

	#run(name: string, work: () => void): void {
		try {
			work();
		} catch (error) {
			throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
		}
	}

	#startThread(script: string): SplittingThread {
		const request = { rules: this.#rules, ...this.#options };
		return new SplittingThread(script, request, (bytes, ends) => {
			this.#counter.addPretokens(bytes, ends);
		});
	}

	/** From here on the thread splits the texts, beginning with what this thread has not split yet. */
	#startSending(thread: SplittingThread, name: string): void {
		const { bytes, byteStart } = this.#counter.takeWaiting();
		thread.byteStart = byteStart;
		thread.add(bytes, name);
		this.#isSending = true;
	}

	/** Warning about a pattern that matched nothing, or `null`. */
	get unmatched(): string | null {
		if (this.#counter.matched || this.#thread?.matched) return null;
		const whole = this.#rules.feed === 'lines' ? 'line' : 'text';
		return `--pattern /${this.#regex}/ matches nothing in the text: each ${whole} is one pre-token`;
	}
}

const number = (value: number): string => value.toLocaleString('en');
