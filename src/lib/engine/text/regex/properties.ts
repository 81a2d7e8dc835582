import { lowercaseAscii, uppercaseAscii } from '../ascii';
import { rangesOfClass } from '../unicode-classes';
import { BINARY_PROPERTIES, SCRIPTS } from '../unicode-properties-data';
import { complement, union, type CodePointSet } from './code-point-set';

/** General categories, keyed by long name or alias in the form that {@link simplify} returns. */
const CATEGORIES: Readonly<Record<string, string>> = {
	letter: 'L',
	uppercaseletter: 'Lu',
	lowercaseletter: 'Ll',
	titlecaseletter: 'Lt',
	modifierletter: 'Lm',
	otherletter: 'Lo',
	mark: 'M',
	combiningmark: 'M',
	nonspacingmark: 'Mn',
	spacingmark: 'Mc',
	enclosingmark: 'Me',
	number: 'N',
	decimalnumber: 'Nd',
	digit: 'Nd',
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
	cntrl: 'Cc',
	format: 'Cf',
	privateuse: 'Co',
	unassigned: 'Cn'
};

const ANY: CodePointSet = [[0, 0x10ffff]];

/**
 * Properties derived from other properties, keyed by Unicode name, and properties that only Oniguruma defines, such as
 * POSIX names and surrogates.
 */
const DERIVED: Readonly<Record<string, () => CodePointSet>> = {
	any: () => ANY,
	assigned: () => complement(category('Cn')),
	ascii: () => [[0, 0x7f]],
	whitespace: () => category('White_Space'),
	space: () => category('White_Space'),
	alphabetic: alphabetic,
	alpha: alphabetic,
	uppercase: () => union(category('Lu'), known('Other_Uppercase')),
	upper: () => union(category('Lu'), known('Other_Uppercase')),
	lowercase: () => union(category('Ll'), known('Other_Lowercase')),
	lower: () => union(category('Ll'), known('Other_Lowercase')),
	math: () => union(category('Sm'), known('Other_Math')),
	lc: () => union(category('Lu'), category('Ll'), category('Lt')),
	casedletter: () => union(category('Lu'), category('Ll'), category('Lt')),
	blank: () => union(category('Zs'), [[0x09, 0x09]]),
	graph: () => complement(union(category('Cn'), category('Cc'), category('White_Space'))),
	print: () => complement(union(category('Cn'), category('Cc'), category('Zl'), category('Zp'))),
	alnum: () => union(alphabetic(), category('Nd')),
	word: () =>
		// Oniguruma's table for Latin-1 also includes ² ³ ¹ ¼ ½ ¾.
		union(wordSet(), [
			[0xb2, 0xb3],
			[0xb9, 0xb9],
			[0xbc, 0xbe]
		]),
	xdigit: () => [
		[0x30, 0x39],
		[0x41, 0x46],
		[0x61, 0x66]
	],
	newline: () => [[0x0a, 0x0a]],
	// Text never contains surrogates.
	cs: () => [],
	surrogate: () => []
};

/** Packed sets from generated tables, keyed by simplified name. No script shares its name with a binary property. */
const TABLES = new Map(
	[...Object.entries(SCRIPTS), ...Object.entries(BINARY_PROPERTIES)].flatMap(([names, packed]) =>
		names.split(' ').map((name) => [simplify(name), packed])
	)
);

const cache = new Map<string, CodePointSet>();

/** Code points of a property as Oniguruma defines it; `null` if the name is unknown. */
export function propertySet(name: string): CodePointSet | null {
	const simple = simplify(name);
	const set = cache.get(simple) ?? findSet(simple);
	if (set) cache.set(simple, set);
	return set;
}

/** Code points of each script, with the script's first name in Unicode's list of aliases. */
export function scriptSets(): readonly (readonly [name: string, CodePointSet])[] {
	return Object.entries(SCRIPTS).map(([names, packed]) => [names.split(' ')[0], unpack(packed)]);
}

let words: CodePointSet | undefined;

/** Code points that `[[:word:]]` matches in Oniguruma. */
export const wordSet = (): CodePointSet =>
	(words ??= union(alphabetic(), category('M'), category('Nd'), category('Pc')));

/** Simplifies a name for loose comparison, as in UAX #44. */
function simplify(name: string): string {
	return lowercaseAscii(name).replace(/[ _-]/g, '');
}

function findSet(simple: string): CodePointSet | null {
	if (Object.hasOwn(DERIVED, simple)) return DERIVED[simple]();
	const name = Object.hasOwn(CATEGORIES, simple)
		? CATEGORIES[simple]
		: uppercaseAscii(simple.charAt(0)) + simple.slice(1);
	const isCategory = name.length <= 2 && name !== 'Cs';
	return (isCategory ? rangesOfClass(name) : null) ?? fromTable(simple);
}

function fromTable(simple: string): CodePointSet | null {
	const packed = TABLES.get(simple);
	return packed === undefined ? null : unpack(packed);
}

function unpack(packed: string): CodePointSet {
	let next = 0;
	return packed.split(' ').map((range) => {
		const [distance, more = '0'] = range.split('.');
		const first = next + parseInt(distance, 36);
		const last = first + parseInt(more, 36);
		next = last + 1;
		return [first, last];
	});
}

function alphabetic(): CodePointSet {
	return union(category('L'), category('Nl'), known('Other_Alphabetic'));
}

function category(name: string): CodePointSet {
	return known(name, rangesOfClass(name));
}

function known(name: string, set = fromTable(simplify(name))): CodePointSet {
	if (!set) throw new Error(`Unicode's ${name} has no table`);
	return set;
}
