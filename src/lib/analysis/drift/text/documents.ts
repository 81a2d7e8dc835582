import type { Encoding, Tokenizer } from '../../../engine';
import {
	StretchState,
	type DocumentFindings,
	type FirstDivergence,
	type TextAlignment,
	type TextFindings
} from '../types';
import { alignEncodings } from './align';
import { returnTrip } from './read';

/** Ids of a place are shown up to so many. */
const MOST_IDS = 16;

export interface EncodedDocument {
	readonly name: string;
	readonly text: string;
	/** Of its UTF-8. */
	readonly bytes: number;
	readonly a: Encoding;
	readonly b: Encoding;
}

/** What B changes in one document. */
export function documentFindings(
	{ name, text, bytes, a, b }: EncodedDocument,
	tokenizers: { readonly a: Tokenizer; readonly b: Tokenizer },
	comparedBy: 'ids' | 'cuts',
	special: 'text' | 'parse'
): DocumentFindings {
	const alignment = alignEncodings(a, b, bytes, comparedBy);
	return {
		name,
		bytes,
		tokensA: a.ids.length,
		tokensB: b.ids.length,
		changedTokens: alignment.changedA.reduce((sum, changed) => sum + changed, 0),
		firstDivergence: firstDivergence(name, a, b, alignment),
		comesBackA: returnTrip(tokenizers.a, text, a.ids, special).sameText,
		comesBackB: returnTrip(tokenizers.b, text, b.ids, special).sameText,
		largestIdB: b.ids.reduce((largest, id) => Math.max(largest, id), -1)
	};
}

function firstDivergence(
	document: string,
	a: Encoding,
	b: Encoding,
	{ ends, states, changedA, changedB }: TextAlignment
): FirstDivergence | null {
	const [firstA, firstB] = [changedA.indexOf(1), changedB.indexOf(1)];
	if (firstA < 0 && firstB < 0) return null;
	const byteA = firstA < 0 ? Infinity : a.byteStarts[firstA];
	const byteB = firstB < 0 ? Infinity : b.byteStarts[firstB];
	const byte = Math.min(byteA, byteB);
	const stretch = ends.findIndex((end) => end > byte);
	const isPlace = stretch >= 0 && states[stretch] === StretchState.otherCuts;
	const end = isPlace ? ends[stretch] : byte + 1;
	const idsOf = ({ ids, byteStarts }: Encoding, changed: Uint8Array, first: number): number[] => {
		const found: number[] = [];
		if (first < 0) return found;
		for (let i = first; i < ids.length && byteStarts[i] < end && changed[i]; i++) {
			if (found.length < MOST_IDS) found.push(ids[i]);
		}
		return found;
	};
	return { document, byte, idsA: idsOf(a, changedA, firstA), idsB: idsOf(b, changedB, firstB) };
}

/** The sums over documents, the worst ones first. */
export function textFindings(
	perDocument: readonly DocumentFindings[],
	comparedBy: 'ids' | 'cuts'
): TextFindings {
	const sum = (of: (document: DocumentFindings) => number) =>
		perDocument.reduce((total, document) => total + of(document), 0);
	const share = ({ changedTokens, tokensA }: DocumentFindings) =>
		changedTokens / Math.max(1, tokensA);
	const changed = (document: DocumentFindings) => document.firstDivergence !== null;
	return {
		comparedBy,
		tokensA: sum(({ tokensA }) => tokensA),
		tokensB: sum(({ tokensB }) => tokensB),
		changedTokens: sum(({ changedTokens }) => changedTokens),
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
