/** Reads a pattern character by character and creates the errors about it. */
export class PatternReader {
	readonly #characters: readonly string[];
	at = 0;

	constructor(readonly pattern: string) {
		this.#characters = [...pattern];
	}

	get done(): boolean {
		return this.at >= this.#characters.length;
	}

	/** Returns a character without reading it; '' after the end. */
	peek(ahead = 0): string {
		return this.#characters[this.at + ahead] ?? '';
	}

	next(): string {
		if (this.done) throw this.error('ends too early');
		return this.#characters[this.at++];
	}

	/** Reads `text` if it comes next. Returns whether it does. */
	take(text: string): boolean {
		const characters = [...text];
		if (!characters.every((character, i) => this.peek(i) === character)) return false;
		this.at += characters.length;
		return true;
	}

	/** Reads up to and including `terminator`. Returns the text before it. */
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

	error(problem: string): Error {
		return new Error(
			`regular expression ${JSON.stringify(this.pattern)}: ${problem} (character ${this.at})`
		);
	}

	unsupported(construct: string): Error {
		return this.error(`cannot translate ${construct} to JavaScript with the reference's meaning`);
	}
}
