import { anchorsOf, type WordMerges } from './word-merges';

/** Where the merges of one word under two tokenizers begin to differ. */
interface MergeDifference {
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
	const [keysA, keysB] = [keysOf(a, alignedA), keysOf(b, alignedB)];
	const length = Math.min(alignedA.text.length, alignedB.text.length);
	return {
		a: firstStepWithout(keysB, keysA),
		b: firstStepWithout(keysA, keysB),
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

/** A key for each token by its span in the aligned text: the initial symbols, and the product of each step. */
interface TokenKeys {
	readonly initial: readonly string[];
	readonly steps: readonly string[];
}

function keysOf({ initial, steps }: WordMerges, { fromEnd }: Aligned): TokenKeys {
	const key = (start: number, end: number) => `${fromEnd[start]} ${fromEnd[end]}`;
	return {
		initial: Array.from(initial.byteStarts, (start, i) => key(start, initial.byteEnds[i])),
		steps: steps.map(({ start, end }) => key(start, end))
	};
}

function firstStepWithout(other: TokenKeys, { steps }: TokenKeys): number | null {
	const known = new Set([...other.initial, ...other.steps]);
	const at = steps.findIndex((key) => !known.has(key));
	return at < 0 ? null : at + 1;
}

/** The final boundaries inside the last `length` bytes of the text, as one string. */
const splitOf = (merges: WordMerges, { fromEnd }: Aligned, length: number): string =>
	Array.from(anchorsOf(merges), (start) => fromEnd[start])
		.filter((boundary) => boundary > 0 && boundary < length)
		.join(' ');
