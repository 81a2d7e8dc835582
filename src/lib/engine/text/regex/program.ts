import type { CharacterClasses } from './character-classes';
import type { RegexAnchor } from './syntax';

/** Instructions of a {@link Program}, with their operands. */
export const Op = {
	match: 0,
	fail: 1,
	/** set: matches one character of the set */
	set: 2,
	/** first, second: tries the first address, then the second */
	split: 3,
	/** target */
	jump: 4,
	/** set, least, most, follow: matches as many characters of a set as possible, then fewer */
	loop: 5,
	/** set, least, most: matches as many characters of a set as possible, never fewer */
	loopAtomic: 6,
	/** table: jumps to the address for the class of the next character */
	dispatch: 7,
	/** set, negative: checks the next character without consuming it */
	peek: 8,
	/** set, negative: checks the previous character */
	peekBack: 9,
	/** index of the anchor in {@link ANCHORS} */
	anchor: 10,
	/** register: begins a lookaround */
	lookaround: 11,
	/** register: ends a lookaround and discards its remaining alternatives */
	lookaroundEnd: 12,
	/** register, exit: begins a negative lookaround; continues at `exit` if its body fails */
	not: 13,
	notEnd: 14,
	atomic: 15,
	atomicEnd: 16,
	/** register: begins a counted repetition */
	count: 17,
	/** register, least, most, exit, lazy: chooses between another iteration (the next instruction) and the exit */
	again: 18,
	/** register: begins an iteration */
	enter: 19,
	/** set: matches the character before the current position if it is in the set */
	setBack: 20
} as const;

export const ANCHORS: readonly RegexAnchor[] = [
	'text start',
	'text end',
	'last line end',
	'line start',
	'line end'
];

/** A pattern compiled to instructions for {@link RegexMachine}. */
export interface Program {
	readonly code: Int32Array;
	readonly classes: CharacterClasses;
	/** Addresses by class: `classes.count + 1` per table, the last of which is for the end of the text. */
	readonly tables: Int32Array;
	/** `classes.count + 1` entries per loop: 1 for each class that can follow the loop, 0 for the others. */
	readonly follows: Uint8Array;
	/** 1 for each class that a match can begin with; the last entry is for the end of the text. */
	readonly first: Uint8Array;
	readonly registers: number;
}

/** Operand that means "no limit". */
export const UNLIMITED = 0x7fffffff;
