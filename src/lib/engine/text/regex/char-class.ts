import { complement, intersection, setOf, union, type CodePointSet } from './code-point-set';
import { propertySet, wordSet } from './properties';
import type { PatternReader } from './reader';

const CONTROLS: Readonly<Record<string, number>> = {
	t: 0x09,
	n: 0x0a,
	v: 0x0b,
	f: 0x0c,
	r: 0x0d,
	a: 0x07,
	e: 0x1b
};

/** Properties of escapes such as `\d`; the capital letter is the complement. */
const SHORTHANDS: Readonly<Record<string, string>> = {
	d: 'Nd',
	s: 'White_Space',
	w: 'Word',
	h: 'XDigit'
};

/**
 * Reads the escape of a character or a set after a backslash, inside or outside brackets. Returns `null` and reads
 * nothing if it is another escape, such as an anchor.
 */
export function readCharacterEscape(reader: PatternReader): number | CodePointSet | null {
	const letter = reader.peek();
	if (Object.hasOwn(CONTROLS, letter)) {
		reader.next();
		return CONTROLS[letter];
	}
	const lower = letter.toLowerCase();
	if (Object.hasOwn(SHORTHANDS, lower)) {
		reader.next();
		return negatedIf(letter !== lower, property(reader, SHORTHANDS[lower]));
	}
	switch (letter) {
		case 'x':
			reader.next();
			if (reader.take('{')) return codePoint(reader, reader.until('}'));
			return codePoint(reader, reader.run(/[0-9a-fA-F]/, 2));
		case 'u':
			reader.next();
			return codePoint(reader, reader.run(/[0-9a-fA-F]/, 4));
		case 'p':
		case 'P': {
			reader.next();
			if (!reader.take('{')) return property(reader, reader.next());
			const inverse = reader.take('^');
			return negatedIf(inverse !== (letter === 'P'), property(reader, reader.until('}')));
		}
	}
	if (letter === '0') {
		reader.next();
		return parseInt(`0${reader.run(/[0-7]/, 2)}`, 8);
	}
	if (letter === '' || /[A-Za-z1-9]/.test(letter)) return null;
	return reader.next().codePointAt(0) ?? 0;
}

/** Reads a bracketed class after its `[`, up to and including its `]`. */
export function readClass(reader: PatternReader): CodePointSet {
	const negated = reader.take('^');
	let left: CodePointSet | null = null;
	let current: CodePointSet = [];
	for (let first = true; ; first = false) {
		if (reader.done) throw reader.error('a "[" is never closed');
		if (!first && reader.take(']')) break;
		if (reader.take('&&')) {
			left = left ? intersection(left, current) : current;
			current = [];
			continue;
		}
		current = union(current, readMember(reader));
	}
	const set = left ? intersection(left, current) : current;
	return negatedIf(negated, set);
}

/** Reads one member of a class: a character, a range, an escape, a POSIX bracket or a nested class. */
function readMember(reader: PatternReader): CodePointSet {
	if (reader.take('[:')) {
		const inverse = reader.take('^');
		const name = reader.until(':]');
		// Unlike \p{Punct}, [:punct:] includes symbols.
		const set = name === 'word' ? wordSet() : property(reader, name);
		return negatedIf(inverse, name === 'punct' ? union(set, property(reader, 'S')) : set);
	}
	if (reader.take('[')) return readClass(reader);
	const from = readEnd(reader);
	if (typeof from !== 'number') return from;
	const next = reader.peek(1);
	const endsBefore = ['', ']', '['].includes(next) || (next === '&' && reader.peek(2) === '&');
	if (reader.peek() !== '-' || endsBefore) return [[from, from]];
	reader.next();
	const to = readEnd(reader);
	if (typeof to !== 'number') return setOf([[from, from], [0x2d, 0x2d], ...to]);
	if (to < from) throw reader.error('a range ends before it begins');
	return [[from, to]];
}

function readEnd(reader: PatternReader): number | CodePointSet {
	if (!reader.take('\\')) return reader.next().codePointAt(0) ?? 0;
	if (reader.take('b')) return 0x08;
	const escape = readCharacterEscape(reader);
	if (escape === null) throw reader.unsupported(`\\${reader.peek()} in a class`);
	return escape;
}

function property(reader: PatternReader, name: string): CodePointSet {
	const set = propertySet(name);
	if (!set) throw reader.error(`unknown property \\p{${name}}`);
	return set;
}

function negatedIf(negate: boolean, set: CodePointSet): CodePointSet {
	return negate ? complement(set) : set;
}

function codePoint(reader: PatternReader, digits: string): number {
	const code = /^[0-9a-fA-F]{1,6}$/.test(digits) ? parseInt(digits, 16) : Infinity;
	if (code > 0x10ffff)
		throw reader.error(`"${digits}" is not the hexadecimal number of a character`);
	return code;
}
