import type { BpeModelSpec, TokenizerSpec } from '../engine';
import type { VocabularyFindings } from './types';

export function equalSpecs(a: TokenizerSpec, b: TokenizerSpec): boolean {
	if (a === b) return true;
	const { model: modelA, ...restA } = a;
	const { model: modelB, ...restB } = b;
	// Models are compared first because a difference between them is usually found early. The other fields may contain
	// long lists of added tokens.
	return equalModels(modelA, modelB) && canonicalJson(restA) === canonicalJson(restB);
}

export function equalModels(a: BpeModelSpec, b: BpeModelSpec): boolean {
	if (a === b) return true;
	const { vocabulary: vocabularyA, merges: mergesA, ...flagsA } = a;
	const { vocabulary: vocabularyB, merges: mergesB, ...flagsB } = b;
	return (
		equalNumbers(vocabularyA.ends, vocabularyB.ends) &&
		equalNumbers(vocabularyA.bytes, vocabularyB.bytes) &&
		canonicalJson(flagsA) === canonicalJson(flagsB) &&
		(mergesA && mergesB ? equalNumbers(mergesA.pairs, mergesB.pairs) : mergesA === mergesB)
	);
}

export function equalNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

/** JSON with sorted keys, so that equal values have equal JSON. */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner
	);
}

/** Whether each id has the same token on both sides. */
export const isSameVocabulary = (found: VocabularyFindings): boolean =>
	found.moved + found.added + found.removed + found.conflictingIds === 0;
