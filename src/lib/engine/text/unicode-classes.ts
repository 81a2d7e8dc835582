import { setOf, union, type CodePointSet } from './regex/code-point-set';
import { LETTERS, RUNS } from './unicode-classes-data';
import { codePointAt, previousStart, sequenceLength } from './utf8';

/**
 * Unicode classes as the references define them (Unicode 16; Rust's regex and Hugging Face's Oniguruma agree on every
 * code point), independent of the Unicode version of the JavaScript engine.
 */

/** Two-letter name of a general category. */
type Category = keyof typeof LETTERS;

/** Flags of a code point in {@link CLASS_FLAGS}: the classes that known tokenizers' patterns use. */
export const ClassFlag = {
	/** `\p{Lu}` or `\p{Lt}` */
	upper: 1,
	/** `\p{Ll}` */
	lower: 2,
	/** `\p{Lm}` or `\p{Lo}`: letters without case */
	caseless: 4,
	/** `\p{M}` */
	mark: 8,
	/** `\p{N}` */
	number: 16,
	/** `\p{P}` or `\p{S}` */
	punctuation: 32,
	/** `\s`, the property White_Space */
	space: 64,
	/** CR or LF, which are also `space` */
	newline: 128
} as const;

/** White space that is not in category `Z`. */
const SPACE_CONTROLS: CodePointSet = [
	[0x09, 0x0d],
	[0x85, 0x85]
];

/** A run of code points of one category; `end` is exclusive. */
type CategoryRun = readonly [category: Category, start: number, end: number];

/** The runs from U+0000 to U+10FFFF, in order. */
const CATEGORY_RUNS = readRuns();

function readRuns(): CategoryRun[] {
	const categoryOf = new Map<string, Category>();
	for (const [name, letter] of Object.entries(LETTERS)) categoryOf.set(letter, name as Category);
	const runs: CategoryRun[] = [];
	let code = 0;
	for (const [, letter, digits] of RUNS.matchAll(/([A-Za-z])(\d*)/g)) {
		const end = code + (digits === '' ? 1 : Number(digits));
		const category = categoryOf.get(letter);
		if (category) runs.push([category, code, end]);
		else for (let i = code; i < end; i++) runs.push([(i - code) % 2 ? 'Ll' : 'Lu', i, i + 1]);
		code = end;
	}
	return runs;
}

/** Flags by general category or group of categories. */
const FLAGS: Readonly<Record<string, number>> = {
	Lu: ClassFlag.upper,
	Lt: ClassFlag.upper,
	Ll: ClassFlag.lower,
	Lm: ClassFlag.caseless,
	Lo: ClassFlag.caseless,
	M: ClassFlag.mark,
	N: ClassFlag.number,
	P: ClassFlag.punctuation,
	S: ClassFlag.punctuation,
	Z: ClassFlag.space
};

/**
 * {@link ClassFlag}s by code point, U+0000 to U+10FFFF. The table is flat because a second level would add a second
 * load per character, and because the part that a text uses stays in the cache.
 */
export const CLASS_FLAGS: Uint8Array = buildFlags();

function buildFlags(): Uint8Array {
	const flags = new Uint8Array(0x110000);
	for (const [category, start, end] of CATEGORY_RUNS)
		flags.fill(FLAGS[category] ?? FLAGS[category[0]] ?? 0, start, end);
	for (const [first, last] of SPACE_CONTROLS) flags.fill(ClassFlag.space, first, last + 1);
	flags[0x0a] = flags[0x0d] = ClassFlag.space | ClassFlag.newline;
	return flags;
}

/**
 * Code points of a class: a general category (`Lu`), a group of them (`L`) or `White_Space`; `null` for any other
 * name.
 */
export function rangesOfClass(name: string): CodePointSet | null {
	const isSpace = name === 'White_Space';
	const wanted = isSpace ? 'Z' : name;
	const ranges = CATEGORY_RUNS.filter(
		([category]) => category === wanted || category[0] === wanted
	).map(([, start, end]) => [start, end - 1] as const);
	if (ranges.length === 0) return null;
	return isSpace ? union(ranges, SPACE_CONTROLS) : setOf(ranges);
}

/** Whether a code point has the property White_Space (`\s` in Rust). Unchanged since Unicode 6.3. */
export const isWhiteSpace = (codePoint: number): boolean =>
	(CLASS_FLAGS[codePoint] & ClassFlag.space) !== 0;

/** First byte at or after `at` that is not white space; `end` if there is none. */
export function skipWhiteSpace(bytes: Uint8Array, at: number, end: number): number {
	while (at < end && isWhiteSpace(codePointAt(bytes, at))) at += sequenceLength(bytes[at]);
	return at;
}

/** First byte of the run of white space in bytes [start, end) that ends at `end`. */
export function skipWhiteSpaceBack(bytes: Uint8Array, start: number, end: number): number {
	while (end > start) {
		const previous = previousStart(bytes, end);
		if (!isWhiteSpace(codePointAt(bytes, previous))) break;
		end = previous;
	}
	return end;
}
