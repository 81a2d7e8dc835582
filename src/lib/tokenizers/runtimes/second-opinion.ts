import type { EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { AlignmentError } from './align';
import { encodeInChunks } from '../chunks/encode-chunks';
import { RuntimeLimitError, type Runtime } from './types';

/** Comparison of a library's answer on a text with the engine's. */
export type SecondOpinion =
	| { readonly verdict: 'agrees' }
	| { readonly verdict: 'differs'; readonly difference: FirstDifference }
	/** The library gave no answer; `reason` says why. */
	| { readonly verdict: 'gave-up'; readonly reason: string };

/** The first tokens in which two encodings of a text differ. */
export interface FirstDifference {
	/** Byte offset in the original text where they begin to differ. */
	readonly byte: number;
	/** The character there; empty at the end of the text. */
	readonly character: string;
	/** The engine's ids from there to the next shared boundary, at most eight. */
	readonly lab: readonly number[];
	/** The library's. */
	readonly library: readonly number[];
}

const MAX_IDS = 8;

/** Compares the engine with a library on one text. Never throws because of the library's limits. */
export function* secondOpinion(
	lab: Runtime,
	library: Runtime,
	spec: TokenizerSpec,
	text: string,
	options: EncodeOptions
): Generator<number, SecondOpinion> {
	const ours = lab.encode(text, options);
	let theirs: Encoding;
	try {
		theirs = yield* encodeInChunks(library, spec, text, options);
	} catch (error) {
		if (error instanceof RuntimeLimitError || error instanceof AlignmentError) {
			return { verdict: 'gave-up', reason: error.message };
		}
		throw error;
	}
	const difference = firstDifference(ours, theirs, text);
	return difference ? { verdict: 'differs', difference } : { verdict: 'agrees' };
}

/** The first difference between two encodings of `text`, or `null` if their ids are the same. */
export function firstDifference(
	ours: Encoding,
	theirs: Encoding,
	text: string
): FirstDifference | null {
	const shared = Math.min(ours.ids.length, theirs.ids.length);
	let token = 0;
	while (token < shared && ours.ids[token] === theirs.ids[token]) token++;
	if (token === ours.ids.length && token === theirs.ids.length) return null;
	const byte = Math.min(ours.byteStarts[token] ?? Infinity, theirs.byteStarts[token] ?? Infinity);
	const end = nextSharedBoundary(ours, theirs, token);
	return {
		byte: Number.isFinite(byte) ? byte : 0,
		character: characterAt(text, byte),
		lab: idsUpTo(ours, token, end),
		library: idsUpTo(theirs, token, end)
	};
}

/** The first byte after token `from` at which both encodings end a token. */
function nextSharedBoundary(ours: Encoding, theirs: Encoding, from: number): number {
	let i = from;
	let j = from;
	while (i < ours.ids.length && j < theirs.ids.length) {
		if (ours.byteEnds[i] === theirs.byteEnds[j]) return ours.byteEnds[i];
		if (ours.byteEnds[i] < theirs.byteEnds[j]) i++;
		else j++;
	}
	return Infinity;
}

function idsUpTo({ ids, byteEnds }: Encoding, from: number, end: number): number[] {
	let to = from;
	while (to < ids.length && byteEnds[to] <= end && to - from < MAX_IDS) to++;
	return Array.from(ids.subarray(from, to));
}

/** Character of `text` at a byte offset of its UTF-8, or an empty string. */
function characterAt(text: string, byte: number): string {
	const bytes = new TextEncoder().encode(text);
	if (!(byte < bytes.length)) return '';
	let start = byte;
	while (start > 0 && (bytes[start] & 0xc0) === 0x80) start--;
	let end = start + 1;
	while (end < bytes.length && (bytes[end] & 0xc0) === 0x80) end++;
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}
