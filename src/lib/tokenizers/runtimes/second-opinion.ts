import type { EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { decodeUtf8, encodeUtf8, sequenceLength } from '../../engine/text';
import { encodeInChunks } from '../chunks/encode-chunks';
import { AlignmentError, RuntimeLimitError } from './align';
import type { Runtime } from './runtime';

/** Comparison of a library's ids for a text with the engine's. */
export type SecondOpinion =
	| { readonly verdict: 'agrees' }
	| { readonly verdict: 'differs'; readonly difference: FirstDifference }
	/** The library has no answer, for the reason given. */
	| { readonly verdict: 'gave-up'; readonly reason: string };

/** The first tokens in which two encodings of a text differ. */
export interface FirstDifference {
	/** Byte of the original text where they begin to differ. */
	readonly byte: number;
	/** Character at that byte; empty at the end of the text. */
	readonly character: string;
	/** The engine's ids until both go on alike, at most eight. */
	readonly lab: readonly number[];
	/** The library's ids until then, at most eight. */
	readonly library: readonly number[];
}

/** Comparison of the lab's ids with a library's, each text with special tokens as text and recognised. */
export interface ReadingCheck {
	/**
	 * Subject of the check: the `files` themselves, only the `tables` of files that leave the stages open, or the lab's
	 * `conversion`, in which a mistake of reading does not show.
	 */
	readonly read: 'files' | 'tables' | 'conversion';
	/** Name and version of the library. */
	readonly program: string;
	/** Number of texts. */
	readonly tried: number;
	/** Texts with the same ids. */
	readonly equal: number;
	/** Texts for which the library has no answer. */
	readonly unanswered: number;
	/** The first texts with different ids. */
	readonly differing: readonly { readonly text: string; readonly difference: FirstDifference }[];
}

const MAX_IDS = 8;

/**
 * Compares the engine with a library on a whole text. Yields the share of the library's work that is done, from 0 to 1.
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
	// The libraries give each token all its bytes.
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

/** Yields 0 instead of shares: the engine's work is over before that of a library has begun. */
function* withoutShares<T>(steps: Generator<number, T>): Generator<number, T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		yield 0;
	}
}

/** Equal ids after which two lists are taken to agree again. */
const RESYNC_IDS = 3;

/**
 * Finds the first difference between an encoding and ids without spans: the shortest parts after which both go on with
 * equal ids, at most eight each. `null` if the ids are equal.
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

/** Lengths of the shortest starts after which two lists go on, or end, alike. */
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

/** Character of `text` that contains byte `byte` of its UTF-8; empty after the end. */
function characterAt(text: string, byte: number): string {
	const bytes = encodeUtf8(text);
	if (!(byte < bytes.length)) return '';
	let start = byte;
	while (start > 0 && (bytes[start] & 0xc0) === 0x80) start--;
	return decodeUtf8(bytes.subarray(start, start + sequenceLength(bytes[start])));
}
