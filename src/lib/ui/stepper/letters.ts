import { byteHex } from '../../engine/text';
import { labelOf } from '../token/character-labels';
import { beginsWithMark, onCircles } from '../token/parts';
import { INVALID, characterAround, characterFrom, type Character } from '../token/utf8';
import type { ByteRange } from '../token/token-lookup';

/**
 * A character that stays in place while tokens merge. `room` is the width reserved for the character: `inline`, its own
 * width (all ASCII characters); `fixed`, enough width for its bytes, so that nothing moves when they merge; `shaped`,
 * its own width while it is whole, because letters that change each other's shapes must stay in one run of text.
 */
export interface Letter {
	/** Byte offset of the character in the document. */
	readonly byte: number;
	readonly bytes: number;
	/** The character; empty for a byte that isn't valid UTF-8. */
	readonly text: string;
	readonly ink: 'plain' | 'space' | 'tab' | 'newline' | 'label';
	/** Label drawn in place of a character without a visible shape. */
	readonly label: string | null;
	readonly room: 'inline' | 'fixed' | 'shaped';
	/** The bytes in hexadecimal, one entry per byte; empty for ASCII. */
	readonly hex: readonly string[];
	/** Whether the character is a combining mark without a base, to be drawn on a dotted circle. */
	readonly lone: boolean;
}

/** Scripts whose letters don't change each other's shapes, and characters common to all scripts. */
const UNSHAPED =
	/[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Georgian}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Common}]/u;
/** Characters that can be drawn as part of a neighbour: marks, emoji modifiers, flag letters and conjoining Hangul. */
const JOINING = /[\p{M}\p{EMod}\p{RI}\u{1100}-\u{11ff}]/u;

/** Extends a range to whole characters. */
export function wholeCharacters(document: Uint8Array, { start, end }: ByteRange): ByteRange {
	const to = Math.min(end, document.length);
	if (start >= to) return { start: to, end: to };
	return {
		start: characterAround(document, start).start,
		end: characterAround(document, to - 1).end
	};
}

/** Lists the characters of a range that doesn't begin or end inside a character. */
export function splitLetters(document: Uint8Array, { start, end }: ByteRange): Letter[] {
	const letters: Letter[] = [];
	for (let byte = start; byte < end;) {
		const character = characterFrom(document, byte);
		const letter = letterOf(document, character);
		const before = letters.at(-1);
		if (JOINING.test(letter.text) && before?.room === 'fixed' && before.ink === 'plain') {
			letters[letters.length - 1] = { ...before, room: 'shaped' };
		}
		letters.push(isLone(before, letter) ? { ...letter, lone: true } : letter);
		byte = character.end;
	}
	return letters;
}

function isLone(before: Letter | undefined, { ink, text }: Letter): boolean {
	if (ink !== 'plain' || !beginsWithMark(text)) return false;
	const base = before?.ink === 'plain' ? before.text : '';
	return !beginsWithMark(base) && onCircles(base + text) !== base + text;
}

const INKS: Readonly<Record<string, Letter['ink']>> = {
	' ': 'space',
	'\t': 'tab',
	'\n': 'newline'
};

function letterOf(document: Uint8Array, { codePoint, start, end }: Character): Letter {
	const bytes = end - start;
	const base = { byte: start, bytes, lone: false };
	if (codePoint === INVALID) {
		const hex = [byteHex(document[start])];
		return { ...base, text: '', ink: 'plain', label: null, room: 'fixed', hex };
	}
	const text = String.fromCodePoint(codePoint);
	const label = labelOf(codePoint);
	const ink = INKS[text] ?? (label === null ? 'plain' : 'label');
	if (bytes === 1) return { ...base, text, ink, label, room: 'inline', hex: [] };
	const isUnshaped = label !== null || (UNSHAPED.test(text) && !JOINING.test(text));
	const hex = Array.from(document.subarray(start, end), byteHex);
	return { ...base, text, ink, label, room: isUnshaped ? 'fixed' : 'shaped', hex };
}
