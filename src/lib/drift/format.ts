import { byteHex, decodeUtf8, firstInvalidUtf8, formatCount } from '../engine/text';

/** Truncates text to `maxUnits` UTF-16 code units. */
export const clip = (text: string, maxUnits: number): string =>
	text.length > maxUnits ? `${text.slice(0, maxUnits)}…` : text;

/** Formats the first few ids: "[15, 16, …]". */
export function formatIds(ids: ArrayLike<number>, maxIds = 8): string {
	const shown = Array.from({ length: Math.min(ids.length, maxIds) }, (_, i) => ids[i]);
	return `[${shown.join(', ')}${ids.length > maxIds ? ', …' : ''}]`;
}

/** Lists the contents of up to three tokens, and says how many more there are. */
export function formatContents(tokens: readonly { readonly content: string }[]): string {
	const shown = tokens.slice(0, 3).map(({ content }) => quote(content));
	const more = tokens.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

/**
 * Matches quotes, backslashes, and characters that are invisible or combine with the preceding letter (é as two code
 * points).
 */
const UNSEEN = /["\\]|[\p{C}\p{Z}]|[\u0300-\u036f]/gu;
const NOT_ASCII = /["\\]|[^\x20-\x7e]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
	' ': ' ',
	'"': '\\"',
	'\\': '\\\\',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t'
};

/** Escapes matches of `pattern` as `\n`, `\u0301` or, if four hex digits are too few, `\u{1f999}`. */
const escaped = (text: string, pattern: RegExp): string =>
	text.replace(pattern, (character) => {
		const hex = (character.codePointAt(0) ?? 0).toString(16);
		const code = hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
		return ESCAPES[character] ?? code;
	});

/** Quotes up to `maxCharacters` code points of text, with invisible characters as escapes. */
export function quote(text: string, maxCharacters = 60): string {
	const characters = Array.from(text);
	const isLong = characters.length > maxCharacters;
	const shown = isLong ? `${characters.slice(0, maxCharacters).join('')}…` : text;
	return `"${escaped(shown, UNSEEN)}"`;
}

/** Quotes two texts. If they look alike but differ, escapes all non-ASCII characters. */
export function quotePair(a: string, b: string): readonly [string, string] {
	const lookAlike = a !== b && a.normalize() === b.normalize();
	const pattern = lookAlike ? NOT_ASCII : UNSEEN;
	return [`"${escaped(a, pattern)}"`, `"${escaped(b, pattern)}"`];
}

/** Quotes bytes. Bytes that aren't valid UTF-8 are escaped, as in `\xE2`. */
export const quoteBytes = (bytes: Uint8Array): string =>
	`"${spellBytes(bytes, (text) => escaped(text, UNSEEN))}"`;

/** Decodes bytes to text and applies `spell` to it. Bytes that aren't valid UTF-8 are escaped, as in `\xE2`. */
export function spellBytes(bytes: Uint8Array, spell = (text: string): string => text): string {
	const invalid = firstInvalidUtf8(bytes);
	if (invalid < 0) return spell(decodeUtf8(bytes));
	const hex = byteHex(bytes[invalid]).toUpperCase();
	const before = spell(decodeUtf8(bytes.subarray(0, invalid)));
	return `${before}\\x${hex}${spellBytes(bytes.subarray(invalid + 1), spell)}`;
}
