import { rangesOfClass } from '../unicode-classes';
import { complement, intersection, setOf, union, type CodePointSet } from './code-point-set';

/** Classes of the references' tables by other names, as {@link simplify} writes them. */
const CLASS_NAMES: Readonly<Record<string, string>> = {
	space: 'White_Space',
	whitespace: 'White_Space',
	digit: 'Nd',
	cntrl: 'Cc',
	letter: 'L',
	uppercaseletter: 'Lu',
	lowercaseletter: 'Ll',
	titlecaseletter: 'Lt',
	modifierletter: 'Lm',
	otherletter: 'Lo',
	mark: 'M',
	nonspacingmark: 'Mn',
	spacingmark: 'Mc',
	enclosingmark: 'Me',
	number: 'N',
	decimalnumber: 'Nd',
	letternumber: 'Nl',
	othernumber: 'No',
	punctuation: 'P',
	punct: 'P',
	connectorpunctuation: 'Pc',
	dashpunctuation: 'Pd',
	openpunctuation: 'Ps',
	closepunctuation: 'Pe',
	initialpunctuation: 'Pi',
	finalpunctuation: 'Pf',
	otherpunctuation: 'Po',
	symbol: 'S',
	mathsymbol: 'Sm',
	currencysymbol: 'Sc',
	modifiersymbol: 'Sk',
	othersymbol: 'So',
	separator: 'Z',
	spaceseparator: 'Zs',
	lineseparator: 'Zl',
	paragraphseparator: 'Zp',
	other: 'C',
	control: 'Cc',
	format: 'Cf',
	privateuse: 'Co',
	unassigned: 'Cn'
};

const FIXED_SETS: Readonly<Record<string, CodePointSet>> = {
	any: [[0, 0x10ffff]],
	ascii: [[0, 0x7f]],
	xdigit: [
		[0x30, 0x39],
		[0x41, 0x46],
		[0x61, 0x66]
	],
	newline: [[0x0a, 0x0a]]
};

const cache = new Map<string, CodePointSet | null>();

/**
 * Code points of a property as Oniguruma defines it; `null` for an unknown name. General categories come from the
 * references' tables. Scripts and binary properties come from the JavaScript engine, restricted to code points that
 * the references know.
 */
export function propertySet(name: string): CodePointSet | null {
	const simple = simplify(name);
	let set = cache.get(simple);
	if (set === undefined) cache.set(simple, (set = find(simple, name)));
	return set;
}

function simplify(name: string): string {
	return name.toLowerCase().replace(/[ _-]/g, '');
}

function find(simple: string, name: string): CodePointSet | null {
	switch (simple) {
		case 'blank':
			return union(category('Zs'), [[0x09, 0x09]]);
		case 'alpha':
		case 'alphabetic':
			return host('Alphabetic');
		case 'upper':
		case 'uppercase':
			return union(known('Uppercase'), category('Lu'));
		case 'lower':
		case 'lowercase':
			return union(known('Lowercase'), category('Ll'));
		case 'graph':
			return complement(union(category('Cn'), category('Cc'), category('White_Space')));
		case 'print':
			return complement(union(category('Cn'), category('Cc'), category('Zl'), category('Zp')));
		case 'alnum':
			return union(known('Alphabetic'), category('Nd'));
		case 'word':
			// Oniguruma's table for Latin-1 also has ² ³ ¹ ¼ ½ ¾.
			return union(wordSet(), [
				[0xb2, 0xb3],
				[0xb9, 0xb9],
				[0xbc, 0xbe]
			]);
		case 'assigned':
			return complement(category('Cn'));
	}
	if (Object.hasOwn(FIXED_SETS, simple)) return FIXED_SETS[simple];
	if (Object.hasOwn(CLASS_NAMES, simple)) return category(CLASS_NAMES[simple]);
	if (simple === 'cs' || simple === 'surrogate') return [];
	const short = simple.charAt(0).toUpperCase() + simple.slice(1);
	const ranges = simple.length <= 2 ? rangesOfClass(short) : null;
	if (ranges) return ranges;
	const script = name
		.split(/[ _-]/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
		.join('_');
	return host(`Script=${script}`) ?? host(script);
}

/** The set of `[[:word:]]`. */
export function wordSet(): CodePointSet {
	return union(known('Alphabetic'), category('M'), category('Nd'), category('Pc'));
}

function category(name: string): CodePointSet {
	const set = rangesOfClass(name);
	if (!set) throw new Error(`unicode class ${name} has no table`);
	return set;
}

function known(property: string): CodePointSet {
	const set = host(property);
	if (!set) {
		throw new Error(
			`this JavaScript engine lacks the Unicode property ${property}: use a newer one`
		);
	}
	return set;
}

/** Code points of a property in the JavaScript engine; `null` for a name that it does not know. */
function host(property: string): CodePointSet | null {
	let expression: RegExp;
	try {
		expression = new RegExp(`\\p{${property}}+`, 'gu');
	} catch {
		return null;
	}
	const ranges: [number, number][] = [];
	const block = 0x1000;
	for (let base = 0; base < 0x110000; base += block) {
		if (base >= 0xd000 && base < 0xe000) scan(base, 0xd800, expression, ranges);
		else scan(base, base + block, expression, ranges);
	}
	return intersection(setOf(ranges), complement(category('Cn')));
}

function scan(from: number, to: number, expression: RegExp, ranges: [number, number][]): void {
	let text = '';
	for (let code = from; code < to; code++) text += String.fromCodePoint(code);
	const width = from > 0xffff ? 2 : 1;
	for (const match of text.matchAll(expression)) {
		const first = from + match.index / width;
		ranges.push([first, first + match[0].length / width - 1]);
	}
}
