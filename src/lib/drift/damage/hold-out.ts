import { decodeUtf8 } from '../../engine/text';
import type { DamageDocument } from './types';

/** A document, or a part of one. */
export interface TextPart {
	readonly document: string;
	/** Where it begins in its document. */
	readonly byteStart: number;
	readonly bytes: number;
	readonly text: string;
}

export interface HeldOut extends HoldOutSizes {
	readonly training: readonly TextPart[];
	readonly heldOut: readonly TextPart[];
}

/** How texts are dealt out, without their texts. */
export interface HoldOutSizes {
	/** What every fifth of is held out: documents, or parts of them where there are too few. */
	readonly dealt: 'documents' | 'parts';
	readonly trainingBytes: number;
	readonly heldOutBytes: number;
	/** Documents on each side, or parts. */
	readonly trainingDocuments: number;
	readonly heldOutDocuments: number;
}

/** One in so many is held out. */
const HELD_OUT = 5;
/** Bytes of a part: work is done part by part, so that it can be stopped. */
const LONGEST_PART = 16_384;
/** Parts of a text that is its own training and held-out text. */
const FEWEST_PARTS = 100;
const SHORTEST_PART = 200;
/** Bytes that can be dealt out, at least. */
export const LEAST_TEXT = HELD_OUT * SHORTEST_PART;

/**
 * Deals documents out: every fifth is held out, the others train. Fewer than five are cut into parts
 * first, at line ends where there are some, and the parts are dealt out.
 * @throws Error where there is too little text for five parts
 */
export function holdOut(documents: readonly DamageDocument[]): HeldOut {
	const { dealt, training, heldOut } = deal(documents);
	return {
		...sizesOf(dealt, training, heldOut),
		training: training.flat().map(read),
		heldOut: heldOut.flat().map(read)
	};
}

/**
 * What {@link holdOut} would do, without reading the texts.
 * @throws Error likewise
 */
export function holdOutSizes(documents: readonly DamageDocument[]): HoldOutSizes {
	const { dealt, training, heldOut } = deal(documents);
	return sizesOf(dealt, training, heldOut);
}

/** A stretch of a document: bytes from, to. */
interface Stretch {
	readonly document: DamageDocument;
	readonly start: number;
	readonly end: number;
}

function deal(documents: readonly DamageDocument[]) {
	const full = documents.filter(({ text }) => text.length > 0);
	const bytes = full.reduce((sum, { text }) => sum + text.length, 0);
	const whole = full.length >= HELD_OUT;
	const longest = whole
		? LONGEST_PART
		: Math.min(LONGEST_PART, Math.max(SHORTEST_PART, bytes / FEWEST_PARTS));
	const cut = full.map((document) => cutAtLines(document, longest));
	const piles = whole ? cut : cut.flat().map((part) => [part]);
	if (piles.length < HELD_OUT) {
		throw new Error(
			`the text is too short to measure with: got ${bytes} bytes, expected at least ${LEAST_TEXT}`
		);
	}
	const isHeldOut = (index: number) => index % HELD_OUT === HELD_OUT - 1;
	return {
		dealt: whole ? ('documents' as const) : ('parts' as const),
		training: piles.filter((_, i) => !isHeldOut(i)),
		heldOut: piles.filter((_, i) => isHeldOut(i))
	};
}

function sizesOf(
	dealt: HoldOutSizes['dealt'],
	training: readonly (readonly Stretch[])[],
	heldOut: readonly (readonly Stretch[])[]
): HoldOutSizes {
	const bytesOf = (piles: readonly (readonly Stretch[])[]) =>
		piles.flat().reduce((sum, { start, end }) => sum + end - start, 0);
	return {
		dealt,
		trainingBytes: bytesOf(training),
		heldOutBytes: bytesOf(heldOut),
		trainingDocuments: training.length,
		heldOutDocuments: heldOut.length
	};
}

const read = ({ document: { name, text }, start, end }: Stretch): TextPart => ({
	document: name,
	byteStart: start,
	bytes: end - start,
	text: decodeUtf8(text.subarray(start, end))
});

/** Utf8Chunker of at most `longest` bytes, or somewhat more where a character would be cut. */
function cutAtLines(document: DamageDocument, longest: number): Stretch[] {
	const { text } = document;
	const parts: Stretch[] = [];
	for (let start = 0; start < text.length;) {
		let end = Math.min(text.length, start + Math.floor(longest));
		if (end < text.length) {
			const line = text.lastIndexOf(0x0a, end - 1);
			if (line > start) end = line + 1;
			else while ((text[end] & 0xc0) === 0x80) end++;
		}
		parts.push({ document, start, end });
		start = end;
	}
	return parts;
}
