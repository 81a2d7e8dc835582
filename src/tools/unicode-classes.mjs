// Writes the Unicode tables in src/lib/engine/text from the data in npm tokenizers (Oniguruma): unicode-classes-data.ts
// (the general category of every code point) and unicode-properties-data.ts (scripts, binary properties and case
// folding). Tests check that npm tiktoken agrees. Takes three minutes. Run: node src/tools/unicode-classes.mjs
import {
	base36,
	CODES,
	LAST,
	pairRuns,
	readTable,
	tokenizerWith,
	writeTable
} from './unicode-tables.mjs';

const GENERATOR = 'unicode-classes.mjs';
const CATEGORIES =
	'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co'.split(' ');
const PART = 0x10000;

/** Substrings of a text that match a regex. */
function piecesOf(regex, text) {
	const pre_tokenizer = {
		type: 'Split',
		pattern: { Regex: regex },
		behavior: 'Removed',
		invert: true
	};
	return tokenizerWith({ pre_tokenizer })
		.getPreTokenizer()
		.preTokenizeString(text)
		.map(([piece]) => piece);
}

/** Code points that match a single-character regex. */
function matched(regex) {
	const found = new Uint8Array(LAST + 1);
	for (let at = 0; at < CODES.length; at += PART) {
		const text = CODES.slice(at, at + PART).map((code) => String.fromCodePoint(code));
		for (const char of piecesOf(`(?:${regex})+`, text.join('')).join(''))
			found[char.codePointAt(0)] = 1;
	}
	return found;
}

const categoryOf = new Array(LAST + 1).fill('Cn');
for (const category of CATEGORIES) {
	const members = matched(`\\p{${category}}`);
	for (let code = 0; code <= LAST; code++) {
		if (!members[code]) continue;
		if (categoryOf[code] !== 'Cn') throw new Error(`U+${code.toString(16)} has two categories`);
		categoryOf[code] = category;
	}
}
for (let code = 0xd800; code <= 0xdfff; code++) categoryOf[code] = 'Cs';

// Each run is its category's letter, followed by the run's length unless that is 1. `x` marks a run in which Lu and Ll
// alternate.
const LETTERS = Object.fromEntries(
	[...CATEGORIES, 'Cs', 'Cn'].map((category, i) => [
		category,
		String.fromCharCode((i < 23 ? 65 : 97 - 23) + i)
	])
);
let runs = '';
const write = (letter, length) => (runs += letter + (length > 1 ? length : ''));
for (let code = 0; code <= LAST;) {
	let end = code + 1;
	while (categoryOf[end] === ((end - code) % 2 ? 'Ll' : 'Lu')) end++;
	if (categoryOf[code] === 'Lu' && end - code >= 4) {
		write('x', end - code);
		code = end;
		continue;
	}
	end = code + 1;
	while (end <= LAST && categoryOf[end] === categoryOf[code]) end++;
	write(LETTERS[categoryOf[code]], end - code);
	code = end;
}
writeTable(
	'unicode-classes-data.ts',
	GENERATOR,
	`/** Category for each letter in {@link RUNS}. \`x\` stands for alternating Lu and Ll. */
export const LETTERS = {
${Object.entries(LETTERS)
	.map(([category, letter]) => `\t${category}: '${letter}'`)
	.join(',\n')}
} as const;

/** Runs of code points from U+0000 to U+10FFFF with the same general category: its letter, then the length if above 1. */
export const RUNS =
	'${runs}';
`
);

const PROPERTIES_FILE = 'unicode-properties-data.ts';
const formerTables = readTable(PROPERTIES_FILE);

/**
 * Names of the sets in the existing table, each with its aliases. To add a set, add an entry to that table by hand.
 * Scripts are listed by their long name in Unicode's PropertyValueAliases.txt, and also by their short name if the
 * reference accepts it. The table omits binary properties that can be derived from the others and the general category
 * (Alphabetic), and properties with large tables that tokenizers' patterns don't use (ID_Start).
 */
function namesIn(table) {
	const [, entries] = new RegExp(`${table}: .*\\n([^]*?)\\n\\};`).exec(formerTables);
	return Array.from(entries.matchAll(/^\t'?(\w+(?: \w+)*)'?:/gm), ([, names]) => names);
}

/**
 * Encodes a set as ranges in base 36. Each range is written as its distance from the end of the previous range. If the
 * range is longer than one code point, a `.` and the length minus 1 follow.
 */
function packed(members) {
	let text = '';
	let previous = 0;
	for (let code = 0; code <= LAST; code++) {
		if (!members[code]) continue;
		let end = code;
		while (members[end + 1]) end++;
		text += ` ${(code - previous).toString(36)}${end > code ? `.${(end - code).toString(36)}` : ''}`;
		previous = end + 1;
		code = end;
	}
	return text.slice(1);
}

const entries = (table) =>
	namesIn(table)
		.map((names) => `\t'${names}': '${packed(matched(`\\p{${names.split(' ')[0]}}`))}'`)
		.join(',\n');

/**
 * Code points that change when lower-cased or upper-cased in this version of Node.js. Its Unicode version must be at
 * least as new as the reference's.
 */
const cased = [];
for (const code of CODES) {
	const character = String.fromCodePoint(code);
	if (character.toLowerCase() !== character || character.toUpperCase() !== character)
		cased.push(code);
}

/**
 * Groups of code points that match each other case-insensitively, in ascending order, keyed by the first code point.
 */
const folds = new Map();
const casedText = cased.map((code) => String.fromCodePoint(code)).join('\u0001');
for (const code of cased) {
	const found = piecesOf(`(?i:\\x{${code.toString(16)}})`, casedText)
		.filter((characters) => [...characters].length === 1)
		.map((character) => character.codePointAt(0))
		.sort((a, b) => a - b);
	if (found.length > 1) folds.set(found[0], found);
}

const groupText = [...folds.values()]
	.filter((group) => group.length > 2)
	.map((group) => base36(group, '.'))
	.join(' ');

/** Characters that Oniguruma treats as equal to a string of several characters, each with that string. */
const expansions = [];
for (const code of cased) {
	const character = String.fromCodePoint(code);
	const folded = [...character.toUpperCase()].map((one) => one.toLowerCase()).join('');
	for (const string of new Set([folded, character.toLowerCase()])) {
		if ([...string].length === 1) continue;
		if (piecesOf(`(?i:${character})`, string).join() !== string) {
			throw new Error(`tokenizers does not regard ${character} and ${string} as equal`);
		}
		expansions.push(`${character} ${string}`);
	}
}

writeTable(
	PROPERTIES_FILE,
	GENERATOR,
	`/**
 * Sets of code points. Each key lists the set's names in Unicode, separated by spaces. Each value lists the set's
 * ranges in base 36: the distance from the end of the previous range and, if the range is longer than one code point, a
 * dot and the length minus 1.
 */
export const SCRIPTS: Readonly<Record<string, string>> = {
${entries('SCRIPTS')}
};

export const BINARY_PROPERTIES: Readonly<Record<string, string>> = {
${entries('BINARY_PROPERTIES')}
};

/** Pairs that simple case folding makes equal: first code point, distance, number of pairs, and step to the next pair. */
export const FOLDED_PAIRS =
	'${pairRuns([...folds.values()].filter((group) => group.length === 2))}';

/** Groups of three or more code points that simple case folding makes equal. */
export const FOLDED_GROUPS =
	'${groupText}';

/** Characters that Oniguruma treats as equal to a string of several characters if case is ignored, each with that string. */
export const FOLDED_STRINGS =
	'${expansions.join(',')}';
`
);
