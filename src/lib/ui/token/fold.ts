import { formatCount } from '../../session/format';
import { partsOf, type Part, type Stretch } from './parts';
import { hexOf } from './utf8';

/**
 * Bytes in the middle of a stretch that are not drawn: a browser takes seconds to lay out a token of half
 * a megabyte, which a tokenizer that was trained on one letter has. They stay in the page to be copied.
 */
export interface Folded {
	readonly kind: 'folded';
	readonly text: string;
	readonly label: string;
}

/** Bytes of a stretch that are drawn as a whole at most, far more than real vocabularies have in a token … */
const LONGEST = 1000;
/** … and that are drawn of a longer one at either end, at least. */
const EDGE = 200;

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** Which bytes are folded: first, and the one after the last; both are `end` where none are. */
export function foldOf(
	document: Uint8Array,
	start: number,
	end: number
): { readonly from: number; readonly to: number } {
	if (end - start <= LONGEST) return { from: end, to: end };
	// Not through a character. Bytes that are no UTF-8 may be cut anywhere.
	const border = (byte: number) => {
		const most = byte + 3;
		while (byte < most && isContinuation(document[byte])) byte++;
		return byte;
	};
	return { from: border(start + EDGE), to: border(end - EDGE) };
}

/** The parts of a stretch, as {@link partsOf} gives them, a long one folded. */
export function foldedParts(
	document: Uint8Array,
	{ start, end, drawnTo }: Stretch,
	whitespace: boolean
): readonly (Part | Folded)[] {
	const { from, to } = foldOf(document, start, end);
	const head = partsOf(document, { start, end: from, drawnTo }, whitespace);
	if (from === end) return head;
	return [
		...head,
		folded(textOf(document, { start: from, end: to, drawnTo }), to - from),
		...partsOf(document, { start: to, end, drawnTo }, whitespace)
	];
}

/** What a stretch puts into the page: as its parts would, which matter only where it is not plain UTF-8. */
function textOf(document: Uint8Array, stretch: Stretch): string {
	const { start, end, drawnTo } = stretch;
	try {
		const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		if (drawnTo <= start) return decoder.decode(document.subarray(start, end));
	} catch (error) {
		// Bytes that belong to no character are drawn and not copied.
		if (!(error instanceof TypeError)) throw error;
	}
	return partsOf(document, stretch, false)
		.map(({ text }) => text)
		.join('');
}

/** Bytes in hexadecimal, likewise. */
export function foldedHex(
	document: Uint8Array,
	start: number,
	end: number
): readonly (Part | Folded)[] {
	const { from, to } = foldOf(document, start, end);
	const hex = (first: number, last: number) =>
		Array.from(document.subarray(first, last), hexOf).join(' ');
	if (start === end) return [];
	const head: Part = { kind: 'text', text: hex(start, from) };
	if (from === end) return [head];
	return [head, folded(` ${hex(from, to)} `, to - from), { kind: 'text', text: hex(to, end) }];
}

const folded = (text: string, bytes: number): Folded => ({
	kind: 'folded',
	text,
	label: `… ${formatCount(bytes)} bytes …`
});
