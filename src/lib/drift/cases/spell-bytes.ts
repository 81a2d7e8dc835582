import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';

/** Bytes as text; those that are no UTF-8 by themselves are written `\xE2`. */
export function spellBytes(bytes: Uint8Array): string {
	const invalid = firstInvalidUtf8(bytes);
	if (invalid < 0) return decodeUtf8(bytes);
	const hex = bytes[invalid].toString(16).toUpperCase().padStart(2, '0');
	const before = decodeUtf8(bytes.subarray(0, invalid));
	return `${before}\\x${hex}${spellBytes(bytes.subarray(invalid + 1))}`;
}
