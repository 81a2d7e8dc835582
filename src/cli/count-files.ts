import {
	createPretokenCounter,
	type CountingRules,
	type PretokenCounter,
	type PretokenCounts
} from '../lib/engine/train';
import { oneLine, UserError } from './failure';
import { inputs, readLines } from './input';
import { nameOf, type Io } from './io';
import { jsonField } from './json-lines';
import { EXTRAS } from '../lib/engine/stages';

const NEWLINE = 0x0a;

/** Bounds on a table that is written in parts: with its copy, it takes about 90 MB. */
export const MAX_DISTINCT = 1 << 19;
export const MAX_DISTINCT_BYTES = 1 << 24;
/** Bound on text that is kept until it can be split, for counts in parts. */
export const MAX_UNSPLIT_BYTES = 1 << 22;
/** Bound on a JSON line, for counts in parts. Several copies of it are needed. */
export const MAX_JSON_LINE_BYTES = 1 << 26;

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
	const texts = new Texts(rules, onPart !== undefined);
	let hasParts = false;
	const handOver = async () => {
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
			for await (const chunk of io.open(path)) {
				texts.run(nameOf(path), () => texts.add(chunk));
				await handOver();
				report();
			}
			texts.run(nameOf(path), () => texts.end());
			await handOver();
			records++;
		}
		if (rules.feed === 'lines') records = texts.lines;
	} else {
		for await (const lines of readLines(io, paths, onPart && LINE_LIMIT)) {
			for (const line of lines) {
				const text = jsonField(line, field);
				texts.run(line.name, () => {
					texts.addString(text);
					texts.end();
				});
				await handOver();
				records++;
			}
			report();
		}
	}
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
	/** The user's regular expression; `null` for a named pattern. */
	readonly #regex: string | null;
	#lastByte = NEWLINE;
	readonly #encoder = new TextEncoder();
	/** Reused, so that long texts leave no copies behind. */
	#utf8 = new Uint8Array(1 << 12);

	constructor(rules: CountingRules, inParts: boolean) {
		this.#rules = rules;
		this.#regex = typeof rules.pattern === 'string' ? null : rules.pattern.regex;
		const parts = {
			maxDistinct: MAX_DISTINCT,
			maxDistinctBytes: MAX_DISTINCT_BYTES,
			onFull: (counts: PretokenCounts) => void this.parts.push(counts)
		};
		const options = inParts ? { parts, limit: MAX_UNSPLIT_BYTES, advice: ADVICE } : {};
		try {
			this.#counter = createPretokenCounter(rules, EXTRAS, options);
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

	/** Runs `work`. @param name of the input, for messages */
	run(name: string, work: () => void): void {
		try {
			work();
		} catch (error) {
			throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
		}
	}

	add(bytes: Uint8Array): void {
		this.#counter.add(bytes);
		for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1))
			this.lines++;
		this.#lastByte = bytes.at(-1) ?? this.#lastByte;
	}

	addString(text: string): void {
		const length = Buffer.byteLength(text);
		if (length > this.#utf8.length) this.#utf8 = new Uint8Array(length);
		const { written } = this.#encoder.encodeInto(text, this.#utf8);
		this.add(this.#utf8.subarray(0, written));
	}

	end(): void {
		this.#counter.endText();
		if (this.#lastByte !== NEWLINE) this.lines++;
		this.#lastByte = NEWLINE;
	}

	finish(): PretokenCounts {
		return this.#counter.finish();
	}

	/** Warning about a pattern that matched nothing, or `null`. */
	get unmatched(): string | null {
		if (this.#counter.matched) return null;
		const whole = this.#rules.feed === 'lines' ? 'line' : 'text';
		return `--pattern /${this.#regex}/ matches nothing in the text: each ${whole} is one pre-token`;
	}
}

const number = (value: number): string => value.toLocaleString('en');
