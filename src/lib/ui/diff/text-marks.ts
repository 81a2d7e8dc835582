import { partsOf } from '../token/parts';
import { inWords } from '../token/token-name';

/** A text in one line with its white space as marks, and what cannot be seen by its name. */
export function inMarks(text: string): string {
	const bytes = new TextEncoder().encode(text);
	return partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true).map(inWords).join('');
}
