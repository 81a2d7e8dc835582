/** Maximum nesting of groups, repetitions and classes, so that no pattern can exhaust the stack. */
const MAX_DEPTH = 200;
/** Maximum repetition count, as in Oniguruma. */
const MAX_REPEAT = 100_000;

/** Reads a pattern character by character and creates its error messages. */
export class PatternReader {
	readonly #characters: readonly string[];
	at = 0;
	#depth = 0;

	constructor(readonly pattern: string) {
		this.#characters = [...pattern];
	}

	get done(): boolean {
		return this.at >= this.#characters.length;
	}

	/** Returns a character without consuming it; '' after the end. */
	peek(ahead = 0): string {
		return this.#characters[this.at + ahead] ?? '';
	}

	next(): string {
		if (this.done) throw this.error('the pattern ends too early');
		return this.#characters[this.at++];
	}

	/** Consumes `text` if it comes next. Returns whether `text` was consumed. */
	take(text: string): boolean {
		if (!this.comes(text)) return false;
		this.at += [...text].length;
		return true;
	}

	comes(text: string): boolean {
		let ahead = 0;
		for (const character of text) if (this.peek(ahead++) !== character) return false;
		return true;
	}

	/** Reads up to and including `terminator`, and returns the text before it. */
	until(terminator: string): string {
		let text = '';
		while (!this.take(terminator)) text += this.next();
		return text;
	}

	/** Reads up to `max` characters that `test` matches. */
	run(test: RegExp, max = Infinity): string {
		let text = '';
		while (text.length < max && test.test(this.peek())) text += this.next();
		return text;
	}

	/** Enters a group, a repetition or a class. @throws Error if the nesting is too deep */
	enter(): void {
		if (++this.#depth > MAX_DEPTH) {
			throw this.error(
				`groups and repetitions are nested more than ${MAX_DEPTH} deep; write it with fewer levels`
			);
		}
	}

	leave(levels = 1): void {
		this.#depth -= levels;
	}

	count(): string {
		const digits = this.run(/[0-9]/);
		if (Number(digits) > MAX_REPEAT)
			throw this.error(`a repetition count is larger than ${MAX_REPEAT}`);
		return digits;
	}

	/** Converts hexadecimal digits to a code point. */
	codePoint(digits: string): number {
		const code = /^[0-9a-fA-F]{1,8}$/.test(digits) ? parseInt(digits, 16) : Infinity;
		if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
			throw this.error(`"${digits}" isn't the hexadecimal number of a character`);
		}
		return code;
	}

	/**
	 * Skips comments. In the extended syntax, also skips comments after `#` and white space that matches `whiteSpace`.
	 */
	skipComments(whiteSpace: RegExp | null): void {
		for (;;) {
			if (this.take('(?#')) {
				while (this.next() !== ')') if (this.peek(-1) === '\\') this.next();
			} else if (!whiteSpace) return;
			else if (whiteSpace.test(this.peek())) this.next();
			else if (this.take('#')) while (!this.done && this.next() !== '\n');
			else return;
		}
	}

	error(problem: string): Error {
		return new Error(
			`regular expression ${excerpt(this.pattern)}: ${problem} (character ${this.at})`
		);
	}

	unsupported(construct: string): Error {
		return this.error(`${construct} isn't supported; write it differently`);
	}
}

const MAX_EXCERPT_CHARACTERS = 120;

/** Quotes a pattern for a message, shortening it if it is long. */
export function excerpt(pattern: string): string {
	const isLong = pattern.length > MAX_EXCERPT_CHARACTERS;
	return JSON.stringify(
		isLong ? `${pattern.slice(0, MAX_EXCERPT_CHARACTERS).toWellFormed()}…` : pattern
	);
}
