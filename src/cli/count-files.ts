import { createContext, Script } from 'node:vm';
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

/** Time limit for a regular expression, and the addition per megabyte. */
const TIME_LIMIT_MS = 10_000;
const TIME_LIMIT_MS_PER_MEGABYTE = 2_000;

/**
 * Counts the pre-tokens of files, or of standard input if there are none, in little memory. Each file is a text of its
 * own. With `field`, each line is a JSON object with a text.
 * @param limit milliseconds per step, not counting the time per megabyte
 * @throws UserError for a pattern that is broken or takes too long, and for input that cannot be read,
 * is not UTF-8 (with the byte) or lacks the field (with the line)
 */
export async function countFiles(
	io: Io,
	paths: readonly string[],
	rules: CountingRules,
	field: string | null,
	limit = TIME_LIMIT_MS
): Promise<PretokenCounts> {
	const texts = new Texts(rules, limit);
	const report = () =>
		io.status(`${number(texts.bytes)} bytes · ${number(texts.distinct)} pre-tokens`);
	if (field === null) {
		for (const path of inputs(paths)) {
			for await (const chunk of io.open(path)) {
				texts.run(nameOf(path), chunk.length, () => texts.add(chunk));
				report();
			}
			texts.run(nameOf(path), 0, () => texts.end());
		}
	} else {
		for await (const lines of readLines(io, paths)) {
			for (const line of lines) {
				const text = encodeUtf8(jsonField(line, field));
				texts.run(line.name, text.length, () => {
					texts.add(text);
					texts.end();
				});
			}
			report();
		}
	}
	io.status('');
	const counts = texts.finish();
	if (counts.ends.length > 0 && texts.unmatched) io.warn(texts.unmatched);
	return counts;
}

class Texts {
	readonly #counter: PretokenCounter;
	readonly #rules: CountingRules;
	readonly #limit: number;
	/** The user's regular expression; `null` for a named pattern, which takes no longer than reading. */
	readonly #regex: string | null;

	constructor(rules: CountingRules, limit: number) {
		this.#rules = rules;
		this.#limit = limit;
		this.#regex = typeof rules.pattern === 'string' ? null : rules.pattern.regex;
		try {
			this.#counter = createPretokenCounter(rules);
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

	/**
	 * Runs `work` on `bytes` more bytes within the time limit.
	 * @param name of the input, for messages
	 */
	run(name: string, bytes: number, work: () => void): void {
		const held = this.#counter.waiting + bytes;
		const limit = this.#limit + Math.ceil((held / 1e6) * TIME_LIMIT_MS_PER_MEGABYTE);
		try {
			if (this.#regex === null) work();
			else withinTime(limit, work);
		} catch (error) {
			if (!(error instanceof TimeOver)) {
				throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
			}
			throw new UserError(
				`${name}: --pattern /${this.#regex}/ needs more than ${(limit / 1000).toFixed(1)} seconds for ` +
					`${number(held)} bytes, because it backtracks; expected no repetition of a repetition`,
				{ cause: error }
			);
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

/** Work that took too long and was stopped. */
export class TimeOver extends Error {
	override readonly name = 'TimeOver';
}

/** Only a separate script can be stopped, even inside a regular expression that backtracks endlessly. */
const script = new Script('run()');
const nothing = () => undefined;
const sandbox: { run: () => void } = { run: nothing };
const context = createContext(sandbox);

/**
 * Runs `run` and stops it at the limit, which leaves its work half done.
 * @throws TimeOver, or whatever `run` throws
 */
export function withinTime(milliseconds: number, run: () => void): void {
	sandbox.run = run;
	try {
		script.runInContext(context, { timeout: milliseconds });
	} catch (error) {
		if (!isTimeout(error)) throw error;
		throw new TimeOver(`more than ${milliseconds} milliseconds`, { cause: error });
	} finally {
		sandbox.run = nothing;
	}
}

/** The error is of the script's realm, so `instanceof` does not work. */
const isTimeout = (error: unknown): boolean =>
	typeof error === 'object' &&
	error !== null &&
	'code' in error &&
	error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

const number = (value: number): string => value.toLocaleString('en');
