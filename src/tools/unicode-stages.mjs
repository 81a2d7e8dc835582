// Writes src/lib/engine/text/unicode-graphemes-data.ts and unicode-lowercase-data.ts: the classes that Precompiled in
// npm tokenizers uses to find graphemes, and the characters that Lowercase changes. Takes a minute. Run: node
// src/tools/unicode-stages.mjs
import { writeCharsmap } from './charsmap.mjs';
import { base36, CODES, LAST, pairRuns, tokenizerWith, writeTable } from './unicode-tables.mjs';

const GENERATOR = 'unicode-stages.mjs';
const PART = 0x4000;
const MARK = '\u0301';
const ZWJ = '\u200d';

/**
 * Normalizes a text for each code point, many texts per native call. Omits CR and LF, which separate the texts.
 * @param visit receives each code point and its normalized text
 */
function eachNormalized(normalizer, textOf, visit) {
	const native = tokenizerWith({ normalizer }).getNormalizer();
	const codes = CODES.filter((code) => code !== 0x0a && code !== 0x0d);
	for (let at = 0; at < codes.length; at += PART) {
		const part = codes.slice(at, at + PART);
		const text = part.map((code) => `${textOf(String.fromCodePoint(code))}\n`).join('');
		const lines = native.normalizeString(text).split('\n');
		part.forEach((code, i) => visit(code, lines[i]));
	}
}

/** A replacement that doesn't occur in any of the texts. */
const FOUND = '\ue000';

/**
 * Code points for which Precompiled, set to replace `from` with {@link FOUND}, produces text that passes a test.
 * Precompiled looks up a grapheme of fewer than 6 bytes as a whole and drops everything after a match; in longer
 * graphemes, it looks up each character. So if a text ends with `from` and a mark, the mark is lost unless the
 * characters before `from` belong to the same grapheme.
 */
function codesWhere(from, textOf, passes) {
	const table = writeCharsmap([[from, FOUND]]);
	const precompiled_charsmap = Buffer.from(table).toString('base64');
	const found = new Set();
	eachNormalized({ type: 'Precompiled', precompiled_charsmap }, textOf, (code, line) => {
		if (passes(line)) found.add(code);
	});
	return found;
}

/** Code points after which `after`, possibly with other characters in between, does not start a new grapheme. */
const joiningBefore = (after, textOf) =>
	codesWhere(
		after,
		(c) => `${textOf(c)}${after}${MARK}`,
		(line) => line.endsWith(FOUND + MARK)
	);

const joinsPrevious = codesWhere(
	'a',
	(c) => `a${c}`,
	(line) => line === FOUND
);
const control = codesWhere(
	MARK,
	(c) => `${c}${MARK}${MARK}`,
	(line) => line.endsWith(FOUND) && !line.endsWith(FOUND + FOUND)
);
const prepend = joiningBefore('a', (c) => c);
const extend = joiningBefore('©', (c) => `©${c}${ZWJ}`);
const pictographic = joiningBefore('©', (c) => `${c}${ZWJ}`);
const leading = joiningBefore('ᄀ', (c) => c);
const beforeVowel = joiningBefore('ᅡ', (c) => c);
const beforeTrailing = joiningBefore('ᆨ', (c) => c);
const consonant = joiningBefore('क', (c) => `${c}\u094d`);
const linker = joiningBefore('क', (c) => `क${c}`);
const inConjunct = joiningBefore('क', (c) => `क${c}\u094d`);

const isSyllable = (code) => code >= 0xac00 && code <= 0xd7a3;

function classOf(code) {
	if (code === 0x0a || code === 0x0d || control.has(code)) return 'Control';
	if (prepend.has(code)) return 'Prepend';
	if (code === 0x200d) return 'ZWJ';
	if (code >= 0x1f1e6 && code <= 0x1f1ff) return 'RegionalIndicator';
	if (joinsPrevious.has(code)) {
		if (!extend.has(code)) return 'SpacingMark';
		if (linker.has(code)) return 'Linker';
		return inConjunct.has(code) ? 'ConjunctExtend' : 'Extend';
	}
	// The class of a Hangul syllable is computed from its code point.
	if (isSyllable(code)) return 'Other';
	if (leading.has(code)) return 'L';
	if (beforeVowel.has(code)) return 'V';
	if (beforeTrailing.has(code)) return 'T';
	if (consonant.has(code)) return 'Consonant';
	return pictographic.has(code) ? 'Pictographic' : 'Other';
}

const CLASSES = [
	'Other',
	'Control',
	'Extend',
	'ConjunctExtend',
	'Linker',
	'ZWJ',
	'SpacingMark',
	'Prepend',
	'RegionalIndicator',
	'L',
	'V',
	'T',
	'Consonant',
	'Pictographic'
];
const runs = [];
for (let code = 0; code <= LAST; code++) {
	const surrogate = code >= 0xd800 && code <= 0xdfff;
	const name = surrogate ? 'Control' : classOf(code);
	if (runs.at(-1)?.name === name) runs.at(-1).length++;
	else runs.push({ name, length: 1 });
}
const runText = runs
	.map(({ name, length }) => {
		const number = CLASSES.indexOf(name);
		return length.toString(36) + (number > 0 ? `.${number.toString(36)}` : '');
	})
	.join(' ');
writeTable(
	'unicode-graphemes-data.ts',
	GENERATOR,
	`/** Numbers of the classes in {@link GRAPHEME_RUNS}. */
export const GraphemeClass = {
${CLASSES.map((name, i) => `\t${name}: ${i}`).join(',\n')}
} as const;

/** Classes of U+0000 to U+10FFFF, in base 36: the length of each run, and its class unless 0. */
export const GRAPHEME_RUNS =
	'${runText}';
`
);

const pairs = [];
const strings = [];
eachNormalized(
	{ type: 'Lowercase' },
	(character) => character,
	(code, lowered) => {
		const codes = Array.from(lowered, (character) => character.codePointAt(0));
		if (codes.length > 1) strings.push(`${code.toString(36)} ${base36(codes, ' ')}`);
		else if (codes[0] !== code) pairs.push([code, codes[0]]);
	}
);
writeTable(
	'unicode-lowercase-data.ts',
	GENERATOR,
	`/** Characters and their lowercase, in base 36: the first character, distance, number of pairs, and step to the next pair. */
export const LOWERCASE_PAIRS =
	'${pairRuns(pairs)}';

/** Characters whose lowercase is a string of several characters, each with that string, in base 36. */
export const LOWERCASE_STRINGS =
	'${strings.join(',')}';
`
);
