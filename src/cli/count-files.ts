import {
	CountsTsvReader,
	createPretokenCounter,
	type CountingRules,
	type PretokenCounter,
	type PretokenCounts
} from '../lib/engine/train';
import { encodeUtf8 } from '../lib/engine/text';
import { oneLine, UserError } from './failure';
import { inputs, readLines } from './input';
import { nameOf, type Io } from './io';
import { jsonField } from './json-lines';
import { EXTRAS } from '../lib/engine/stages';

/** Bounds on a table that is written in parts: with its copy, it takes about 150 MB. */
export const MAX_DISTINCT = 1 << 19;
export const MAX_DISTINCT_BYTES = 1 << 25;

/**
 * Counts the pre-tokens of files, or of standard input if there are none. Each file is a text of its own. With `field`,
 * each line is a JSON object with a text.
 * @param onfull gets the counts whenever the table reaches a bound, which then starts empty; without it all are returned
 * @throws UserError for a pattern that is broken or backtracks too much, and for input that cannot be read,
 * is not UTF-8 (with the byte) or lacks the field (with the line)
 */
export async function countFiles(
	io: Io,
	paths: readonly string[],
	rules: CountingRules,
	field: string | null,
	onfull?: (counts: PretokenCounts) => Promise<void>
): Promise<PretokenCounts> {
	const texts = new Texts(rules);
	let hasTaken = false;
	const takePart = async () => {
		if (!onfull || !texts.isFull) return;
		hasTaken = true;
		// Standard output may be the same terminal.
		io.status('');
		await onfull(texts.take());
	};
	const report = () =>
		io.status(`${number(texts.bytes)} bytes · ${number(texts.distinct)} pre-tokens`);
	if (field === null) {
		for (const path of inputs(paths)) {
			for await (const chunk of io.open(path)) {
				texts.run(nameOf(path), () => texts.add(chunk));
				await takePart();
				report();
			}
			texts.run(nameOf(path), () => texts.end());
		}
	} else {
		for await (const lines of readLines(io, paths)) {
			for (const line of lines) {
				const text = encodeUtf8(jsonField(line, field));
				texts.run(line.name, () => {
					texts.add(text);
					texts.end();
				});
				await takePart();
			}
			report();
		}
	}
	io.status('');
	const counts = texts.finish();
	if ((hasTaken || counts.ends.length > 0) && texts.unmatched) io.warn(texts.unmatched);
	return counts;
}

class Texts {
	readonly #counter: PretokenCounter;
	readonly #rules: CountingRules;
	/** The user's regular expression; `null` for a named pattern. */
	readonly #regex: string | null;

	constructor(rules: CountingRules) {
		this.#rules = rules;
		this.#regex = typeof rules.pattern === 'string' ? null : rules.pattern.regex;
		try {
			this.#counter = createPretokenCounter(rules, EXTRAS);
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

	get isFull(): boolean {
		const { distinct, distinctBytes } = this.#counter;
		return distinct >= MAX_DISTINCT || distinctBytes >= MAX_DISTINCT_BYTES;
	}

	take(): PretokenCounts {
		return this.#counter.take();
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
	}

	end(): void {
		this.#counter.endText();
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

/**
 * Reads a table of pre-token counts.
 * @throws UserError for input that cannot be read, or naming the line, what was got and what was expected
 */
export async function readCounts(io: Io, path: string): Promise<PretokenCounts> {
	const reader = new CountsTsvReader();
	try {
		for await (const lines of readLines(io, [path])) {
			for (const { text } of lines) reader.add(`${text}\n`);
			io.status(`${nameOf(path)}: reading counts`);
		}
		io.status('');
		return reader.finish();
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${nameOf(path)}, ${oneLine(error)}`, { cause: error });
	}
}

const number = (value: number): string => value.toLocaleString('en');
