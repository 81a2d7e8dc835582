import { tokensAfter, type WordMerges } from './word-merges';

/** Where the merges of one word under two tokenizers begin to differ. */
export interface MergeDifference {
	/**
	 * Step of each side, from 1, that makes the first token which the other side never has, as a symbol or
	 * after any merge; `null` if there is none.
	 */
	readonly a: number | null;
	readonly b: number | null;
	/** Whether the final splits are the same. */
	readonly isSameSplit: boolean;
}

/** `▁` in UTF-8, which represents a space. */
const LOWER_ONE_EIGHTH_BLOCK = [0xe2, 0x96, 0x81];

/**
 * Compares the merges of one text under two tokenizers; `null` if these do not see the same characters because
 * one normalizes the text. A `▁` counts as a space. One put before the text is not part of it.
 */
export function firstDifferingToken(a: WordMerges, b: WordMerges): MergeDifference | null {
	const [alignedA, alignedB] = [align(a), align(b)];
	if (!isSameText(alignedA.text, alignedB.text)) return null;
	const [spansA, spansB] = [spansOf(a, alignedA), spansOf(b, alignedB)];
	const first = (spans: Span[], others: readonly Span[]): number | null => {
		const known = new Set(others.map(({ key }) => key));
		return spans.find(({ key, step }) => step > 0 && !known.has(key))?.step ?? null;
	};
	const length = Math.min(alignedA.text.length, alignedB.text.length);
	return {
		a: first(spansA, spansB),
		b: first(spansB, spansA),
		isSameSplit: splitOf(a, alignedA, length) === splitOf(b, alignedB, length)
	};
}

interface Aligned {
	/** The text with spaces for `▁`. */
	readonly text: Uint8Array;
	/** By byte of the merges: distance from the end of {@link text}. */
	readonly fromEnd: Uint32Array;
}

/** Two texts are aligned at their ends, because tokenizers add text in front. */
function align({ bytes }: WordMerges): Aligned {
	const text: number[] = [];
	const offsets = new Uint32Array(bytes.length + 1);
	for (let byte = 0; byte < bytes.length;) {
		const isBlock = LOWER_ONE_EIGHTH_BLOCK.every((value, i) => bytes[byte + i] === value);
		const length = isBlock ? LOWER_ONE_EIGHTH_BLOCK.length : 1;
		offsets.fill(text.length, byte, byte + length);
		text.push(isBlock ? 0x20 : bytes[byte]);
		byte += length;
	}
	offsets[bytes.length] = text.length;
	return { text: Uint8Array.from(text), fromEnd: offsets.map((offset) => text.length - offset) };
}

/** Whether the texts are equal, except for a space in front of one of them. */
function isSameText(a: Uint8Array, b: Uint8Array): boolean {
	const [long, short] = a.length >= b.length ? [a, b] : [b, a];
	const extra = long.length - short.length;
	if (extra > 1 || (extra === 1 && long[0] !== 0x20)) return false;
	return short.every((byte, i) => byte === long[i + extra]);
}

interface Span {
	readonly key: string;
	/** 0 for an initial symbol. */
	readonly step: number;
}

function spansOf({ initial, steps }: WordMerges, { fromEnd }: Aligned): Span[] {
	const key = (start: number, end: number) => `${fromEnd[start]} ${fromEnd[end]}`;
	return [
		...Array.from(initial.byteStarts, (start, i) => ({
			key: key(start, initial.byteEnds[i]),
			step: 0
		})),
		...steps.map(({ start, end }, i) => ({ key: key(start, end), step: i + 1 }))
	];
}

/** The boundaries inside the last `length` bytes of the text, as one string. */
function splitOf(merges: WordMerges, { fromEnd }: Aligned, length: number): string {
	const { byteStarts } = tokensAfter(merges, merges.steps.length);
	const boundaries = Array.from(byteStarts, (start) => fromEnd[start]);
	return boundaries.filter((boundary) => boundary > 0 && boundary < length).join(' ');
}
