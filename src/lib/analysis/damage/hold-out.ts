import { decodeUtf8 } from '../../engine/text/utf8';
import type { DamageDocument } from './types';

/** A document, or a part of one. */
export interface TextPart {
	readonly document: string;
	/** Where it begins in its document. */
	readonly byteStart: number;
	readonly bytes: number;
	readonly text: string;
}

export interface HeldOut {
	readonly training: readonly TextPart[];
	readonly heldOut: readonly TextPart[];
	/** Documents on each side, or parts where there are too few documents. */
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

/**
 * Deals documents out: every fifth is held out, the others train. Fewer than five are cut into parts
 * first, at line ends where there are some, and the parts are dealt out.
 * @throws Error where there is too little text for five parts
 */
export function holdOut(documents: readonly DamageDocument[]): HeldOut {
	const full = documents.filter(({ text }) => text.length > 0);
	const bytes = full.reduce((sum, { text }) => sum + text.length, 0);
	const whole = full.length >= HELD_OUT;
	const longest = whole
		? LONGEST_PART
		: Math.min(LONGEST_PART, Math.max(SHORTEST_PART, bytes / FEWEST_PARTS));
	const cut = full.map((document) => cutAtLines(document, longest));
	const dealt = whole ? cut : cut.flat().map((part) => [part]);
	if (dealt.length < HELD_OUT) {
		throw new Error(
			`the text is too short to measure with: got ${bytes} bytes, expected at least ${HELD_OUT * SHORTEST_PART}`
		);
	}
	const isHeldOut = (index: number) => index % HELD_OUT === HELD_OUT - 1;
	const heldOut = dealt.filter((_, i) => isHeldOut(i));
	const training = dealt.filter((_, i) => !isHeldOut(i));
	return {
		training: training.flat(),
		heldOut: heldOut.flat(),
		trainingDocuments: training.length,
		heldOutDocuments: heldOut.length
	};
}

/** Parts of at most `longest` bytes, or somewhat more where a character would be cut. */
function cutAtLines({ name, text }: DamageDocument, longest: number): TextPart[] {
	const parts: TextPart[] = [];
	for (let at = 0; at < text.length;) {
		let end = Math.min(text.length, at + Math.floor(longest));
		if (end < text.length) {
			const line = text.lastIndexOf(0x0a, end - 1);
			if (line > at) end = line + 1;
			else while ((text[end] & 0xc0) === 0x80) end++;
		}
		parts.push({
			document: name,
			byteStart: at,
			bytes: end - at,
			text: decodeUtf8(text.subarray(at, end))
		});
		at = end;
	}
	return parts;
}
