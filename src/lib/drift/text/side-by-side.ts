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

/** One text encoded with two tokenizers, ready for display. */
export interface SideBySide {
	readonly findings: TextFindings;
	readonly a: Encoding;
	readonly b: Encoding;
	readonly rows: readonly DiffRow[];
	/** Spans that the user can step through: start and end byte of each. */
	readonly differences: Uint32Array;
	/** One `SpanState` per token, which determines its colour. */
	readonly differsA: Uint8Array;
	readonly differsB: Uint8Array;
	/** B's ids decoded with A: how a model trained with A sees its input. */
	readonly modelReads: ReadText;
	/** A's ids decoded with B: how users see the model's output. */
	readonly answerReads: ReadText;
	/** A's ids decoded with A. `modelReads` and `answerReads` should be equal to this text. */
	readonly expected: string;
	/** A BOS that occurs more than once at the start of a side's encoding; `null` if there is none. */
	readonly repeatedBos: { readonly a: RepeatedBos | null; readonly b: RepeatedBos | null };
	/** Contents of the tokens in each side's template, by id. */
	readonly templateNames: {
		readonly a: ReadonlyMap<number, string>;
		readonly b: ReadonlyMap<number, string>;
	};
	/** Round trips without the template's tokens. */
	readonly roundTrip: { readonly a: ReturnTrip; readonly b: ReturnTrip };
}

/** Prepares a text for side-by-side display, in short steps. */
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

/** Puts the tokens of both templates in separate rows, so that they're never hidden among identical tokens. */
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
