import { expandingMember, foldingSequence, withOtherCases } from './case-fold';
import { readCharacterEscape, readClass } from './char-class';
import { complement, toClass, type CodePointSet } from './code-point-set';
import { propertySet } from './properties';
import { PatternReader } from './reader';

/**
 * Translates a regular expression of tokenizer.json, which Hugging Face's library runs with
 * Oniguruma, to a global JavaScript RegExp that matches the same. Classes become explicit ranges
 * from the references' tables, so that `\s`, `\w`, `\p{L}` and case-insensitive groups mean what they
 * mean there, whatever Unicode version the JavaScript engine has. Throws an error that names the
 * construct when it has no counterpart.
 */
export function translateRegex(pattern: string): RegExp {
	const reader = new PatternReader(pattern);
	const source = new Translator(reader).translate();
	try {
		return new RegExp(source, 'gu');
	} catch (cause) {
		throw new Error(`regular expression ${JSON.stringify(pattern)} is not valid`, { cause });
	}
}

interface Options {
	readonly ignoreCase: boolean;
	readonly dotAll: boolean;
	readonly extended: boolean;
}

const START = '(?<![^])';
const END = '(?![^])';
const NEWLINE: CodePointSet = [[0x0a, 0x0a]];

/** Groups that mean the same in JavaScript, longest first. */
const PLAIN_GROUPS = ['?<=', '?<!', '?:', '?=', '?!'] as const;

class Translator {
	#atomics = 0;
	#inLookbehind = 0;

	constructor(readonly reader: PatternReader) {}

	translate(): string {
		const options = { ignoreCase: false, dotAll: false, extended: false };
		const source = this.#alternatives(options);
		if (!this.reader.done) throw this.reader.error('a ")" has no "("');
		return source;
	}

	/** Alternatives up to a `)` or the end. */
	#alternatives(options: Options): string {
		const branches = [this.#sequence(options)];
		while (this.reader.take('|')) branches.push(this.#sequence(options));
		return branches.join('|');
	}

	#sequence(options: Options): string {
		const { reader } = this;
		let source = '';
		let literal = '';
		while (!reader.done && reader.peek() !== '|' && reader.peek() !== ')') {
			if (options.extended && this.#skipComment()) continue;
			const before = reader.at;
			const atom = this.#atom(options);
			const quantified = this.#quantified(atom);
			source += quantified;
			// Case-insensitive literals are watched for sequences that equal one character (ss and ß).
			const isLiteral = options.ignoreCase && atom === quantified && reader.at - before === 1;
			literal = isLiteral ? literal + reader.peek(-1) : '';
			const folding = foldingSequence(literal);
			if (folding) throw reader.unsupported(`"${folding}" in a case-insensitive group`);
		}
		return source;
	}

	#skipComment(): boolean {
		const { reader } = this;
		if (/\s/.test(reader.peek())) {
			reader.next();
			return true;
		}
		if (reader.peek() !== '#') return false;
		while (!reader.done && reader.next() !== '\n');
		return true;
	}

	#atom(options: Options): string {
		const { reader } = this;
		const character = reader.next();
		switch (character) {
			case '(':
				return this.#group(options);
			case '[': {
				const negated = reader.peek() === '^';
				return this.#set(readClass(reader), options, negated);
			}
			case '.':
				return options.dotAll ? '[^]' : toClass(complement(NEWLINE));
			case '^':
				return `(?:${START}|(?<=\\n)(?=[^]))`;
			case '$':
				return '(?=\\n|(?![^]))';
			case '\\':
				return this.#escape(options);
			case '*':
			case '+':
			case '?':
				throw reader.error(`"${character}" has nothing to repeat`);
		}
		const code = character.codePointAt(0) ?? 0;
		return this.#set([[code, code]], options, false);
	}

	#set(set: CodePointSet, options: Options, negated: boolean): string {
		if (!options.ignoreCase) return toClass(set);
		if (negated) return toClass(complement(withOtherCases(complement(set))));
		const expanding = expandingMember(set);
		if (expanding) throw this.reader.unsupported(`"${expanding}" in a case-insensitive group`);
		return toClass(withOtherCases(set));
	}

	#escape(options: Options): string {
		const { reader } = this;
		const characters = readCharacterEscape(reader);
		if (typeof characters === 'number') {
			return this.#set([[characters, characters]], options, false);
		}
		// Case-insensitivity does not reach properties outside brackets.
		if (characters !== null) return toClass(characters);
		const letter = reader.next();
		const word = toClass(propertySet('Word') ?? []);
		switch (letter) {
			case 'A':
				return START;
			case 'z':
				return END;
			case 'Z':
				return `(?=\\n?${END})`;
			case 'b':
				return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
			case 'B':
				return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
			case 'R':
				return this.#atomic('\\r\\n|[\\n-\\r\\u0085\\u2028\\u2029]');
			case 'N':
				return toClass(complement(NEWLINE));
			case 'O':
				return '[^]';
		}
		throw reader.unsupported(`\\${letter}`);
	}

	/** A group whose `(` has been read, up to and with its `)`. */
	#group(options: Options): string {
		const { reader } = this;
		if (reader.take('?#')) {
			reader.until(')');
			return '';
		}
		for (const opening of PLAIN_GROUPS) {
			if (!reader.take(opening)) continue;
			const lookbehind = opening.startsWith('?<') ? 1 : 0;
			this.#inLookbehind += lookbehind;
			const body = this.#closed(options);
			this.#inLookbehind -= lookbehind;
			const group = `(${opening}${body})`;
			return opening === '?:' ? group : `(?:${group})`;
		}
		if (reader.take('?>')) return this.#atomic(this.#closed(options));
		if (reader.take('?<')) {
			reader.until('>');
			return this.#capture(options);
		}
		if (!reader.take('?')) return this.#capture(options);
		const switched = this.#options(options);
		// `a(?i)b|c` is `a(?i:b|c)` in Oniguruma: the rest of the group, alternatives and all.
		if (!reader.take(')')) return this.#optionGroup(switched);
		return `(?:${this.#alternatives(switched)})`;
	}

	#optionGroup(options: Options): string {
		if (!this.reader.take(':')) throw this.reader.unsupported(`(?${this.reader.peek()}`);
		return `(?:${this.#closed(options)})`;
	}

	/** Nothing here reads what a group captured, so a capture is a group. */
	#capture(options: Options): string {
		return `(?:${this.#closed(options)})`;
	}

	#closed(options: Options): string {
		const body = this.#alternatives(options);
		if (!this.reader.take(')')) throw this.reader.error('a "(" is never closed');
		return body;
	}

	#options(options: Options): Options {
		const { reader } = this;
		let { ignoreCase, dotAll, extended } = options;
		let on = true;
		for (;;) {
			if (reader.take('-')) on = false;
			else if (reader.take('i')) ignoreCase = on;
			else if (reader.take('m')) dotAll = on;
			else if (reader.take('x')) extended = on;
			else return { ignoreCase, dotAll, extended };
		}
	}

	/** An atom with the quantifiers that follow it. */
	#quantified(atom: string): string {
		const { reader } = this;
		let source = atom;
		for (;;) {
			const plain = reader.peek();
			if (plain === '*' || plain === '+' || plain === '?') {
				reader.next();
				if (source === '') throw reader.error(`"${plain}" has nothing to repeat`);
				if (reader.take('+')) source = this.#atomic(`${source}${plain}`);
				else if (reader.take('?')) source = `(?:${source}${plain}?)`;
				else source = `(?:${source}${plain})`;
				continue;
			}
			const interval = plain === '{' ? this.#interval() : null;
			if (interval === null) return source;
			// Unlike in other engines, {n,m}+ repeats the interval here.
			source = `(?:${source}${interval})`;
		}
	}

	/** `{n}`, `{n,}`, `{,m}` or `{n,m}`, perhaps lazy; null where the brace is a literal one. */
	#interval(): string | null {
		const { reader } = this;
		const start = reader.at;
		reader.next();
		const least = reader.run(/[0-9]/);
		const comma = reader.take(',');
		const most = comma ? reader.run(/[0-9]/) : '';
		if (!reader.take('}') || (least === '' && most === '')) {
			reader.at = start;
			return null;
		}
		if (!comma) {
			if (reader.peek() === '?') throw reader.unsupported(`{${least}}?`);
			return `{${least}}`;
		}
		if (most !== '' && Number(most) < Number(least)) {
			throw reader.unsupported(`{${least},${most}}`);
		}
		return `{${least || '0'},${most}}${reader.take('?') ? '?' : ''}`;
	}

	/** What JavaScript has no syntax for: a lookahead captures, a reference takes it, nothing is given back. */
	#atomic(body: string): string {
		if (this.#inLookbehind > 0) throw this.reader.unsupported('an atomic group in a lookbehind');
		const name = `atomic${++this.#atomics}`;
		return `(?:(?=(?<${name}>${body}))\\k<${name}>)`;
	}
}
