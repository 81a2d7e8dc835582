import { lowercaseAscii } from '../ascii';
import { intersection, negatedIf, setOf, union, type CodePointSet } from './code-point-set';
import { propertySet, wordSet } from './properties';
import type { PatternReader } from './reader';

/** Reads bracketed classes, and escapes for characters and sets, as Oniguruma does. */
export class OnigurumaClasses {
	constructor(readonly reader: PatternReader) {}

	/** Reads the rest of a bracketed class after its `[`, including its `]`. */
	read(): CodePointSet {
		const { reader } = this;
		reader.enter();
		const negated = reader.take('^');
		let left: CodePointSet | null = null;
		let members: (readonly [number, number])[] = [];
		for (let first = true; ; first = false) {
			if (reader.done) throw reader.error('a "[" is never closed');
			if (!first && reader.take(']')) break;
			if (reader.take('&&')) {
				const current: CodePointSet = setOf(members);
				left = left ? intersection(left, current) : current;
				members = [];
				continue;
			}
			for (const range of this.#member()) members.push(range);
		}
		reader.leave();
		const current = setOf(members);
		return negatedIf(negated, left ? intersection(left, current) : current);
	}

	/** Reads one member of a class: a character, a range, an escape, a POSIX bracket or a nested class. */
	#member(): CodePointSet {
		const { reader } = this;
		if (reader.comes('[:')) return this.#posixBracket();
		if (reader.take('[')) {
			const nested = this.read();
			if (reader.comes('-') && !reader.comes('-]')) {
				throw reader.unsupported('a "-" after a nested class');
			}
			return nested;
		}
		const isDash = reader.comes('-');
		const from = this.#end();
		if (typeof from !== 'number') {
			this.#refuseDash();
			return from;
		}
		if (!reader.comes('-') || reader.comes('-]')) return [[from, from]];
		if (isDash || reader.comes('-[') || reader.comes('--') || reader.comes('-&&')) {
			throw reader.unsupported('a "-" here in a class');
		}
		reader.next();
		const to = this.#end();
		if (typeof to !== 'number') throw reader.error('a range ends in a set');
		if (to < from) throw reader.error('a range ends before it begins');
		return [[from, to]];
	}

	/** Rejects a `-` after a set, because a set cannot begin a range. */
	#refuseDash(): void {
		const { reader } = this;
		if (reader.comes('-') && !reader.comes('-]')) throw reader.error('a range begins with a set');
	}

	#posixBracket(): CodePointSet {
		const { reader } = this;
		reader.take('[:');
		const inverse = reader.take('^');
		const name = reader.run(/[A-Za-z]/, 20);
		if (!reader.take(':]')) throw reader.unsupported('"[:" without ":]"');
		if (!POSIX_NAMES.has(name)) throw reader.error(`unknown class [:${name}:]`);
		const set = name === 'word' ? wordSet() : this.#property(name);
		this.#refuseDash();
		// Unlike \p{Punct}, [:punct:] includes symbols.
		return negatedIf(inverse, name === 'punct' ? union(set, this.#property('S')) : set);
	}

	#end(): number | CodePointSet {
		const { reader } = this;
		if (!reader.take('\\')) return reader.next().codePointAt(0) ?? 0;
		if (reader.take('b')) return 0x08;
		const escape = this.escape(true);
		if (escape === null) throw reader.unsupported(`\\${reader.peek()} in a class`);
		return escape;
	}

	/**
	 * Reads the rest of an escape for a character or a set, after the backslash. For any other escape, such as an
	 * anchor, returns `null` and reads nothing.
	 */
	escape(inClass: boolean): number | CodePointSet | null {
		const { reader } = this;
		const letter = reader.peek();
		if (Object.hasOwn(CONTROL_ESCAPES, letter)) {
			reader.next();
			return CONTROL_ESCAPES[letter];
		}
		const lower = lowercaseAscii(letter);
		if (Object.hasOwn(SHORTHANDS, lower)) {
			reader.next();
			return negatedIf(letter !== lower, this.#named(SHORTHANDS[lower], inClass));
		}
		switch (letter) {
			case 'x': {
				reader.next();
				if (reader.take('{')) return reader.codePoint(reader.until('}'));
				const code = reader.codePoint(reader.run(/[0-9a-fA-F]/, 2));
				if (code >= 0x80) throw reader.unsupported(`the byte \\x${code.toString(16)}`);
				return code;
			}
			case 'u': {
				reader.next();
				const digits = reader.run(/[0-9a-fA-F]/, 4);
				if (digits.length < 4) throw reader.error('\\u needs four hexadecimal digits');
				return reader.codePoint(digits);
			}
			case 'p':
			case 'P': {
				reader.next();
				// Without braces, the escape stands for the letter itself.
				if (!reader.take('{')) return letter.charCodeAt(0);
				const inverse = reader.take('^');
				const set = this.#named(reader.until('}'), inClass);
				return negatedIf(inverse !== (letter === 'P'), set);
			}
		}
		if (letter === '0') {
			reader.next();
			return parseInt(`0${reader.run(/[0-7]/, 2)}`, 8);
		}
		if (letter === '' || /[A-Za-z1-9]/.test(letter)) return null;
		return reader.next().codePointAt(0) ?? 0;
	}

	/** Returns the set for a property. In a bracketed class, Word lacks a few characters that it includes elsewhere. */
	#named(name: string, inClass: boolean): CodePointSet {
		return inClass && /^word$/i.test(name.replace(/[ _-]/g, '')) ? wordSet() : this.#property(name);
	}

	#property(name: string): CodePointSet {
		const set = propertySet(name);
		if (!set) throw this.reader.error(`unknown property \\p{${name}}`);
		return set;
	}
}

/** Control characters, keyed by the letter of their escape. */
const CONTROL_ESCAPES: Readonly<Record<string, number>> = {
	t: 0x09,
	n: 0x0a,
	v: 0x0b,
	f: 0x0c,
	r: 0x0d,
	a: 0x07,
	e: 0x1b
};

/** Properties for escapes such as `\d`; a capital letter stands for the complement. */
const SHORTHANDS: Readonly<Record<string, string>> = {
	d: 'Nd',
	s: 'White_Space',
	w: 'Word',
	h: 'XDigit'
};

const POSIX_NAMES: ReadonlySet<string> = new Set(
	'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' ')
);
