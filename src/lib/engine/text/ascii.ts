/** Case of the letters A to Z, which the host's Unicode does not change. */
export const lowercaseAscii = (text: string): string =>
	text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x20));

export const uppercaseAscii = (text: string): string =>
	text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x20));

/** Two hexadecimal digits, in upper case. */
export const byteHex = (byte: number): string => uppercaseAscii(byte.toString(16).padStart(2, '0'));
