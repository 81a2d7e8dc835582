import type { Encoding } from '../../engine';
import { alignEncodings } from './align';
import { differencesOf, diffRows, type DiffRow } from './diff-rows';
import {
	readIds,
	returnTrip,
	type EncodedText,
	type ReadText,
	type ReturnTrip,
	type TokenizerPair
} from './read';

/** One text under two tokenizers, ready to be drawn. */
export interface SideBySide {
	readonly a: Encoding;
	readonly b: Encoding;
	readonly rows: readonly DiffRow[];
	/** Spans to step through, two entries each: first byte and byte after the last. */
	readonly differences: Uint32Array;
	/** One `SpanState` per token: how it is drawn. */
	readonly differsA: Uint8Array;
	readonly differsB: Uint8Array;
	/** B's ids as A reads them: the input of a model that was trained with A. */
	readonly modelReads: ReadText;
	/** A's ids as B reads them: an answer of the model after decoding. */
	readonly answerReads: ReadText;
	/** Text → ids → text → ids, of each side. */
	readonly roundTrip: { readonly a: ReturnTrip; readonly b: ReturnTrip };
}

/** Lays a text side by side, in steps that take tens of milliseconds for a megabyte. */
export function* sideBySide(
	{ text, bytes, a, b }: EncodedText,
	tokenizers: TokenizerPair,
	special: 'text' | 'parse'
): Generator<void, SideBySide> {
	const alignment = alignEncodings(a, b, bytes);
	yield;
	const rows = diffRows(a, b, alignment);
	yield;
	const modelReads = readIds(tokenizers.a, b.ids);
	yield;
	const answerReads = readIds(tokenizers.b, a.ids);
	yield;
	const backFromA = returnTrip(tokenizers.a, text, a.ids, special);
	yield;
	const backFromB = returnTrip(tokenizers.b, text, b.ids, special);
	return {
		a,
		b,
		rows,
		differences: differencesOf(alignment),
		differsA: alignment.tokensA,
		differsB: alignment.tokensB,
		modelReads,
		answerReads,
		roundTrip: { a: backFromA, b: backFromB }
	};
}
