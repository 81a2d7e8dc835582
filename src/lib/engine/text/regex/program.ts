import type { CharacterClasses } from './character-classes';
import type { RegexAnchor } from './syntax';

/** Instructions of a {@link Program}, with their operands. */
export const Op = {
	match: 0,
	fail: 1,
	/** set: one character of it */
	set: 2,
	/** first, second: tries one, then the other */
	split: 3,
	/** target */
	jump: 4,
	/** set, least, most, follow: as many characters of a set as possible, then fewer */
	loop: 5,
	/** set, least, most: as many as possible, never fewer */
	loopAtomic: 6,
	/** table: the next instruction by the class of the next character */
	dispatch: 7,
	/** set, negative: looks at the next character */
	peek: 8,
	/** set, negative: looks at the previous character */
	peekBack: 9,
	/** index of the anchor in {@link ANCHORS} */
	anchor: 10,
	/** register: begins a lookaround */
	lookaround: 11,
	/** register: ends it, and forgets how else it could have matched */
	lookaroundEnd: 12,
	/** register, exit: begins a negative lookaround; `exit` is where its failure leads */
	not: 13,
	notEnd: 14,
	atomic: 15,
	atomicEnd: 16,
	/** register: begins a counted repetition */
	count: 17,
	/** register, least, most, exit, lazy: decides between another iteration, which follows, and the exit */
	again: 18,
	/** register: begins an iteration */
	enter: 19,
	/** set: one character of it before the current position */
	setBack: 20
} as const;

export const ANCHORS: readonly RegexAnchor[] = [
	'text start',
	'text end',
	'last line end',
	'line start',
	'line end'
];

/** A pattern as instructions for {@link RegexMachine}. */
export interface Program {
	readonly code: Int32Array;
	readonly classes: CharacterClasses;
	/** Addresses by class, `classes.count + 1` per table; the last one is for the end of the text. */
	readonly tables: Int32Array;
	/** 1 for each class that can follow a loop, `classes.count + 1` per loop. */
	readonly follows: Uint8Array;
	/** 1 for each class that a match can begin with, and last for the end of the text. */
	readonly first: Uint8Array;
	readonly registers: number;
}

/** No limit, as an operand. */
export const UNLIMITED = 0x7fffffff;
