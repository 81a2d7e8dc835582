import { expandingMember, foldingSequence, withOtherCases } from './case-fold';
import { readCharacterEscape, readClass } from './char-class';
import { complement, type CodePointSet } from './code-point-set';
import { PatternReader } from './reader';

/**
 * A regular expression of tokenizer.json as Oniguruma, the engine of Hugging Face's library, reads it. Classes are
 * sets of code points, with their other cases if the pattern ignores case. Capturing groups are plain groups.
 */
export type RegexNode =
	/** One character of a set. */
	| { readonly type: 'set'; readonly set: CodePointSet }
	| { readonly type: 'sequence'; readonly parts: readonly RegexNode[] }
	| { readonly type: 'alternatives'; readonly branches: readonly RegexNode[] }
	| {
			readonly type: 'repeat';
			readonly body: RegexNode;
			readonly least: number;
			/** Infinity for no limit. */
			readonly most: number;
			readonly lazy: boolean;
	  }
	/** Never backtracks after a match: `(?>…)` and possessive quantifiers such as `++`. */
	| { readonly type: 'atomic'; readonly body: RegexNode }
	| {
			readonly type: 'look';
			readonly ahead: boolean;
			readonly negative: boolean;
			readonly body: RegexNode;
	  }
	| { readonly type: 'anchor'; readonly at: RegexAnchor };

export type RegexAnchor =
	| 'text start'
	| 'text end'
	| 'last line end'
	| 'line start'
	| 'line end'
	| 'word boundary'
	| 'no word boundary';

interface Options {
	readonly ignoreCase: boolean;
	readonly dotAll: boolean;
	readonly extended: boolean;
}

/** Lookarounds, longest opening first. */
const LOOKS = [
	{ opening: '?<=', ahead: false, negative: false },
	{ opening: '?<!', ahead: false, negative: true },
	{ opening: '?=', ahead: true, negative: false },
	{ opening: '?!', ahead: true, negative: true }
] as const;

/** Anchors by the letter of their escape. */
const ANCHORS: Readonly<Record<string, RegexAnchor>> = {
	A: 'text start',
	z: 'text end',
	Z: 'last line end',
	b: 'word boundary',
	B: 'no word boundary'
};

const NEWLINE: CodePointSet = [[0x0a, 0x0a]];
const ANY: RegexNode = { type: 'set', set: complement([]) };
const NOT_NEWLINE: RegexNode = { type: 'set', set: complement(NEWLINE) };
/** The meaning of `\R`. */
const ANY_LINE_END = '\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}]';

/**
 * Parses a pattern.
 * @throws Error that names the construct that is invalid or has no counterpart in JavaScript
 */
export function parseRegex(pattern: string): RegexNode {
	const reader = new PatternReader(pattern);
	const options = { ignoreCase: false, dotAll: false, extended: false };
	const node = new RegexParser(reader).alternatives(options);
	if (!reader.done) throw reader.error('a ")" has no "("');
	return node;
}

class RegexParser {
	#inLookbehind = 0;

	constructor(readonly reader: PatternReader) {}

	/** Reads alternatives up to a `)` or the end. */
	alternatives(options: Options): RegexNode {
		const branches = [this.#sequence(options)];
		while (this.reader.take('|')) branches.push(this.#sequence(options));
		return branches.length === 1 ? branches[0] : { type: 'alternatives', branches };
	}

	#sequence(options: Options): RegexNode {
		const { reader } = this;
		const parts: RegexNode[] = [];
		let literal = '';
		while (!reader.done && reader.peek() !== '|' && reader.peek() !== ')') {
			if (options.extended && this.#skipComment()) continue;
			const before = reader.at;
			const atom = this.#atom(options);
			const quantified = this.#quantified(atom);
			if (quantified !== null) parts.push(quantified);
			// If case is ignored, a sequence of characters may equal one character (ss and ß).
			const isLiteral = options.ignoreCase && atom === quantified && reader.at - before === 1;
			literal = isLiteral ? literal + reader.peek(-1) : '';
			const folding = foldingSequence(literal);
			if (folding) throw reader.unsupported(`"${folding}" in a case-insensitive group`);
		}
		return parts.length === 1 ? parts[0] : { type: 'sequence', parts };
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

	/** Reads one atom; `null` for a comment, which cannot be repeated. */
	#atom(options: Options): RegexNode | null {
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
				return options.dotAll ? ANY : NOT_NEWLINE;
			case '^':
				return { type: 'anchor', at: 'line start' };
			case '$':
				return { type: 'anchor', at: 'line end' };
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

	#set(set: CodePointSet, options: Options, negated: boolean): RegexNode {
		if (!options.ignoreCase) return { type: 'set', set };
		if (negated) {
			return { type: 'set', set: complement(withOtherCases(complement(set))) };
		}
		const expanding = expandingMember(set);
		if (expanding) throw this.reader.unsupported(`"${expanding}" in a case-insensitive group`);
		return { type: 'set', set: withOtherCases(set) };
	}

	#escape(options: Options): RegexNode {
		const { reader } = this;
		const characters = readCharacterEscape(reader);
		if (typeof characters === 'number') {
			return this.#set([[characters, characters]], options, false);
		}
		// Properties outside brackets do not ignore case.
		if (characters !== null) return { type: 'set', set: characters };
		const letter = reader.next();
		if (Object.hasOwn(ANCHORS, letter)) return { type: 'anchor', at: ANCHORS[letter] };
		switch (letter) {
			case 'R':
				return this.#atomic(parseRegex(ANY_LINE_END));
			case 'N':
				return NOT_NEWLINE;
			case 'O':
				return ANY;
		}
		throw reader.unsupported(`\\${letter}`);
	}

	/** Reads a group after its `(`, up to and including its `)`; `null` for a comment. */
	#group(options: Options): RegexNode | null {
		const { reader } = this;
		if (reader.take('?#')) {
			reader.until(')');
			return null;
		}
		if (reader.take('?:')) return this.#closed(options);
		for (const { opening, ahead, negative } of LOOKS) {
			if (!reader.take(opening)) continue;
			if (!ahead) this.#inLookbehind++;
			const body = this.#closed(options);
			if (!ahead) this.#inLookbehind--;
			return { type: 'look', ahead, negative, body };
		}
		if (reader.take('?>')) return this.#atomic(this.#closed(options));
		if (reader.take('?<')) {
			reader.until('>');
			return this.#closed(options);
		}
		if (!reader.take('?')) return this.#closed(options);
		const switched = this.#options(options);
		// In Oniguruma, `a(?i)b|c` means `a(?i:b|c)`: options apply to the rest of the group with its alternatives.
		if (reader.take(')')) return this.alternatives(switched);
		if (!reader.take(':')) throw reader.unsupported(`(?${reader.peek()}`);
		return this.#closed(switched);
	}

	#closed(options: Options): RegexNode {
		const body = this.alternatives(options);
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

	/** Reads the quantifiers that follow an atom. */
	#quantified(atom: RegexNode | null): RegexNode | null {
		const { reader } = this;
		let node = atom;
		for (;;) {
			const plain = reader.peek();
			if (plain === '*' || plain === '+' || plain === '?') {
				reader.next();
				if (node === null) throw reader.error(`"${plain}" has nothing to repeat`);
				const least = plain === '+' ? 1 : 0;
				const most = plain === '?' ? 1 : Infinity;
				if (reader.take('+')) {
					node = this.#atomic({ type: 'repeat', body: node, least, most, lazy: false });
				} else node = { type: 'repeat', body: node, least, most, lazy: reader.take('?') };
				continue;
			}
			const interval = plain === '{' ? this.#interval() : null;
			if (interval === null) return node;
			if (node === null) throw reader.error(`"{" has nothing to repeat`);
			// Unlike in other engines, {n,m}+ repeats the interval.
			node = { type: 'repeat', body: node, ...interval };
		}
	}

	/** Reads `{n}`, `{n,}`, `{,m}` or `{n,m}`, possibly lazy; `null` if the brace is a literal. */
	#interval(): { least: number; most: number; lazy: boolean } | null {
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
			return { least: Number(least), most: Number(least), lazy: false };
		}
		if (most !== '' && Number(most) < Number(least)) {
			throw reader.unsupported(`{${least},${most}}`);
		}
		return {
			least: Number(least || '0'),
			most: most === '' ? Infinity : Number(most),
			lazy: reader.take('?')
		};
	}

	#atomic(body: RegexNode): RegexNode {
		if (this.#inLookbehind > 0) throw this.reader.unsupported('an atomic group in a lookbehind');
		return { type: 'atomic', body };
	}
}
