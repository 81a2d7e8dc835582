/** Where two ladders of one word part. */
import { tokensAfter, type WordMerges } from './ladder';

export interface Parting {
	/**
	 * The first step (counted from 1) of each ladder that makes a token which the other never has,
	 * neither on its way nor as a symbol to start from; null where there is none.
	 */
	readonly a: number | null;
	readonly b: number | null;
	/** Whether both end with the same cuts. */
	readonly sameCuts: boolean;
}

/** `▁`, which stands for a space, in UTF-8. */
const LOWER_ONE_EIGHTH_BLOCK = [0xe2, 0x96, 0x81];

/**
 * Compares two ladders of one text; null where the tokenizers do not see the same characters (one of them
 * normalizes). A `▁` counts as the space it stands for, and one put before the text as no part of it.
 */
export function firstDifferingToken(a: WordMerges, b: WordMerges): Parting | null {
	const [placesA, placesB] = [placesOf(a), placesOf(b)];
	if (!sameText(placesA.text, placesB.text)) return null;
	const [spansA, spansB] = [spansOf(a, placesA), spansOf(b, placesB)];
	const first = (spans: Span[], others: readonly Span[]): number | null => {
		const known = new Set(others.map(({ key }) => key));
		return spans.find(({ key, step }) => step > 0 && !known.has(key))?.step ?? null;
	};
	// What stands before the shorter text is no part of it, and so is a cut behind that.
	const length = Math.min(placesA.text.length, placesB.text.length);
	return {
		a: first(spansA, spansB),
		b: first(spansB, spansA),
		sameCuts: cutsOf(a, placesA, length) === cutsOf(b, placesB, length)
	};
}

interface Places {
	/** The text with spaces for `▁`. */
	readonly text: Uint8Array;
	/** By byte of the ladder: how far it is from the end of {@link text}. */
	readonly fromEnd: Uint32Array;
}

/** Ladders are lined up at their ends, because what tokenizers add stands in front. */
function placesOf({ bytes }: WordMerges): Places {
	const text: number[] = [];
	const at = new Uint32Array(bytes.length + 1);
	for (let byte = 0; byte < bytes.length;) {
		const isBlock = LOWER_ONE_EIGHTH_BLOCK.every((value, i) => bytes[byte + i] === value);
		const length = isBlock ? LOWER_ONE_EIGHTH_BLOCK.length : 1;
		at.fill(text.length, byte, byte + length);
		text.push(isBlock ? 0x20 : bytes[byte]);
		byte += length;
	}
	at[bytes.length] = text.length;
	return { text: Uint8Array.from(text), fromEnd: at.map((place) => text.length - place) };
}

/** Equal, or equal but for a space in front of one of them. */
function sameText(a: Uint8Array, b: Uint8Array): boolean {
	const [long, short] = a.length >= b.length ? [a, b] : [b, a];
	const extra = long.length - short.length;
	if (extra > 1 || (extra === 1 && long[0] !== 0x20)) return false;
	return short.every((byte, i) => byte === long[i + extra]);
}

interface Span {
	readonly key: string;
	/** 0 for a symbol to start from. */
	readonly step: number;
}

function spansOf({ initial, rungs }: WordMerges, { fromEnd }: Places): Span[] {
	const key = (start: number, end: number) => `${fromEnd[start]} ${fromEnd[end]}`;
	return [
		...Array.from(initial.byteStarts, (start, i) => ({
			key: key(start, initial.byteEnds[i]),
			step: 0
		})),
		...rungs.map(({ start, end }, i) => ({ key: key(start, end), step: i + 1 }))
	];
}

/** The cuts within the last `length` bytes of the text, as one string. */
function cutsOf(ladder: WordMerges, { fromEnd }: Places, length: number): string {
	const { byteStarts } = tokensAfter(ladder, ladder.rungs.length);
	const cuts = Array.from(byteStarts, (start) => fromEnd[start]);
	return cuts.filter((cut) => cut > 0 && cut < length).join(' ');
}
