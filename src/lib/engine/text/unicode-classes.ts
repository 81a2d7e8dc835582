import { setOf, union, type CodePointSet } from './regex/code-point-set';
import { LETTERS, RUNS } from './unicode-classes-data';
import { codePointAt, previousStart, sequenceLength } from './utf8';

/**
 * Character classes of Unicode 16, independent of the JavaScript engine's Unicode version. For every code point, they
 * are the same in Rust's regex crate and in Hugging Face's Oniguruma.
 */

type Category = keyof typeof LETTERS;

/** Flags in {@link CLASS_FLAGS}, one for each character class used by the patterns of known tokenizers. */
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

/** White-space characters outside category `Z`. */
const SPACE_CONTROLS: CodePointSet = [
	[0x09, 0x0d],
	[0x85, 0x85]
];

/** A run of code points in the same category; `end` is exclusive. */
type CategoryRun = readonly [category: Category, start: number, end: number];

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
 * {@link ClassFlag}s by code point, U+0000 to U+10FFFF. A two-level table would need a second load
 * per character, and the part of this table that a text uses stays in the cache anyway.
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

/** Code points in a general category (`Lu`), a group of categories (`L`) or `White_Space`; `null` for other names. */
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

/** Offset of the first character at or after `at` that is not white space; `end` if there is none. */
export function skipWhiteSpace(bytes: Uint8Array, at: number, end: number): number {
	while (at < end && isWhiteSpace(codePointAt(bytes, at))) at += sequenceLength(bytes[at]);
	return at;
}

/** Start of the run of white space before `end`, within the bytes [start, end); `end` if there is no such run. */
export function skipWhiteSpaceBack(bytes: Uint8Array, start: number, end: number): number {
	while (end > start) {
		const previous = previousStart(bytes, end);
		if (!isWhiteSpace(codePointAt(bytes, previous))) break;
		end = previous;
	}
	return end;
}
