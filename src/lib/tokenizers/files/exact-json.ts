import { codePointName } from '../../engine/text';

/**
 * JSON with the details that `JSON.parse` hides and that Hugging Face's reader (serde_json) depends on: repeated keys,
 * spellings of numbers, lone surrogates and depth.
 */
export interface JsonDocument {
	/** The value as `JSON.parse` gives it: the last of repeated keys wins. */
	readonly value: unknown;
	/** The value with all details; the same object as `value` if there are none. */
	readonly exact: Json;
	/** Whether the text begins with U+FEFF, which is not part of the value. */
	readonly hasByteOrderMark: boolean;
}

export type Json =
	null | boolean | string | number | JsonNumber | JsonMembers | Json[] | { [key: string]: Json };

/** A number whose spelling a double loses: `1.0`, or a long integer. */
export class JsonNumber {
	constructor(readonly text: string) {}
}

/** An object with a repeated key. */
export class JsonMembers {
	constructor(readonly entries: readonly (readonly [string, Json])[]) {}
}

/** Deepest nesting that serde_json reads. */
export const MAX_DEPTH = 127;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** @throws Error in one line, with line and column (in code points, from 1) */
export function readJson(text: string): JsonDocument {
	const hasByteOrderMark = text.startsWith('\ufeff');
	const reader = new JsonReader(text, hasByteOrderMark ? 1 : 0);
	const exact = reader.read();
	if (!reader.sawHidden) return { value: exact, exact, hasByteOrderMark };
	const value: unknown = JSON.parse(hasByteOrderMark ? text.slice(1) : text);
	return { value, exact, hasByteOrderMark };
}

interface OpenContainer {
	readonly close: number;
	readonly items: Json[];
	/** `null` in an array. */
	readonly keys: string[] | null;
}

/** Reads JSON without recursion. */
class JsonReader {
	/** Whether `JSON.parse` would hide a detail of the value. */
	sawHidden = false;
	readonly #text: string;
	#at: number;
	readonly #open: OpenContainer[] = [];

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
		for (;;) {
			let value = this.#scalarOrEmpty();
			if (value === undefined) continue;
			for (;;) {
				const holder = this.#open.at(-1);
				if (!holder) return value;
				holder.items.push(value);
				this.#skipSpace();
				const unit = this.#text.charCodeAt(this.#at);
				if (unit === COMMA) {
					this.#at++;
					if (holder.keys) this.#key(holder);
					break;
				}
				if (unit !== holder.close) {
					throw this.#unexpected(`"," or "${String.fromCharCode(holder.close)}"`);
				}
				this.#at++;
				value = this.#closed(holder);
				this.#open.pop();
			}
		}
	}

	/** A scalar or empty value, or `undefined` if an array or object was opened. */
	#scalarOrEmpty(): Json | undefined {
		this.#skipSpace();
		const unit = this.#text.charCodeAt(this.#at);
		if (unit === QUOTE) return this.#string();
		if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
			this.#at++;
			this.sawHidden ||= this.#open.length >= MAX_DEPTH;
			const isArray = unit === OPEN_BRACKET;
			const close = isArray ? CLOSE_BRACKET : CLOSE_BRACE;
			this.#skipSpace();
			if (this.#text.charCodeAt(this.#at) === close) {
				this.#at++;
				return isArray ? [] : {};
			}
			const opened = { close, items: [], keys: isArray ? null : [] };
			this.#open.push(opened);
			if (opened.keys) this.#key(opened);
			return undefined;
		}
		for (const [word, value] of WORDS) {
			if (!this.#text.startsWith(word, this.#at)) continue;
			this.#at += word.length;
			return value;
		}
		return this.#number();
	}

	#key(holder: OpenContainer): void {
		this.#skipSpace();
		if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#unexpected('a key in quotes');
		holder.keys?.push(this.#string());
		this.#skipSpace();
		if (this.#text.charCodeAt(this.#at) !== COLON) throw this.#unexpected('":"');
		this.#at++;
	}

	#closed({ items, keys }: OpenContainer): Json {
		if (!keys) return items;
		const entries = keys.map((key, i) => [key, items[i]] as const);
		// Unlike assignment, `fromEntries` gives "__proto__" no special meaning.
		if (new Set(keys).size === keys.length) return Object.fromEntries(entries);
		this.sawHidden = true;
		return new JsonMembers(entries);
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
		return new Error(`line ${line}, column ${column}: got ${found}, expected ${expected}`);
	}
}

const WORDS = [
	['null', null],
	['true', true],
	['false', false]
] as const;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Quotes printable ASCII and writes other characters as U+1234, because they must not reach a terminal. */
function formatCharacter(code: number): string {
	const isPrintable = code >= 0x20 && code < 0x7f;
	if (isPrintable) return JSON.stringify(String.fromCodePoint(code));
	return codePointName(code);
}
