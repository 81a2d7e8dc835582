/**
 * GPT-2's byte alphabet (OpenAI's `bytes_to_unicode`): one printable character per byte, used for byte-level tokens in
 * tokenizer.json (`Ġ` for a space). Printable Latin-1 bytes represent themselves; the characters for the other 68 start
 * at U+0100.
 */
const isPrintable = (byte: number) =>
	(byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const CODE_OF_BYTE = new Uint16Array(256);
const BYTE_OF_CODE = new Int16Array(0x144).fill(-1);
for (let byte = 0, next = 0x100; byte < 256; byte++) {
	const code = isPrintable(byte) ? byte : next++;
	CODE_OF_BYTE[byte] = code;
	BYTE_OF_CODE[code] = byte;
}

/** Writes bytes in the byte alphabet, one character per byte. */
export function toByteLevel(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(CODE_OF_BYTE[bytes[i]]);
	return text;
}

/** UTF-8 of each byte's character in the byte alphabet. */
export const BYTE_CHARACTERS: readonly Uint8Array[] = Array.from({ length: 256 }, (_, byte) =>
	new TextEncoder().encode(toByteLevel(Uint8Array.of(byte)))
);

/** Reads a string in the byte alphabet; `null` if it contains any other character. */
export function fromByteLevel(text: string): Uint8Array | null {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const byte = code < BYTE_OF_CODE.length ? BYTE_OF_CODE[code] : -1;
		if (byte < 0) return null;
		bytes[i] = byte;
	}
	return bytes;
}
