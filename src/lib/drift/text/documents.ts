import type { Encoding } from '../../engine';
import type { DocumentFindings, FirstDivergence, TextFindings } from '../types';
import { alignEncodings, SpanState, type TextAlignment } from './align';
import {
	returnTrip,
	type EncodedText,
	type ReturnTrip,
	type TextReading,
	type TokenizerPair
} from './read';
import { addTemplate } from './template';

/** Maximum number of ids to list per side for the first divergence. */
const MAX_IDS = 16;

interface ComparedDocument {
	readonly findings: DocumentFindings;
	readonly a: Encoding;
	readonly b: Encoding;
	readonly alignment: TextAlignment;
	/** Round trips without the template's tokens. */
	readonly roundTrip: { readonly a: ReturnTrip; readonly b: ReturnTrip };
}

/** Compares how the two sides tokenize a document, in short steps. */
export function* compareDocument(
	{ name, text, bytes, ...encoded }: EncodedText,
	tokenizers: TokenizerPair,
	{ special, template }: TextReading
): Generator<void, ComparedDocument> {
	const a = template ? addTemplate(encoded.a, tokenizers.a, bytes) : encoded.a;
	const b = template ? addTemplate(encoded.b, tokenizers.b, bytes) : encoded.b;
	const alignment = alignEncodings(a, b, bytes);
	yield;
	const tripA = returnTrip(tokenizers.a, text, encoded.a.ids, special);
	yield;
	const tripB = returnTrip(tokenizers.b, text, encoded.b.ids, special);
	const findings = {
		name,
		bytes,
		tokensA: a.ids.length,
		tokensB: b.ids.length,
		changedTokens: count(alignment.tokensA, isChanged),
		cutTokens: count(alignment.tokensA, (state) => state === SpanState.otherSplit),
		newTokens: count(alignment.tokensB, isChanged),
		firstDivergence: firstDivergence(name, a, b, alignment),
		roundTripsA: tripA.sameText,
		roundTripsB: tripB.sameText,
		largestIdB: b.ids.reduce((largest, id) => Math.max(largest, id), -1)
	};
	return { findings, a, b, alignment, roundTrip: { a: tripA, b: tripB } };
}

const isChanged = (state: number) => state !== SpanState.sameIds;

function count(states: Uint8Array, counts: (state: number) => boolean): number {
	let sum = 0;
	for (const state of states) if (counts(state)) sum++;
	return sum;
}

function firstDivergence(
	document: string,
	a: Encoding,
	b: Encoding,
	{ ends, states, tokensA, tokensB }: TextAlignment
): FirstDivergence | null {
	const [firstA, firstB] = [tokensA.findIndex(isChanged), tokensB.findIndex(isChanged)];
	if (firstA < 0 && firstB < 0) return null;
	const byteA = firstA < 0 ? Infinity : a.byteStarts[firstA];
	const byteB = firstB < 0 ? Infinity : b.byteStarts[firstB];
	const byte = Math.min(byteA, byteB);
	const span = ends.findIndex((end) => end > byte);
	const isOtherSplit = span >= 0 && states[span] === SpanState.otherSplit;
	const end = isOtherSplit ? ends[span] : byte + 1;
	const idsOf = ({ ids, byteStarts }: Encoding, tokens: Uint8Array, first: number): number[] => {
		const found: number[] = [];
		if (first < 0) return found;
		for (let i = first; i < ids.length && byteStarts[i] < end && isChanged(tokens[i]); i++) {
			if (found.length < MAX_IDS) found.push(ids[i]);
		}
		return found;
	};
	return { document, byte, idsA: idsOf(a, tokensA, firstA), idsB: idsOf(b, tokensB, firstB) };
}

export function textFindings(perDocument: readonly DocumentFindings[]): TextFindings {
	const sum = (of: (document: DocumentFindings) => number) =>
		perDocument.reduce((total, document) => total + of(document), 0);
	const share = ({ changedTokens, newTokens, tokensA, tokensB }: DocumentFindings) =>
		tokensA > 0 ? changedTokens / tokensA : newTokens / Math.max(1, tokensB);
	const changed = (document: DocumentFindings) => document.firstDivergence !== null;
	return {
		tokensA: sum(({ tokensA }) => tokensA),
		tokensB: sum(({ tokensB }) => tokensB),
		changedTokens: sum(({ changedTokens }) => changedTokens),
		cutTokens: sum(({ cutTokens }) => cutTokens),
		newTokens: sum(({ newTokens }) => newTokens),
		bytes: sum(({ bytes }) => bytes),
		documents: perDocument.length,
		documentsChanged: perDocument.filter(changed).length,
		firstDivergence: perDocument.find(changed)?.firstDivergence ?? null,
		perDocument,
		worstFirst: Uint32Array.from(perDocument.keys()).sort(
			(i, j) => share(perDocument[j]) - share(perDocument[i]) || i - j
		),
		largestIdB: perDocument.reduce((largest, { largestIdB }) => Math.max(largest, largestIdB), -1)
	};
}
