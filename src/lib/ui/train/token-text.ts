import { partsOf } from '../token/parts';
import { inWords } from '../token/token-name';

/** The bytes of a token as one line of plain text: `·th`, `↵`, `<e2 80>` for a part of a character. */
export function tokenText(bytes: Uint8Array): string {
	const whole = { start: 0, end: bytes.length, drawnTo: 0 };
	return partsOf(bytes, whole, true).map(inWords).join('');
}
