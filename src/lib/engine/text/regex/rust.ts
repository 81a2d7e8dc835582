import { withOtherCases } from './case-fold';
import type { CodePointSet } from './code-point-set';
import { rustWordSet } from './properties';
import { PatternReader } from './reader';
import { readRustClass, readRustEscape } from './rust-class';
import {
	AFTER_NEWLINE,
	alternativesOf,
	ANY,
	canBeEmpty,
	LOOKS,
	NOT_NEWLINE,
	sequenceOf,
	wordBoundary,
	type RegexNode
} from './syntax';

/** An alternative of a whole pattern, and how the pattern writes it. */
export interface RustBranch {
	readonly node: RegexNode;
	readonly source: string;
}

/**
 * Parses the pattern of a tiktoken encoding as tiktoken does: with the crate fancy-regex 0.11, which hands the parts that
 * it does not match itself to the crate regex 1. Capturing groups are plain groups. Returns the pattern's alternatives.
 * @throws Error that names the construct that is invalid or not supported
 */
export function parseRustRegex(pattern: string): readonly RustBranch[] {
	const reader = new PatternReader(pattern);
	const branches = new RustParser(reader).branches();
	if (!reader.done) throw reader.error('a ")" has no "("');
	return branches;
}

type Flags = Readonly<
	Record<'ignoreCase' | 'multiLine' | 'dotAll' | 'swapGreed' | 'extended', boolean>
>;

const FLAGS: Readonly<Record<string, keyof Flags>> = {
	i: 'ignoreCase',
	m: 'multiLine',
	s: 'dotAll',
	U: 'swapGreed',
	x: 'extended'
};

class RustParser {
	#flags: Flags = {
		ignoreCase: false,
		multiLine: false,
		dotAll: false,
		swapGreed: false,
		extended: false
	};
	#inLookbehind = false;
	/** Groups that capture, whose alternatives a lookbehind does not treat separately. */
	readonly #captured = new WeakSet<RegexNode>();

	constructor(readonly reader: PatternReader) {}

	/** Reads alternatives up to a `)` or the end. */
	branches(): RustBranch[] {
		const { reader } = this;
		reader.enter();
		const branches: RustBranch[] = [];
		do {
			const start = reader.at;
			const node = this.#sequence();
			branches.push({ node, source: reader.since(start) });
		} while (reader.take('|'));
		reader.leave();
		return branches;
	}

	#alternatives(): RegexNode {
		return alternativesOf(this.branches().map(({ node }) => node));
	}

	#sequence(): RegexNode {
		const { reader } = this;
		const parts: RegexNode[] = [];
		for (;;) {
			this.#skipComments();
			if (reader.done || reader.comes('|') || reader.comes(')')) return sequenceOf(parts);
			const atom = this.#atom();
			const piece = this.#quantified(atom);
			if (piece !== null) parts.push(piece);
		}
	}

	#skipComments(): void {
		this.reader.skipComments(this.#flags.extended ? /[ \r\n\t]/ : null);
	}

	/** Reads one atom; `null` for flags, which cannot be repeated. */
	#atom(): RegexNode | null {
		const { reader } = this;
		const { multiLine, dotAll } = this.#flags;
		const first = reader.next();
		switch (first) {
			case '.':
				return dotAll ? ANY : NOT_NEWLINE;
			case '^':
				return multiLine ? AFTER_NEWLINE : { type: 'anchor', at: 'text start' };
			case '$':
				return { type: 'anchor', at: multiLine ? 'line end' : 'text end' };
			case '(':
				return this.#group();
			case '\\':
				return this.#escape();
			case '[':
				return { type: 'set', set: readRustClass(reader, this.#flags.ignoreCase) };
			case '*':
			case '+':
			case '?':
				throw reader.error(`"${first}" has nothing to repeat`);
		}
		return this.#literal(first.codePointAt(0) ?? 0);
	}

	#literal(code: number): RegexNode {
		const set: CodePointSet = [[code, code]];
		return { type: 'set', set: this.#flags.ignoreCase ? withOtherCases(set) : set };
	}

	#escape(): RegexNode {
		const { reader } = this;
		switch (reader.peek()) {
			case 'A':
			case 'z':
				return { type: 'anchor', at: reader.next() === 'A' ? 'text start' : 'text end' };
			case 'b':
			case 'B':
				return wordBoundary(rustWordSet(), reader.next() === 'B');
		}
		const escape = readRustEscape(reader, this.#flags.ignoreCase);
		if (typeof escape !== 'number') return { type: 'set', set: escape };
		// An escaped sign never ignores case; `\x41` does.
		return this.#literal(escape);
	}

	/** Reads a group after its `(`, up to and including its `)`; `null` for flags. */
	#group(): RegexNode | null {
		const { reader } = this;
		this.#skipComments();
		const lookaround = LOOKS.find(({ opening }) => reader.take(opening));
		if (lookaround) return this.#lookaround(lookaround.ahead, lookaround.negative);
		if (reader.take('?>')) return this.#atomic(this.#closed());
		if (reader.take('?P<') || reader.take('?<')) {
			if (!/^\w+$/.test(reader.until('>'))) throw reader.error('invalid name of a group');
			return this.#capture();
		}
		if (reader.comes('?P=')) throw reader.unsupported('a back-reference');
		if (reader.comes('?(')) throw reader.unsupported('a conditional');
		if (reader.take('?')) return this.#flagged();
		return this.#capture();
	}

	#capture(): RegexNode {
		const body = this.#closed();
		this.#captured.add(body);
		return body;
	}

	#lookaround(ahead: boolean, negative: boolean): RegexNode {
		const { reader } = this;
		const outer = this.#inLookbehind;
		if (!ahead) this.#inLookbehind = true;
		const body = this.#closed();
		this.#inLookbehind = outer;
		if (!ahead) {
			const isSplit = body.type === 'alternatives' && !this.#captured.has(body);
			const branches = isSplit ? body.branches : [body];
			if (branches.some((branch) => constantSize(branch) === null)) {
				throw reader.error('a lookbehind has no constant length');
			}
		}
		return { type: 'look', ahead, negative, body };
	}

	#atomic(body: RegexNode): RegexNode {
		if (this.#inLookbehind) throw this.reader.unsupported('an atomic group in a lookbehind');
		return { type: 'atomic', body };
	}

	#closed(): RegexNode {
		const body = this.#alternatives();
		if (!this.reader.take(')')) throw this.reader.error('a "(" is never closed');
		return body;
	}

	/**
	 * Reads flags after `(?`. They end with the group only if they begin it: `((?i)a)b` also ignores the case of b.
	 */
	#flagged(): RegexNode | null {
		const { reader } = this;
		const outer = this.#flags;
		const start = reader.at;
		let on = true;
		for (;;) {
			this.#skipComments();
			const flag = reader.next();
			if (flag === ':' && !reader.since(start).endsWith('-:')) {
				const body = this.#closed();
				this.#flags = outer;
				return body;
			}
			if (flag === ')' && reader.at > start + 1 && !reader.since(start).endsWith('-)')) return null;
			if (flag === '-' && on) on = false;
			else if (Object.hasOwn(FLAGS, flag)) this.#flags = { ...this.#flags, [FLAGS[flag]]: on };
			else if (flag !== 'u' || !on) throw reader.unsupported(`(?${reader.since(start)}`);
		}
	}

	/** Reads the quantifier that follows an atom. A second one is an error, or a literal if it is an interval. */
	#quantified(atom: RegexNode | null): RegexNode | null {
		const { reader } = this;
		this.#skipComments();
		const counts = this.#counts();
		if (counts === null) return atom;
		const isFixed = atom?.type === 'anchor' || atom?.type === 'look' || atom === AFTER_NEWLINE;
		// An empty group that captures could be repeated, but no pattern needs that.
		const isEmpty = atom?.type === 'sequence' && atom.parts.length === 0;
		if (atom === null || isFixed || isEmpty) {
			throw reader.error('flags, anchors, lookarounds and empty groups cannot be repeated');
		}
		this.#skipComments();
		const lazy = reader.take('?') !== this.#flags.swapGreed;
		if (counts.most === Infinity && canBeEmpty(atom) && !isEmptyLast(atom)) {
			throw reader.unsupported('an endless repetition of what may match nothing before something');
		}
		const node: RegexNode = { type: 'repeat', body: atom, ...counts, lazy };
		return reader.take('+') ? this.#atomic(node) : node;
	}

	#counts(): { least: number; most: number } | null {
		const { reader } = this;
		if (reader.take('?')) return { least: 0, most: 1 };
		if (reader.take('*')) return { least: 0, most: Infinity };
		if (reader.take('+')) return { least: 1, most: Infinity };
		const start = reader.at;
		if (!reader.take('{')) return null;
		const number = () => {
			this.#skipComments();
			const digits = reader.count();
			this.#skipComments();
			return digits;
		};
		const least = number();
		const comma = reader.take(',');
		const most = comma ? number() : least;
		if (!reader.take('}') || (least === '' && !comma)) {
			reader.at = start;
			return null;
		}
		const counts = { least: Number(least), most: most === '' ? Infinity : Number(most) };
		if (counts.most < counts.least) throw reader.error('a repetition counts from more to less');
		return counts;
	}
}

/** Number of characters that a node always matches; `null` if it varies. */
function constantSize(node: RegexNode): number | null {
	switch (node.type) {
		case 'set':
			return 1;
		case 'look':
		case 'anchor':
			return 0;
		case 'atomic':
			return constantSize(node.body);
		case 'repeat': {
			const size = constantSize(node.body);
			return size !== null && node.least === node.most ? size * node.least : null;
		}
		case 'sequence': {
			let sum = 0;
			for (const part of node.parts) {
				const size = constantSize(part);
				if (size === null) return null;
				sum += size;
			}
			return sum;
		}
		case 'alternatives': {
			const [first, ...rest] = node.branches.map(constantSize);
			return rest.every((size) => size === first) ? first : null;
		}
	}
}

/**
 * Whether a node that may match nothing does so only if all else fails. Then all engines agree on its endless
 * repetition.
 */
function isEmptyLast(node: RegexNode): boolean {
	if (!canBeEmpty(node)) return true;
	switch (node.type) {
		case 'set':
		case 'look':
		case 'anchor':
			return true;
		case 'atomic':
			return isEmptyLast(node.body);
		case 'repeat':
			return !node.lazy && isEmptyLast(node.body);
		case 'sequence':
			return node.parts.every(isEmptyLast);
		case 'alternatives': {
			const empty = node.branches.findIndex(canBeEmpty);
			return empty === node.branches.length - 1 && isEmptyLast(node.branches[empty]);
		}
	}
}
