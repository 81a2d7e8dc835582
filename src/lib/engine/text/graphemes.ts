import { GRAPHEME_RUNS, GraphemeClass } from './unicode-graphemes-data';
import { codePointAt, sequenceLength } from './utf8';

/** Extended grapheme clusters (Unicode Standard Annex 29), with the character classes of Hugging Face's library. */

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Number of Hangul syllables with the same leading consonant and vowel; the first has no trailing consonant. */
const TRAILING_CONSONANTS = 28;

const { Control, Linker, ZWJ, Prepend, RegionalIndicator, L, V, T } = GraphemeClass;
const { Extend, ConjunctExtend, SpacingMark, Consonant, Pictographic } = GraphemeClass;
/** Classes of Hangul syllables; the generated table omits these. */
const LV = 14;
const LVT = 15;

let classTable: Uint8Array | undefined;

function classOf(codePoint: number): number {
	classTable ??= buildClasses();
	return classTable[codePoint];
}

function buildClasses(): Uint8Array {
	const table = new Uint8Array(0x110000);
	let code = 0;
	for (const run of GRAPHEME_RUNS.split(' ')) {
		const [length, number = '0'] = run.split('.');
		const end = code + parseInt(length, 36);
		table.fill(parseInt(number, 36), code, end);
		code = end;
	}
	table.fill(LVT, FIRST_SYLLABLE, LAST_SYLLABLE + 1);
	for (let code = FIRST_SYLLABLE; code <= LAST_SYLLABLE; code += TRAILING_CONSONANTS) {
		table[code] = LV;
	}
	return table;
}

const joinsPrevious = (next: number): boolean =>
	next === Extend ||
	next === ConjunctExtend ||
	next === Linker ||
	next === ZWJ ||
	next === SpacingMark;

/** Whether two adjacent Hangul characters belong to one syllable. */
function isOneSyllable(previous: number, next: number): boolean {
	if (previous === L) return next === L || next === V || next === LV || next === LVT;
	if (previous === LV || previous === V) return next === V || next === T;
	return (previous === LVT || previous === T) && next === T;
}

/** End byte (exclusive) of the grapheme that starts at byte `at`, in UTF-8 that ends at `end`. */
export function graphemeEnd(bytes: Uint8Array, at: number, end: number): number {
	const first = bytes[at];
	let position = at + sequenceLength(first);
	if (position >= end) return end;
	// CR LF is the only pair of ASCII characters that forms a single grapheme.
	if (first < 0x80 && bytes[position] < 0x80) {
		return first === 0x0d && bytes[position] === 0x0a ? position + 1 : position;
	}
	let previous = classOf(codePointAt(bytes, at));
	/** Whether the previous characters are a pictograph followed by any number of `Extend` characters. */
	let pictograph = previous === Pictographic;
	let pictographJoins = false;
	/** Whether the previous characters may begin a conjunct. */
	let conjunct = previous === Consonant;
	let conjunctJoins = false;
	let isFlag = previous === RegionalIndicator;
	while (position < end && previous !== Control) {
		const next = classOf(codePointAt(bytes, position));
		if (next === Control) break;
		const joins =
			joinsPrevious(next) ||
			previous === Prepend ||
			isOneSyllable(previous, next) ||
			(pictographJoins && next === Pictographic) ||
			(conjunctJoins && next === Consonant) ||
			(isFlag && next === RegionalIndicator);
		if (!joins) break;
		isFlag = next === RegionalIndicator && previous !== RegionalIndicator;
		pictographJoins = pictograph && next === ZWJ;
		const extendsPictograph = next === Extend || next === ConjunctExtend || next === Linker;
		pictograph = next === Pictographic || (pictograph && extendsPictograph);
		if (next === Consonant) {
			conjunct = true;
			conjunctJoins = false;
		} else if (next === Linker) conjunctJoins = conjunct;
		else if (next !== ConjunctExtend && next !== ZWJ) conjunct = conjunctJoins = false;
		previous = next;
		position += sequenceLength(bytes[position]);
	}
	return position;
}
