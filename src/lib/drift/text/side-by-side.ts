import type { Encoding } from '../../engine';
import { alignEncodings } from './align';
import { diffRows, looksOf, placesOf, type DiffRow } from './diff-rows';
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
	/** How tokens are drawn, one byte per token: see {@link looksOf}. */
	readonly looksA: Uint8Array;
	readonly looksB: Uint8Array;
	/** B's ids as A reads them: what a model that was trained with A is given. */
	readonly modelReads: ReadText;
	/** A's ids as B reads them: what becomes of an answer of the model. */
	readonly answerReads: ReadText;
	/** Text → ids → text → ids, of each side. */
	readonly roundTrip: { readonly a: ReturnTrip; readonly b: ReturnTrip };
}

/**
 * Lays a text side by side, in steps: of a megabyte each takes some tens of milliseconds. All that is to be
 * drawn is found here, so that a page only draws it.
 */
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
		differences: placesOf(alignment),
		looksA: looksOf(alignment.tokensA),
		looksB: looksOf(alignment.tokensB),
		modelReads,
		answerReads,
		roundTrip: { a: backFromA, b: backFromB }
	};
}
