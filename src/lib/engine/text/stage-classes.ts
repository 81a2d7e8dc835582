import {
	codePointsOf,
	complement,
	intersection,
	union,
	type CodePointSet
} from './regex/code-point-set';
import { unassignedInUnicode9 } from './unicode-9';
import { rangesOfClass } from './unicode-classes';

/**
 * Character classes that Hugging Face's stages use outside regular expressions. The libraries behind these stages are
 * based on Unicode 8 or 9.
 */

interface StageClass {
	readonly categories: readonly string[];
	/** Members of the class that belong to none of these categories in Unicode 16. */
	readonly added: CodePointSet;
	/** Characters from Unicode 9 or earlier that belong to one of these categories but not to the class. */
	readonly dropped: CodePointSet;
}

const CLASSES: readonly StageClass[] = [
	{
		categories: ['M'],
		added: [[0x1cf2, 0x1cf3]],
		dropped: [[0x111c9, 0x111c9]]
	},
	{
		categories: ['Mn'],
		added: [
			[0x1734, 0x1734],
			[0x1171e, 0x1171e]
		],
		dropped: [
			[0x8d4, 0x8e1],
			[0x1885, 0x1886],
			[0x1dfb, 0x1dfb],
			[0xa8c5, 0xa8c5],
			[0xa9bd, 0xa9bd],
			[0x111c9, 0x111c9],
			[0x1123e, 0x1123e],
			[0x11438, 0x11446],
			[0x11c30, 0x11c3f],
			[0x11c92, 0x11cb6],
			[0x1e000, 0x1e02a],
			[0x1e944, 0x1e94a]
		]
	},
	{
		categories: ['P'],
		added: [
			[0x24, 0x24],
			[0x2b, 0x2b],
			[0x3c, 0x3e],
			[0x5e, 0x5e],
			[0x60, 0x60],
			[0x7c, 0x7c],
			[0x7e, 0x7e],
			[0x166d, 0x166d],
			[0x111c9, 0x111c9]
		],
		dropped: [
			[0x2e43, 0x2e44],
			[0x1144b, 0x1145d],
			[0x11660, 0x1166c],
			[0x11c41, 0x11c45],
			[0x11c70, 0x11c71],
			[0x1e95e, 0x1e95f]
		]
	},
	{
		categories: ['Cc', 'Cf', 'Co'],
		added: [],
		dropped: [
			[0x09, 0x0a],
			[0x0d, 0x0d],
			[0x8e2, 0x8e2]
		]
	}
];

const COMBINING_MARK = 1;
const NONSPACING_MARK = 2;
const PUNCTUATION = 4;
const CONTROL = 8;

let flagTable: Uint8Array | undefined;

function flags(codePoint: number): number {
	flagTable ??= buildFlags();
	return flagTable[codePoint];
}

function buildFlags(): Uint8Array {
	const table = new Uint8Array(0x110000);
	const unassigned = unassignedInUnicode9();
	CLASSES.forEach(({ categories, added, dropped }, i) => {
		const now = union(...categories.map((name) => rangesOfClass(name) ?? []));
		const known = intersection(now, complement(union(unassigned, dropped)));
		for (const code of codePointsOf(union(known, added))) table[code] |= 1 << i;
	});
	return table;
}

/** Whether StripAccents removes a character. */
export const isCombiningMark = (codePoint: number): boolean =>
	(flags(codePoint) & COMBINING_MARK) !== 0;

/** Whether BertNormalizer strips a character when it strips accents. */
export const isNonspacingMark = (codePoint: number): boolean =>
	(flags(codePoint) & NONSPACING_MARK) !== 0;

/** Whether Punctuation and BertPreTokenizer split at a character. */
export const isPunctuation = (codePoint: number): boolean => (flags(codePoint) & PUNCTUATION) !== 0;

/** Whether BertNormalizer removes a character when it cleans text; `false` for tab, LF and CR. */
export const isControl = (codePoint: number): boolean => (flags(codePoint) & CONTROL) !== 0;
