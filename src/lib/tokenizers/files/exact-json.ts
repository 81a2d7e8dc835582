import { codePointName } from '../../engine/text';

/**
 * JSON with details that matter to Hugging Face's reader (serde_json) but that `JSON.parse` loses: repeated keys, the
 * spelling of numbers, lone surrogates and depth.
 */
export interface JsonDocument {
	/** The value as `JSON.parse` returns it: for a repeated key, the last value counts. */
	readonly value: unknown;
	/** The value with the details that `JSON.parse` loses; the same object as `value` if there are none. */
	readonly exact: Json;
	/** Whether the text begins with U+FEFF, which isn't part of the value. */
	readonly hasByteOrderMark: boolean;
}

export type Json =
	null | boolean | string | number | JsonNumber | JsonMembers | Json[] | { [key: string]: Json };

/** A number that a double can't reproduce as written: `1.0`, or a long integer. */
export class JsonNumber {
	constructor(readonly text: string) {}
}

/** An object with a repeated key. */
export class JsonMembers {
	constructor(readonly entries: readonly (readonly [string, Json])[]) {}
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maximum size of JSON in bytes. Gemma 3's tokenizer.json is 33 MB. */
export const MAX_JSON_BYTES = 64 << 20;
/** Nesting limit in serde_json, the JSON reader in Hugging Face's library. */
const MAX_DEPTH = 127;
/** Maximum number of arrays, objects and commas combined. Gemma 3's tokenizer.json has 1.9 million of these. */
const MAX_VALUES = 3_000_000;
/** Maximum number of object members. Gemma 3's tokenizer.json has 307,000 members. */
const MAX_KEYS = 1_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Checks, in one pass and without building values, that parsing the JSON takes at most a few hundred megabytes.
 * @throws Error with a one-line message if the JSON is larger or more deeply nested than any tokenizer's file
 */
export function checkJsonBounds(bytes: Uint8Array): void {
	if (bytes.length > MAX_JSON_BYTES) {
		throw new Error(
			`got ${bytes.length} bytes of JSON, expected at most ${MAX_JSON_BYTES}; check that it is a tokenizer`
		);
	}
	let depth = 0;
	let values = 0;
	let keys = 0;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at];
		if (byte === QUOTE) {
			for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
		} else if (byte === COMMA) {
			values++;
		} else if (byte === COLON) {
			keys++;
		} else if ((byte & 0xdf) === 0x5b) {
			values++;
			if (++depth > MAX_DEPTH) {
				throw new Error(
					`got JSON nested more than ${MAX_DEPTH} levels deep at byte ${at}, expected a tokenizer`
				);
			}
		} else if ((byte & 0xdf) === 0x5d) {
			depth--;
		}
		if (values > MAX_VALUES || keys > MAX_KEYS) {
			throw new Error(
				`got JSON with more than ${values > MAX_VALUES ? `${MAX_VALUES} values` : `${MAX_KEYS} keys`}, expected a tokenizer`
			);
		}
	}
}

/** @throws Error with a one-line message that gives the line and column if the text isn't JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
	} catch {
		// The exact reader is several times slower, but it reports where it stopped.
		return readJson(text).value;
	}
}

/**
 * Reads JSON that passes {@link checkJsonBounds}.
 * @throws Error with a one-line message that gives the line and the column (in code points), both starting at 1
 */
export function readJson(text: string): JsonDocument {
	const hasByteOrderMark = text.startsWith('\ufeff');
	const reader = new JsonReader(text, hasByteOrderMark ? 1 : 0);
	const exact = reader.read();
	if (!reader.sawHidden) return { value: exact, exact, hasByteOrderMark };
	const value: unknown = JSON.parse(hasByteOrderMark ? text.slice(1) : text);
	return { value, exact, hasByteOrderMark };
}

class JsonReader {
	/** Whether `JSON.parse` would lose a detail of the value. */
	sawHidden = false;
	readonly #text: string;
	#at: number;

	constructor(text: string, start: number) {
		this.#text = text;
		this.#at = start;
	}

	read(): Json {
		const exact = this.#value();
		this.#skipSpace();
		if (this.#at < this.#text.length) throw this.#unexpected('the end of the file');
		return exact;
	}

	#value(): Json {
		this.#skipSpace();
		const unit = this.#text.charCodeAt(this.#at);
		if (unit === QUOTE) return this.#string();
		if (unit === OPEN_BRACE) return this.#object();
		if (unit === OPEN_BRACKET) {
			const items: Json[] = [];
			this.#list(CLOSE_BRACKET, () => items.push(this.#value()));
			return items;
		}
		for (const [word, value] of WORDS) {
			if (!this.#text.startsWith(word, this.#at)) continue;
			this.#at += word.length;
			return value;
		}
		return this.#number();
	}

	#object(): Json {
		const entries: [string, Json][] = [];
		this.#list(CLOSE_BRACE, () => {
			this.#skipSpace();
			if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#unexpected('a key in quotes');
			const key = this.#string();
			this.#skipSpace();
			if (this.#text.charCodeAt(this.#at) !== COLON) throw this.#unexpected('":"');
			this.#at++;
			entries.push([key, this.#value()]);
		});
		// Unlike an assignment, `fromEntries` doesn't treat "__proto__" specially.
		if (new Set(entries.map(([key]) => key)).size === entries.length)
			return Object.fromEntries(entries);
		this.sawHidden = true;
		return new JsonMembers(entries);
	}

	#list(close: number, readItem: () => void): void {
		this.#at++;
		this.#skipSpace();
		if (this.#text.charCodeAt(this.#at) === close) {
			this.#at++;
			return;
		}
		for (let unit = COMMA; unit !== close; this.#at++) {
			readItem();
			this.#skipSpace();
			unit = this.#text.charCodeAt(this.#at);
			if (unit !== COMMA && unit !== close) {
				throw this.#unexpected(`"," or "${String.fromCharCode(close)}"`);
			}
		}
	}

	#number(): number | JsonNumber {
		NUMBER.lastIndex = this.#at;
		const token = NUMBER.exec(this.#text)?.[0];
		if (token === undefined) throw this.#unexpected('a value');
		this.#at += token.length;
		const value = Number(token);
		const isFloat = /[.eE]|^-0/.test(token);
		const isHidden = isFloat
			? Number.isInteger(value) || !Number.isFinite(value)
			: !Number.isSafeInteger(value);
		this.sawHidden ||= isHidden;
		return isHidden ? new JsonNumber(token) : value;
	}

	#string(): string {
		const text = this.#text;
		const start = this.#at;
		let hasEscapes = false;
		for (let at = start + 1; ; at++) {
			const unit = text.charCodeAt(at);
			if (unit === QUOTE) {
				this.#at = at + 1;
				if (!hasEscapes) return text.slice(start + 1, at);
				const string = JSON.parse(text.slice(start, at + 1)) as string;
				this.sawHidden ||= !string.isWellFormed();
				return string;
			}
			if (unit === BACKSLASH) {
				hasEscapes = true;
				ESCAPE.lastIndex = at;
				this.#at = at;
				const escape = ESCAPE.exec(text)?.[0];
				if (escape === undefined) throw this.#unexpected('an escape such as \\n or \\u00e9');
				at += escape.length - 1;
			} else if (!(unit >= 0x20)) {
				this.#at = at;
				throw this.#unexpected('the rest of a string');
			}
		}
	}

	#skipSpace(): void {
		for (; ; this.#at++) {
			const unit = this.#text.charCodeAt(this.#at);
			if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
		}
	}

	#unexpected(expected: string): Error {
		const before = this.#text.slice(0, this.#at);
		const line = before.split('\n').length;
		const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
		const code = this.#text.codePointAt(this.#at);
		const found = code === undefined ? 'the end of the file' : formatCharacter(code);
		return new Error(
			`not JSON at line ${line}, column ${column}: got ${found}, expected ${expected}`
		);
	}
}

const WORDS = [
	['null', null],
	['true', true],
	['false', false]
] as const;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Quotes printable ASCII. Any other character may be unsafe in a terminal, so it is written in the form U+1234. */
function formatCharacter(code: number): string {
	const isPrintable = code >= 0x20 && code < 0x7f;
	if (isPrintable) return JSON.stringify(String.fromCodePoint(code));
	return codePointName(code);
}
