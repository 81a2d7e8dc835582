import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import { escapeCodePoint } from '../messages';

/**
 * A text in quotes, written so that all of it is seen: what has no look of its own, or would sit on the
 * letter before it, is written as `\n` or by its code point, `\u0301`.
 */
export const quoted = (text: string): string => `"${escaped(text, UNSEEN)}"`;

/** Two texts in quotes. If they only look alike, characters outside ASCII are written by their code points. */
export function quotedPair(a: string, b: string): readonly [string, string] {
	const lookAlike = a !== b && a.normalize() === b.normalize();
	const pattern = lookAlike ? NOT_ASCII : UNSEEN;
	return [`"${escaped(a, pattern)}"`, `"${escaped(b, pattern)}"`];
}

/** Bytes in quotes, as {@link quoted}; those that are no UTF-8 by themselves as `\xE2`. */
export const quotedBytes = (bytes: Uint8Array): string =>
	`"${spellBytes(bytes, (text) => escaped(text, UNSEEN))}"`;

/** Bytes as text, which `spell` may rewrite; those that are not UTF-8 by themselves are written `\xE2`. */
export function spellBytes(bytes: Uint8Array, spell = (text: string): string => text): string {
	const invalid = firstInvalidUtf8(bytes);
	if (invalid < 0) return spell(decodeUtf8(bytes));
	const hex = bytes[invalid].toString(16).toUpperCase().padStart(2, '0');
	const before = spell(decodeUtf8(bytes.subarray(0, invalid)));
	return `${before}\\x${hex}${spellBytes(bytes.subarray(invalid + 1), spell)}`;
}

/** Quotes and backslashes; controls, formats, white space but U+0020, half surrogates, Latin's combining marks. */
const UNSEEN = /["\\]|[\p{C}\p{Z}]|[\u0300-\u036f]/gu;
const NOT_ASCII = /["\\]|[^\x20-\x7e]/gu;

const NAMED: Readonly<Record<string, string>> = {
	' ': ' ',
	'"': '\\"',
	'\\': '\\\\',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t'
};

const escaped = (text: string, pattern: RegExp): string =>
	text.replace(pattern, (character) => NAMED[character] ?? escapeCodePoint(character));
