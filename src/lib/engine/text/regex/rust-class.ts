import {
	complement,
	intersection,
	negatedIf,
	setOf,
	union,
	type CodePointSet
} from './code-point-set';
import { lowercaseAscii } from '../ascii';
import { withOtherCases } from './case-fold';
import { CONTROL_ESCAPES } from './oniguruma-class';
import { propertySet, rustPropertySet, rustWordSet } from './properties';
import type { PatternReader } from './reader';

/** Classes of `[[:name:]]`, which have ASCII characters only. */
const ASCII_CLASSES: Readonly<Record<string, readonly string[]>> = {
	alnum: ['09', 'AZ', 'az'],
	alpha: ['AZ', 'az'],
	ascii: ['\0\x7f'],
	blank: ['\t\t', '  '],
	cntrl: ['\0\x1f', '\x7f\x7f'],
	digit: ['09'],
	graph: ['!~'],
	lower: ['az'],
	print: [' ~'],
	punct: ['!/', ':@', '[`', '{~'],
	space: ['\t\r', '  '],
	upper: ['AZ'],
	word: ['09', 'AZ', '__', 'az'],
	xdigit: ['09', 'AF', 'af']
};

const OPERATIONS: Readonly<
	Record<string, (left: CodePointSet, right: CodePointSet) => CodePointSet>
> = {
	'&&': intersection,
	'--': (left, right) => intersection(left, complement(right)),
	'~~': (left, right) => intersection(union(left, right), complement(intersection(left, right)))
};

/**
 * Reads a bracketed class of Rust's regex crate after its `[`, up to and including its `]`. Operations have equal
 * precedence, lower than that of neighbouring members.
 */
export function readRustClass(
	reader: PatternReader,
	ignoreCase: boolean,
	isNested = false
): CodePointSet {
	reader.enter();
	const folded = (set: CodePointSet) => (ignoreCase ? withOtherCases(set) : set);
	const negated = reader.take('^');
	let members: (readonly [number, number])[] = [];
	const dash: [number, number] = [0x2d, 0x2d];
	while (reader.take('-')) members.push(dash);
	if (members.length === 0 && reader.take(']')) {
		if (isNested) throw reader.unsupported('"[]" in a class');
		members.push([0x5d, 0x5d]);
	}
	let left: CodePointSet | null = null;
	let operation = '';
	const operate = (): CodePointSet => {
		const right = setOf(members);
		return left === null ? right : OPERATIONS[operation](folded(left), folded(right));
	};
	for (;;) {
		if (reader.done) throw reader.error('a "[" is never closed');
		const next = ['&&', '--', '~~'].find((sign) => reader.comes(sign));
		if (next) {
			reader.take(next);
			left = operate();
			operation = next;
			members = [];
		} else if (reader.take('[')) {
			const set = readAsciiClass(reader);
			const nested = set === null ? readRustClass(reader, ignoreCase, true) : set(folded);
			for (const range of nested) members.push(range);
		} else if (reader.take(']')) {
			reader.leave();
			return negatedIf(negated, folded(operate()));
		} else for (const range of readRange(reader, ignoreCase)) members.push(range);
	}
}

/** Reads `:name:]` after a `[`; `null`, and nothing, if something else follows. */
function readAsciiClass(
	reader: PatternReader
): ((folded: (set: CodePointSet) => CodePointSet) => CodePointSet) | null {
	const start = reader.at;
	if (reader.take(':')) {
		const negated = reader.take('^');
		const name = reader.run(/[a-z]/, 8);
		if (reader.take(':]') && Object.hasOwn(ASCII_CLASSES, name)) {
			const set = setOf(
				ASCII_CLASSES[name].map((ends) => [ends.charCodeAt(0), ends.charCodeAt(1)] as const)
			);
			return (folded) => negatedIf(negated, folded(set));
		}
	}
	reader.at = start;
	return null;
}

function readRange(reader: PatternReader, ignoreCase: boolean): CodePointSet {
	const from = readItem(reader, ignoreCase);
	const isRange = reader.comes('-') && !reader.comes('-]') && !reader.comes('--');
	if (!isRange) return typeof from === 'number' ? [[from, from]] : from;
	reader.next();
	if (reader.comes('[')) throw reader.unsupported('a "-" before a class in a class');
	const to = readItem(reader, ignoreCase);
	if (typeof from !== 'number' || typeof to !== 'number') {
		throw reader.error('a range has a set at one of its ends');
	}
	if (to < from) throw reader.error('a range ends before it begins');
	return [[from, to]];
}

function readItem(reader: PatternReader, ignoreCase: boolean): number | CodePointSet {
	if (!reader.take('\\')) return reader.next().codePointAt(0) ?? 0;
	return readRustEscape(reader, ignoreCase);
}

/**
 * Reads the escape of a character or a set after its backslash, inside or outside brackets. A property has the other
 * cases of its members if the pattern ignores case.
 */
export function readRustEscape(reader: PatternReader, ignoreCase: boolean): number | CodePointSet {
	const letter = reader.next();
	if (Object.hasOwn(CONTROL_ESCAPES, letter)) return CONTROL_ESCAPES[letter];
	const lower = lowercaseAscii(letter);
	const negated = letter !== lower;
	switch (lower) {
		case 'd':
			return negatedIf(negated, rustPropertySet('Nd') ?? []);
		case 's':
			return negatedIf(negated, rustPropertySet('White_Space') ?? []);
		case 'w':
			return negatedIf(negated, rustWordSet());
		case 'h':
			return negatedIf(negated, propertySet('XDigit') ?? []);
		case 'p': {
			const name = reader.take('{') ? reader.until('}') : reader.next();
			const set = rustPropertySet(name);
			if (!set) throw reader.error(`unknown property \\p{${name}}`);
			return negatedIf(negated, ignoreCase ? withOtherCases(set) : set);
		}
	}
	switch (letter) {
		case 'x':
			return hexadecimal(reader, 2);
		case 'u':
			return hexadecimal(reader, 4);
		case 'U':
			return hexadecimal(reader, 8);
	}
	if (!/^[ -~]$/.test(letter) || /[A-Za-z0-9]/.test(letter))
		throw reader.unsupported(`\\${letter}`);
	return letter.charCodeAt(0);
}

/** Reads the number of a character: so many digits, or up to eight in braces. */
function hexadecimal(reader: PatternReader, digits: number): number {
	const start = reader.at;
	let text = reader.run(/[0-9a-fA-F]/, digits);
	if (text.length < digits) {
		reader.at = start;
		text = reader.take('{') ? reader.until('}') : '';
	}
	return reader.codePoint(text);
}
