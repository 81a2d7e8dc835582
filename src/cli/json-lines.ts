import { UserError } from './failure';
import { readLines, type InputSource, type Line } from './input';
import { BufferedOutput, type Io } from './io';

/**
 * Prints a line for each input line as soon as it arrives, because the program writing to standard input may be waiting
 * for it. If a line is invalid, the results for the lines before it are still printed.
 */
export async function convertLines(
	source: InputSource,
	io: Io,
	paths: readonly string[],
	convert: (line: Line) => string
): Promise<void> {
	const output = new BufferedOutput(io);
	try {
		for await (const lines of readLines(source, paths)) {
			for (const line of lines) await output.write(`${convert(line)}\n`);
			await output.flush();
		}
	} finally {
		await output.flush();
	}
}

/** Parses a line that is a JSON string; `\uD800` escapes become lone surrogates. @throws UserError naming the line */
export function jsonString(line: Line): string {
	const value = parse(line, 'a JSON string');
	if (typeof value !== 'string') throw unexpected(line, 'a JSON string');
	return value;
}

/** Parses a line that is a JSON array of ids. @throws UserError naming the line */
export function jsonIds(line: Line): number[] {
	const expected = 'a JSON array of ids';
	const value = parse(line, expected);
	if (!Array.isArray(value)) throw unexpected(line, expected);
	return value.map((id: unknown) => {
		if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id;
		throw new UserError(
			`${line.name}: got ${excerpt(JSON.stringify(id))} in the array, expected token ids`
		);
	});
}

/** Returns the string in one field of a line that is a JSON object. @throws UserError naming the line */
export function jsonField(line: Line, field: string): string {
	const expected = `a JSON object with a string in ${JSON.stringify(field)}`;
	const object = parse(line, expected);
	if (typeof object !== 'object' || object === null || Array.isArray(object)) {
		throw unexpected(line, expected);
	}
	const value: unknown = Object.hasOwn(object, field) ? Reflect.get(object, field) : undefined;
	if (typeof value === 'string') return value;
	const got = value === undefined ? `no ${JSON.stringify(field)}` : excerpt(JSON.stringify(value));
	throw new UserError(`${line.name}: got ${got}, expected ${expected}`);
}

function parse(line: Line, expected: string): unknown {
	try {
		return JSON.parse(line.text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const got =
			line.text.trim() === '' ? 'an empty line' : JSON.stringify(excerpt(line.text.trim()));
		throw new UserError(`${line.name}: got ${got}, expected ${expected}`, { cause: error });
	}
}

function unexpected({ text, name }: Line, expected: string): UserError {
	return new UserError(`${name}: got ${excerpt(text.trim())}, expected ${expected}`);
}

/** Start of `text`, short enough for a one-line message. */
export function excerpt(text: string): string {
	const start = [...text.slice(0, 80)].slice(0, 40).join('').toWellFormed();
	return text.length > start.length ? `${start}…` : start;
}
