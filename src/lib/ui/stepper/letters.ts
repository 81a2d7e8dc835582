import { labelOf } from '../token/character-labels';
import { onCircles } from '../token/lone-marks';
import { beginsWithMark } from '../token/parts';
import { INVALID, characterAround, characterFrom, hexOf, type Character } from '../token/utf8';
import type { ByteRange } from '../token/token-lookup';

/**
 * One character of a text whose tokens come and go while it stays where it is. `room` says what is
 * kept for it: `inline` what it takes by itself (all of ASCII), `fixed` enough for its bytes, so
 * that nothing moves when it becomes whole, and `shaped` what it takes by itself while it is whole:
 * letters that shape their neighbours must stay one run of text.
 */
export interface Letter {
	/** First byte in the document. */
	readonly byte: number;
	/** Number of bytes. */
	readonly bytes: number;
	/** The character; empty for a byte that is not UTF-8. */
	readonly text: string;
	readonly ink: 'plain' | 'space' | 'tab' | 'newline' | 'label';
	/** Drawn instead of a character that has no shape. */
	readonly label: string | null;
	readonly room: 'inline' | 'fixed' | 'shaped';
	/** Hexadecimal, one entry a byte; none for ASCII. */
	readonly hex: readonly string[];
	/** A combining mark without a letter to stand on: it is drawn on a dotted circle. */
	readonly lone: boolean;
}

/** Scripts whose letters stand next to each other without changing, and what all scripts share. */
const ALONE =
	/[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Georgian}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Common}]/u;
/** Marks, emoji modifiers, flag letters, conjoining Hangul: part of what is drawn beside them. */
const JOINING = /[\p{M}\p{EMod}\p{RI}\u{1100}-\u{11ff}]/u;

/** The range, moved outwards to whole characters. */
export function wholeCharacters(document: Uint8Array, { start, end }: ByteRange): ByteRange {
	const to = Math.min(end, document.length);
	if (start >= to) return { start: to, end: to };
	return {
		start: characterAround(document, start).start,
		end: characterAround(document, to - 1).end
	};
}

/** The characters of `range`, which begins and ends between characters. */
export function lettersOf(document: Uint8Array, { start, end }: ByteRange): Letter[] {
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

function letterOf(document: Uint8Array, { codePoint, start, end }: Character): Letter {
	const bytes = end - start;
	const base = { byte: start, bytes, lone: false };
	if (codePoint === INVALID) {
		const hex = [hexOf(document[start])];
		return { ...base, text: '', ink: 'plain', label: null, room: 'fixed', hex };
	}
	const text = String.fromCodePoint(codePoint);
	const label = labelOf(codePoint);
	const ink =
		codePoint === 0x20
			? 'space'
			: codePoint === 0x09
				? 'tab'
				: codePoint === 0x0a
					? 'newline'
					: label === null
						? 'plain'
						: 'label';
	if (bytes === 1) return { ...base, text, ink, label, room: 'inline', hex: [] };
	const alone = label !== null || (ALONE.test(text) && !JOINING.test(text));
	const hex = Array.from(document.subarray(start, end), hexOf);
	return { ...base, text, ink, label, room: alone ? 'fixed' : 'shaped', hex };
}
