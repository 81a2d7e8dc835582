const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/** Decodes padded base64; `null` if the text is not base64. (`atob` belongs to the DOM.) */
export function decodeBase64(text: string): Uint8Array | null {
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	if (text.length % 4 !== 0) return null;
	const bytes = new Uint8Array((text.length / 4) * 3 - padding);
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let i = 0; i < text.length - padding; i++) {
		const code = text.charCodeAt(i);
		const value = code < 128 ? VALUES[code] : -1;
		if (value < 0) return null;
		held = ((held << 6) | value) & 0xfff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[at++] = held >> bits;
		}
	}
	return bytes;
}

/** Encodes bytes as padded base64. (`btoa` belongs to the DOM.) */
export function encodeBase64(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 3) {
		const left = bytes.length - i;
		const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		text += ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63];
		text += left > 1 ? ALPHABET[(word >> 6) & 63] : '=';
		text += left > 2 ? ALPHABET[word & 63] : '=';
	}
	return text;
}
