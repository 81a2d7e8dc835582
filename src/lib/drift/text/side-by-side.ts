import type { Encoding } from '../../engine';
import { templateIds } from '../special-tokens';
import type { TextFindings } from '../types';
import { alignEncodings } from './align';
import { differencesOf, diffRows, type DiffRow } from './diff-rows';
import { compareDocument, textFindings } from './documents';
import {
	readIds,
	type EncodedText,
	type ReadText,
	type ReturnTrip,
	type TextReading,
	type TokenizerPair
} from './read';
import { repeatedBos, templateNames, type RepeatedBos } from './template';

/** One text under two tokenizers, ready to be drawn. */
export interface SideBySide {
	readonly findings: TextFindings;
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
	/** A's ids as A reads them, with its template if it is added: what both should read. */
	readonly expected: string;
	/** A BOS that begins a side more than once; `null` if none does. */
	readonly repeatedBos: { readonly a: RepeatedBos | null; readonly b: RepeatedBos | null };
	/** Texts of the added tokens of each side's template, by id. */
	readonly templateNames: {
		readonly a: ReadonlyMap<number, string>;
		readonly b: ReadonlyMap<number, string>;
	};
	/** Text → ids → text → ids, of each side without its template. */
	readonly roundTrip: { readonly a: ReturnTrip; readonly b: ReturnTrip };
}

/** Lays a text side by side, in steps that take tens of milliseconds for a megabyte. */
export function* sideBySide(
	document: EncodedText,
	tokenizers: TokenizerPair,
	reading: TextReading
): Generator<void, SideBySide> {
	const { template } = reading;
	const compared = yield* compareDocument(document, tokenizers, reading);
	const { findings, a, b, alignment, roundTrip } = compared;
	yield;
	const alignedPlain = template
		? alignEncodings(document.a, document.b, document.bytes)
		: alignment;
	yield;
	const plainRows = diffRows(document.a, document.b, alignedPlain);
	yield;
	const modelReads = readIds(tokenizers.a, b.ids);
	yield;
	const answerReads = readIds(tokenizers.b, a.ids);
	return {
		findings: textFindings([findings]),
		a,
		b,
		rows: template ? withTemplateRows(plainRows, tokenizers, document) : plainRows,
		differences: differencesOf(alignment),
		differsA: alignment.tokensA,
		differsB: alignment.tokensB,
		modelReads,
		answerReads,
		expected: template ? readIds(tokenizers.a, a.ids).text : document.text.toWellFormed(),
		repeatedBos: { a: repeatedBos(a.ids, tokenizers.a), b: repeatedBos(b.ids, tokenizers.b) },
		templateNames: { a: templateNames(tokenizers.a), b: templateNames(tokenizers.b) },
		roundTrip
	};
}

/** Puts the tokens of both templates in rows of their own, so that they are never hidden among equal tokens. */
function withTemplateRows(
	rows: readonly DiffRow[],
	{ a, b }: TokenizerPair,
	plain: EncodedText
): readonly DiffRow[] {
	const [aroundA, aroundB] = [a, b].map(({ spec }) => templateIds(spec.post_processor));
	const [beforeA, beforeB] = [aroundA.before.length, aroundB.before.length];
	const [endA, endB] = [beforeA + plain.a.ids.length, beforeB + plain.b.ids.length];
	const row = (fromA: number, toA: number, fromB: number, toB: number, byte: number): DiffRow[] =>
		toA > fromA || toB > fromB
			? [{ kind: 'tokens', fromA, toA, fromB, toB, start: byte, end: byte }]
			: [];
	return [
		...row(0, beforeA, 0, beforeB, 0),
		...rows.map((one) => ({
			...one,
			fromA: one.fromA + beforeA,
			toA: one.toA + beforeA,
			fromB: one.fromB + beforeB,
			toB: one.toB + beforeB
		})),
		...row(endA, endA + aroundA.after.length, endB, endB + aroundB.after.length, plain.bytes)
	];
}
