import { CLASS_FLAGS, ClassFlag } from '../../text/unicode-classes';
import type { ByteSource } from '../../structures/byte-table';
import { codePointAt, sequenceLength } from '../../text/utf8';

/**
 * Functions that scan well-formed UTF-8 by character class. Byte offsets must be at character boundaries. Masks
 * consist of {@link ClassFlag}s.
 */

export const LETTER = ClassFlag.upper | ClassFlag.lower | ClassFlag.caseless;
export const NUMBER = ClassFlag.number;
export const SPACE = ClassFlag.space;
export const NEWLINE = ClassFlag.newline;
/** The complement of `[^\s\p{L}\p{N}]`. */
export const LETTER_NUMBER_SPACE = LETTER | NUMBER | SPACE;

/** Class flags of the character at a byte. */
export function flagsAt(bytes: Uint8Array, at: number): number {
	const lead = bytes[at];
	return lead < 0x80 ? CLASS_FLAGS[lead] : CLASS_FLAGS[codePointAt(bytes, at)];
}

/**
 * End of the run of characters with a class in `mask` that begins at `at`; `at` if there is none. Most text passes
 * through here, so characters of up to three bytes are decoded inline, and lower-case ASCII letters are checked four at
 * a time.
 */
export function skipWhile(
	{ bytes, view }: ByteSource,
	at: number,
	end: number,
	mask: number
): number {
	while (mask & ClassFlag.lower && at + 4 <= end) {
		const word = view.getInt32(at, true);
		// Sets the highest bit of each byte that is not in a–z. Only the lowest of the set bits is reliable.
		const others = (word | ~(word + 0x1f1f1f1f) | (word + 0x05050505)) & 0x80808080;
		at += others === 0 ? 4 : (31 - Math.clz32(others & -others)) >> 3;
		if (others !== 0) break;
	}
	while (at < end) {
		const lead = bytes[at];
		if (lead < 0x80) {
			if (!(CLASS_FLAGS[lead] & mask)) return at;
			at++;
		} else if (lead < 0xe0) {
			const code = ((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f);
			if (!(CLASS_FLAGS[code] & mask)) return at;
			at += 2;
		} else if (lead < 0xf0) {
			const code = ((lead & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
			if (!(CLASS_FLAGS[code] & mask)) return at;
			at += 3;
		} else {
			if (!(CLASS_FLAGS[codePointAt(bytes, at)] & mask)) return at;
			at += 4;
		}
	}
	return at;
}

/** End of the run of characters without a class in `mask` that begins at `at`. */
export function skipUntil(bytes: Uint8Array, at: number, end: number, mask: number): number {
	while (at < end && !(flagsAt(bytes, at) & mask)) at += sequenceLength(bytes[at]);
	return at;
}

/** End of the run of at most `max` characters with a class in `mask` that begins at `at`. */
export function skipAtMost(
	bytes: Uint8Array,
	at: number,
	end: number,
	mask: number,
	max: number
): number {
	while (max-- > 0 && at < end && flagsAt(bytes, at) & mask) at += sequenceLength(bytes[at]);
	return at;
}

/** End of `[\r\n]*`, or of `[\r\n/]*` with `slashes`. */
export function skipNewlines(bytes: Uint8Array, at: number, end: number, slashes: boolean): number {
	while (at < end) {
		const byte = bytes[at];
		if (byte !== 0x0a && byte !== 0x0d && !(slashes && byte === 0x2f)) break;
		at++;
	}
	return at;
}

/**
 * The functions below match white space. `(?!\S)` leaves the last of several white-space characters for the next match.
 */

/** End of `\s+(?!\S)|\s+`. */
export const spacesEnd = (bytes: Uint8Array, at: number, end: number): number =>
	linesOrSpacesEnd(bytes, at, end, 0);

/** End of `\s*[\r\n]+|\s+(?!\S)|\s+`. A run that contains line ends stops after the last one. */
export function linesOrSpacesEnd(
	bytes: Uint8Array,
	at: number,
	end: number,
	newline: number = NEWLINE
): number {
	let last = at;
	let next = at;
	let afterNewline = -1;
	while (next < end) {
		const flags = flagsAt(bytes, next);
		if (!(flags & SPACE)) break;
		last = next;
		next += sequenceLength(bytes[next]);
		if (flags & newline) afterNewline = next;
	}
	if (afterNewline >= 0) return afterNewline;
	return next === end || last === at ? next : last;
}
