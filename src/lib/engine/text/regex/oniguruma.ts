import { expandingMember, foldingSequence, withOtherCases } from './case-fold';
import { complement, type CodePointSet } from './code-point-set';
import { propertySet } from './properties';
import { OnigurumaClasses } from './oniguruma-class';
import { PatternReader } from './reader';
import {
	alternativesOf,
	ANY,
	canBeEmpty,
	LOOKS,
	NOT_NEWLINE,
	sequenceOf,
	wordBoundary,
	type RegexAnchor,
	type RegexNode
} from './syntax';

/**
 * Parses a regular expression from a tokenizer.json file in the default (Ruby) syntax of Oniguruma 6.9, the engine in
 * Hugging Face's library. Capturing groups become non-capturing groups.
 * @throws Error for an invalid or unsupported construct
 */
export function parseRegex(pattern: string): RegexNode {
	const reader = new PatternReader(pattern);
	const parser = new OnigurumaParser(reader);
	const node = parser.alternatives({ ignoreCase: false, dotAll: false, extended: false });
	if (!reader.done) throw reader.error('a ")" has no "("');
	parser.refuseFoldingSequences(node);
	return node;
}

interface Options {
	readonly ignoreCase: boolean;
	readonly dotAll: boolean;
	readonly extended: boolean;
}

/** Anchors, keyed by the letter of their escape. */
const ANCHORS: Readonly<Record<string, RegexAnchor>> = {
	A: 'text start',
	z: 'text end',
	Z: 'last line end'
};

/** The meaning of `\R`. */
const ANY_LINE_END = '\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}]';

class OnigurumaParser {
	#lookbehind: 'none' | 'positive' | 'negative' = 'none';
	/** Code points of the nodes that match a single character regardless of case. */
	readonly #literals = new WeakMap<RegexNode, number>();

	readonly #classes: OnigurumaClasses;

	constructor(readonly reader: PatternReader) {
		this.#classes = new OnigurumaClasses(reader);
	}

	/** Reads alternatives up to a `)` or the end of the pattern. */
	alternatives(options: Options): RegexNode {
		this.reader.enter();
		const branches = [this.#sequence(options)];
		while (this.reader.take('|')) branches.push(this.#sequence(options));
		this.reader.leave();
		return alternativesOf(branches);
	}

	/**
	 * Rejects sequences of characters that equal a single character when case is ignored (`ss` and `ß`), even across
	 * adjacent groups, because Oniguruma joins such groups.
	 */
	refuseFoldingSequences(node: RegexNode): void {
		let literal = '';
		const end = () => {
			const folding = foldingSequence(literal);
			if (folding) throw this.reader.unsupported(`"${folding}" in a case-insensitive group`);
			literal = '';
		};
		const visit = (one: RegexNode): void => {
			const code = this.#literals.get(one);
			if (code !== undefined) {
				literal += String.fromCodePoint(code);
				return;
			}
			if (one.type === 'sequence') {
				one.parts.forEach(visit);
				return;
			}
			end();
			if (one.type === 'alternatives') {
				for (const branch of one.branches) {
					visit(branch);
					end();
				}
			} else if (one.type !== 'set' && one.type !== 'anchor') visit(one.body);
			end();
		};
		visit(node);
		end();
	}

	#sequence(options: Options): RegexNode {
		const { reader } = this;
		const parts: RegexNode[] = [];
		for (;;) {
			this.#skipComments(options);
			if (reader.done || reader.comes('|') || reader.comes(')')) return sequenceOf(parts);
			parts.push(this.#quantified(this.#atom(options), options));
		}
	}

	#skipComments({ extended }: Options): void {
		this.reader.skipComments(extended ? /[\t\n\f\r ]/ : null);
	}

	#atom(options: Options): RegexNode {
		const { reader } = this;
		const first = reader.next();
		switch (first) {
			case '(':
				return this.#group(options);
			case '[': {
				const negated = reader.peek() === '^';
				return this.#set(this.#classes.read(), options, negated);
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
				throw reader.error(`"${first}" has nothing to repeat`);
			case '{':
				reader.at--;
				if (this.#interval()) throw reader.error('"{" has nothing to repeat');
				reader.at++;
		}
		return this.#literal(first.codePointAt(0) ?? 0, options);
	}

	#literal(code: number, options: Options): RegexNode {
		const node = this.#set([[code, code]], options, false);
		if (!options.ignoreCase) return node;
		this.#literals.set(node, code);
		return node;
	}

	#set(set: CodePointSet, options: Options, negated: boolean): RegexNode {
		if (!options.ignoreCase) return { type: 'set', set };
		if (negated) return { type: 'set', set: complement(withOtherCases(complement(set))) };
		const expanding = expandingMember(set);
		if (expanding) throw this.reader.unsupported(`"${expanding}" in a case-insensitive group`);
		return { type: 'set', set: withOtherCases(set) };
	}

	#escape(options: Options): RegexNode {
		const { reader } = this;
		const characters = this.#classes.escape(false);
		if (typeof characters === 'number') return this.#literal(characters, options);
		// Outside brackets, properties are case-sensitive even if the pattern ignores case.
		if (characters !== null) return { type: 'set', set: characters };
		const letter = reader.next();
		if (Object.hasOwn(ANCHORS, letter)) {
			if (letter !== 'A' && this.#lookbehind !== 'none') {
				throw reader.error(`\\${letter} can't be in a lookbehind`);
			}
			return { type: 'anchor', at: ANCHORS[letter] };
		}
		switch (letter) {
			case 'b':
			case 'B':
				return wordBoundary(propertySet('Word') ?? [], letter === 'B');
			case 'R':
				return this.#atomic(parseRegex(ANY_LINE_END));
			case 'N':
				return NOT_NEWLINE;
			case 'O':
				return ANY;
		}
		throw reader.unsupported(`\\${letter}`);
	}

	/** Reads the rest of a group after its `(`, including its `)`. */
	#group(options: Options): RegexNode {
		const { reader } = this;
		if (reader.take('?:')) return this.#closed(options);
		for (const { opening, ahead, negative } of LOOKS) {
			if (!reader.take(opening)) continue;
			const outer = this.#lookbehind;
			if (outer !== 'none') throw reader.unsupported('a lookaround in a lookbehind');
			if (!ahead) this.#lookbehind = negative ? 'negative' : 'positive';
			const body = this.#closed(options);
			this.#lookbehind = outer;
			if (!ahead && isOpenSequence(body)) {
				throw reader.unsupported('a lookbehind of several parts that can all match nothing');
			}
			return { type: 'look', ahead, negative, body };
		}
		if (reader.take('?>')) return this.#atomic(this.#closed(options));
		if (reader.take('?<')) {
			const name = reader.until('>');
			if (!/^[A-Za-z_]\w*$/.test(name)) throw reader.unsupported(`the group name "${name}"`);
			if (this.#lookbehind === 'negative')
				throw reader.unsupported('a group in a negative lookbehind');
			return this.#closed(options);
		}
		if (!reader.take('?')) {
			if (reader.comes('*')) throw reader.unsupported('(*…)');
			if (this.#lookbehind === 'negative') {
				throw reader.error("a capturing group can't be in a negative lookbehind; write (?:…)");
			}
			return this.#closed(options);
		}
		const switched = this.#options(options);
		// In Oniguruma, `a(?i)b|c` means `a(?i:b|c)`: options apply to the rest of the group, including its
		// alternatives.
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
	#quantified(atom: RegexNode, options: Options): RegexNode {
		const { reader } = this;
		let node = atom;
		let depth = 0;
		for (;;) {
			this.#skipComments(options);
			const quantifier = this.#quantifier();
			if (quantifier === null) break;
			if (isUnrepeatable(node)) throw reader.error("an anchor or a lookaround can't be repeated");
			reader.enter();
			depth++;
			const { least, most, mode } = quantifier;
			node = { type: 'repeat', body: node, least, most, lazy: mode === 'lazy' };
			if (mode === 'possessive') node = this.#atomic(node);
			// Unlike in other engines, {n}? makes {n} optional.
			if (mode === 'optional') {
				node = { type: 'repeat', body: node, least: 0, most: 1, lazy: false };
				this.#skipComments(options);
				if (this.#quantifier()) throw reader.unsupported('a repetition of {n}?');
			}
		}
		reader.leave(depth);
		return node;
	}

	#quantifier(): { least: number; most: number; mode: string } | null {
		const { reader } = this;
		const plain = reader.peek();
		if (plain !== '*' && plain !== '+' && plain !== '?') {
			return plain === '{' ? this.#interval() : null;
		}
		reader.next();
		const least = plain === '+' ? 1 : 0;
		const most = plain === '?' ? 1 : Infinity;
		const mode = reader.take('?') ? 'lazy' : reader.take('+') ? 'possessive' : 'greedy';
		return { least, most, mode };
	}

	/** Reads `{n}`, `{n,}`, `{,m}` or `{n,m}`, possibly lazy; `null` if the brace is a literal. */
	#interval(): { least: number; most: number; mode: string } | null {
		const { reader } = this;
		const start = reader.at;
		reader.next();
		const least = reader.count();
		const comma = reader.take(',');
		const most = comma ? reader.count() : '';
		if (!reader.take('}') || (least === '' && most === '')) {
			reader.at = start;
			return null;
		}
		if (!comma) {
			const mode = reader.take('?') ? 'optional' : 'greedy';
			return { least: Number(least), most: Number(least), mode };
		}
		if (most !== '' && Number(most) < Number(least)) {
			throw reader.unsupported(`{${least},${most}}`);
		}
		// Unlike in other engines, {n,m}+ is a repetition of {n,m}, not a possessive quantifier.
		return {
			least: Number(least || '0'),
			most: most === '' ? Infinity : Number(most),
			mode: reader.take('?') ? 'lazy' : 'greedy'
		};
	}

	#atomic(body: RegexNode): RegexNode {
		if (this.#lookbehind !== 'none') {
			throw this.reader.unsupported('an atomic group in a lookbehind');
		}
		return { type: 'atomic', body };
	}
}

/** Whether a node cannot be repeated: an anchor or a lookaround, or alternatives that include one. */
const isUnrepeatable = (node: RegexNode): boolean =>
	node.type === 'anchor' ||
	node.type === 'look' ||
	(node.type === 'alternatives' && node.branches.some((branch) => isUnrepeatable(branch))) ||
	// `\b` and `\B` are parsed into alternatives, each a pair of lookarounds.
	(node.type === 'sequence' &&
		node.parts.length > 0 &&
		node.parts.every(({ type }) => type === 'look'));

/**
 * Whether a node is a sequence of several parts that can all match the empty string, repeats such a sequence, or has
 * one among its alternatives. Oniguruma rejects such nodes in a lookbehind.
 */
function isOpenSequence(node: RegexNode): boolean {
	switch (node.type) {
		case 'sequence':
			return node.parts.length > 1 && node.parts.every(canBeEmpty);
		case 'alternatives':
			return node.branches.some(isOpenSequence);
		case 'repeat':
			return isOpenSequence(node.body);
		default:
			return false;
	}
}
