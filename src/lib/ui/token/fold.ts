import { decodeUtf8, firstInvalidUtf8, hexOf } from '../../engine/text';
import { formatCount } from '../../session/format';
import { partsOf, type DrawnSpan, type Part } from './parts';
import { isContinuation } from './utf8';

/**
 * The bytes in the middle of a long token, which aren't drawn but stay in the page so that they can be copied. Training
 * on a single repeated letter can produce a token of half a megabyte, which would take a browser seconds to lay out.
 */
export interface Folded {
	readonly kind: 'folded';
	readonly text: string;
	readonly label: string;
}

/** Maximum length in bytes of a span that is drawn in full. Tokens in real vocabularies are much shorter. */
export const MAX_UNFOLDED_BYTES = 1000;
/** Number of bytes drawn at each end of a folded span. */
const EDGE_BYTES = 200;

/** Returns the span of the folded bytes; an empty span at `end` if nothing is folded. */
export function foldOf(
	document: Uint8Array,
	start: number,
	end: number
): { readonly from: number; readonly to: number } {
	if (end - start <= MAX_UNFOLDED_BYTES) return { from: end, to: end };
	// Never folds part of a character. Invalid UTF-8 may be split anywhere.
	const boundaryAfter = (byte: number) => {
		const last = byte + 3;
		while (byte < last && isContinuation(document[byte])) byte++;
		return byte;
	};
	return { from: boundaryAfter(start + EDGE_BYTES), to: boundaryAfter(end - EDGE_BYTES) };
}

/** Splits a span into parts like {@link partsOf}, but folds long spans. */
export function foldedParts(
	document: Uint8Array,
	{ start, end, drawnTo }: DrawnSpan,
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

/** Text that a span adds to the page: the concatenated text of its parts. */
function textOf(document: Uint8Array, span: DrawnSpan): string {
	const bytes = document.subarray(span.start, span.end);
	if (span.drawnTo <= span.start && firstInvalidUtf8(bytes) < 0) return decodeUtf8(bytes);
	return partsOf(document, span, false)
		.map(({ text }) => text)
		.join('');
}

/** Formats bytes in hexadecimal and shortens long spans. */
export function foldedHex(
	document: Uint8Array,
	start: number,
	end: number
): readonly (Part | Folded)[] {
	const { from, to } = foldOf(document, start, end);
	const hex = (first: number, last: number) => hexOf(document.subarray(first, last), ' ');
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
