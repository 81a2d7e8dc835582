const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Decodes padded base64; `null` if the text is not valid base64 (`atob` is less strict). */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
	if (text.length % 4 !== 0 || !BASE64.test(text)) return null;
	const binary = atob(text);
	const bytes = new Uint8Array(binary.length);
	for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
	return bytes;
}

/** Encodes bytes as padded base64. */
export function encodeBase64(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary);
}
