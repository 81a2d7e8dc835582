import { onCircles } from './lone-marks';
import { partsOf, type Part } from './parts';
import { inWords } from './token-name';

/** The bytes of a token as one line of plain text: `·th`, `↵`, `<e2 80>` for a part of a character. */
export function tokenText(bytes: Uint8Array): string {
	return asciiText(bytes) ?? textOfParts(bytes);
}

/** Most tokens are nothing but printable ASCII; hundreds are written with every letter that is typed. */
function asciiText(bytes: Uint8Array): string | null {
	let text = '';
	for (const byte of bytes) {
		if (byte < 0x20 || byte > 0x7e) return null;
		text += byte === 0x20 ? '·' : String.fromCharCode(byte);
	}
	return text;
}

function textOfParts(bytes: Uint8Array): string {
	const parts: Part[] = [];
	for (const part of partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true)) {
		const last = parts.at(-1);
		// Bytes that are no character here are one part of one.
		if (part.kind === 'cells' && last?.kind === 'cells' && part.text === '' && last.text === '')
			parts[parts.length - 1] = { ...last, bytes: [...last.bytes, ...part.bytes] };
		else parts.push(part);
	}
	return onCircles(parts.map(inWords).join(''));
}
