/** Lowercases only the letters A–Z, regardless of the host's Unicode version. */
export const lowercaseAscii = (text: string): string =>
	text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x20));

export const uppercaseAscii = (text: string): string =>
	text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x20));

/** Two hexadecimal digits, in lower case. */
export const byteHex = (byte: number): string => (byte < 16 ? '0' : '') + byte.toString(16);

/** Two hexadecimal digits per byte, in lower case. */
export const hexOf = (bytes: Uint8Array, separator = ''): string =>
	Array.from(bytes, byteHex).join(separator);

/** Byte-fallback token for a byte, such as `<0xE2>`. */
export const byteToken = (byte: number): string => `<0x${uppercaseAscii(byteHex(byte))}>`;

/** A code point in Unicode's notation, such as U+00E9. */
export const codePointName = (codePoint: number): string =>
	`U+${uppercaseAscii(codePoint.toString(16)).padStart(4, '0')}`;

/** Escapes text so that a JavaScript regular expression matches it literally. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
