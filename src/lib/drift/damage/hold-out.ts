import type { DamageDocument } from './types';

export interface TextPart {
	readonly document: string;
	/** Byte offset of the part in its document. */
	readonly byteStart: number;
	readonly utf8: Uint8Array;
}

interface HeldOut {
	/** Whether every fifth document is held out, or every fifth part because there are too few documents. */
	readonly splitUnit: 'documents' | 'parts';
	readonly training: readonly TextPart[];
	readonly heldOut: readonly TextPart[];
	/** Number of documents (or parts) for training and for testing. */
	readonly trainingDocuments: number;
	readonly heldOutDocuments: number;
}

/** One in this many documents or parts is held out. */
const HELD_OUT = 5;
/** Documents are processed in parts, so that the work can be stopped. */
const MAX_PART_BYTES = 16_384;
/** Minimum number of parts if parts are held out and the text is long enough. */
const MIN_PARTS = 100;
const MIN_PART_BYTES = 200;
const MIN_TEXT_BYTES = HELD_OUT * MIN_PART_BYTES;

/**
 * Holds out every fifth document for testing; the others are for training. If there are fewer than five documents, they
 * are first split into parts, at line ends if possible.
 * @throws Error if there is too little text for five parts
 */
export function holdOut(documents: readonly DamageDocument[]): HeldOut {
	const full = documents.filter(({ text }) => text.length > 0);
	const bytes = full.reduce((sum, { text }) => sum + text.length, 0);
	const isWhole = full.length >= HELD_OUT;
	const longest = isWhole
		? MAX_PART_BYTES
		: Math.min(MAX_PART_BYTES, Math.max(MIN_PART_BYTES, bytes / MIN_PARTS));
	const split = full.map((document) => splitAtLines(document, longest));
	const piles = isWhole ? split : split.flat().map((part) => [part]);
	if (piles.length < HELD_OUT) {
		throw new Error(
			`the text is too short to measure with: got ${bytes} bytes, expected at least ${MIN_TEXT_BYTES}`
		);
	}
	const isHeldOut = (index: number) => index % HELD_OUT === HELD_OUT - 1;
	const training = piles.filter((_, i) => !isHeldOut(i));
	const heldOut = piles.filter((_, i) => isHeldOut(i));
	return {
		splitUnit: isWhole ? 'documents' : 'parts',
		training: training.flat(),
		heldOut: heldOut.flat(),
		trainingDocuments: training.length,
		heldOutDocuments: heldOut.length
	};
}

export const bytesOf = (parts: readonly TextPart[]): number =>
	parts.reduce((sum, { utf8 }) => sum + utf8.length, 0);

/** Splits a document into parts of at most `longest` bytes, or slightly more to avoid splitting a character. */
function splitAtLines({ name, text }: DamageDocument, longest: number): TextPart[] {
	const parts: TextPart[] = [];
	for (let start = 0; start < text.length;) {
		let end = Math.min(text.length, start + Math.floor(longest));
		if (end < text.length) {
			const line = text.lastIndexOf(0x0a, end - 1);
			if (line > start) end = line + 1;
			else while ((text[end] & 0xc0) === 0x80) end++;
		}
		parts.push({ document: name, byteStart: start, utf8: text.subarray(start, end) });
		start = end;
	}
	return parts;
}
