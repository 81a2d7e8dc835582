import type { EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { decodeUtf8, encodeUtf8, sequenceLength } from '../../engine/text';
import { encodeInChunks } from '../chunks/encode-chunks';
import { AlignmentError, RuntimeLimitError } from './align';
import type { Runtime } from './runtime';

/** Result of comparing the engine's ids with a library's. */
export type SecondOpinion =
	| { readonly verdict: 'agrees' }
	| { readonly verdict: 'differs'; readonly difference: FirstDifference }
	/** The library couldn't encode the text. */
	| { readonly verdict: 'gave-up'; readonly reason: string };

/** The first difference between two encodings of a text. */
export interface FirstDifference {
	/** Byte of the original text at which the ids start to differ. */
	readonly byte: number;
	/** Character at that byte; empty at the end of the text. */
	readonly character: string;
	/** The engine's ids from that byte until the encodings agree again, at most eight. */
	readonly lab: readonly number[];
	/** The library's ids from that byte until the encodings agree again, at most eight. */
	readonly library: readonly number[];
}

/**
 * Result of comparing the lab's ids with a library's. Each text is encoded twice: with special tokens as text, and with
 * special tokens recognised.
 */
export interface ReadingCheck {
	/**
	 * What the library read: the original `files`; only the `tables`, if the files don't specify the stages; or the
	 * lab's own `conversion`, which can't reveal a mistake in how the lab read the files.
	 */
	readonly read: 'files' | 'tables' | 'conversion';
	/** Name and version of the library. */
	readonly program: string;
	readonly tried: number;
	/** Number of texts for which the lab and the library returned the same ids. */
	readonly equal: number;
	/** Number of texts for which the library didn't return ids. */
	readonly unanswered: number;
	/** The first texts for which the lab and the library returned different ids. */
	readonly differing: readonly { readonly text: string; readonly difference: FirstDifference }[];
}

const MAX_IDS = 8;

/**
 * Compares the engine with a library on a whole text. Yields the fraction of the library's work completed, from 0 to 1.
 * @param target length of the chunks of a long text, as in `chunkText`
 */
export function* secondOpinion(
	lab: Runtime,
	library: Runtime,
	spec: TokenizerSpec,
	text: string,
	options: EncodeOptions,
	target?: number
): Generator<number, SecondOpinion> {
	// In the libraries' encodings, the span of a token covers all of the token's bytes.
	const whole = { ...options, wholeSpans: true };
	const ours = yield* withoutShares(encodeInChunks(lab, spec, text, whole, target));
	let theirs: Encoding;
	try {
		theirs = yield* encodeInChunks(library, spec, text, options, target);
	} catch (error) {
		if (error instanceof RuntimeLimitError || error instanceof AlignmentError) {
			return { verdict: 'gave-up', reason: error.message };
		}
		throw error;
	}
	const difference = firstDifference(ours, theirs.ids, text);
	return difference ? { verdict: 'differs', difference } : { verdict: 'agrees' };
}

/** Replaces the engine's progress with 0, because the yielded fraction counts only the library's work. */
function* withoutShares<T>(steps: Generator<number, T>): Generator<number, T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		yield 0;
	}
}

/** Number of equal ids in a row after which the lists count as agreeing again. */
const RESYNC_IDS = 3;

/**
 * Finds where an encoding first differs from a list of ids without spans. Returns at most eight ids from each list,
 * from the first difference to where the lists agree again; `null` if all ids are equal.
 */
export function firstDifference(
	ours: Encoding,
	theirs: readonly number[] | Uint32Array,
	text: string
): FirstDifference | null {
	const { ids } = ours;
	let token = 0;
	while (token < ids.length && token < theirs.length && ids[token] === theirs[token]) token++;
	if (token === ids.length && token === theirs.length) return null;
	const [left, right] = nextEqualIds(ids.subarray(token), theirs.slice(token));
	const byte = ours.byteStarts[token] ?? encodeUtf8(text).length;
	return {
		byte,
		character: characterAt(text, byte),
		lab: Array.from(ids.subarray(token, token + left)),
		library: [...theirs.slice(token, token + right)]
	};
}

/** Lengths of the shortest prefixes after which the two lists agree again or both end. */
function nextEqualIds(a: ArrayLike<number>, b: ArrayLike<number>): [number, number] {
	const goOnAlike = (i: number, j: number) => {
		for (let run = 0; run < RESYNC_IDS; run++, i++, j++) {
			if (i === a.length && j === b.length) return true;
			if (a[i] !== b[j]) return false;
		}
		return true;
	};
	const [most, mostOther] = [a, b].map(({ length }) => Math.min(length, MAX_IDS));
	for (let sum = 1; sum <= most + mostOther; sum++)
		for (let i = Math.max(0, sum - mostOther); i <= Math.min(sum, most); i++)
			if (goOnAlike(i, sum - i)) return [i, sum - i];
	return [most, mostOther];
}

/** Character of `text` that contains the UTF-8 byte at `byte`; empty after the end. */
function characterAt(text: string, byte: number): string {
	const bytes = encodeUtf8(text);
	if (!(byte < bytes.length)) return '';
	let start = byte;
	while (start > 0 && (bytes[start] & 0xc0) === 0x80) start--;
	return decodeUtf8(bytes.subarray(start, start + sequenceLength(bytes[start])));
}
