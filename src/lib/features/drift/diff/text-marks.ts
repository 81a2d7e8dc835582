import { partsOf } from '../../../ui/token/parts';
import { formatPart } from '../../../ui/token/token-text';

/** A text in one line with its white space as marks, and what cannot be seen by its name. */
export function inMarks(text: string): string {
	const bytes = new TextEncoder().encode(text);
	const parts = partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true);
	return markJoined(parts.map(formatPart).join(''));
}

/** With marks that join the letter before spelled out: `é` in two code points looks like `é` in one. */
export const markJoined = (text: string): string =>
	text.replace(
		/[\u0300-\u036f]/g,
		(mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`
	);
