import { tokenAt, type BpeModelSpec, type TokenizerSpec } from '../../engine';
import { decodeUtf8 } from '../../engine/text/utf8';
import { counted, quoted } from '../checks/words';
import { mergesOf, withListedMerges } from '../edits/listed-merges';
import { modelTexts, specialIds } from '../token-texts';
import type { ConfigDifference, MergesFindings, Severity } from '../types';
import { knowsEveryByte, tokensNotMerged } from './idle';

type Flag = 'unk_token' | 'fuse_unk' | 'byte_fallback' | 'ignore_merges';

/** What differs in the model, its vocabulary aside. */
export function modelDifferences(
	a: TokenizerSpec,
	b: TokenizerSpec,
	merges: MergesFindings,
	sameTokens: boolean
): ConfigDifference[] {
	const [modelA, modelB] = comparable(a.model, b.model);
	const found = [...unknownDifferences(modelA, modelB)];
	if (modelA.ignore_merges !== modelB.ignore_merges) {
		found.push(ignoreMerges({ ...a, model: modelA }, { ...b, model: modelB }, sameTokens));
	}
	const lists = mergesDifference(a.model, b.model, merges);
	return lists ? [...found, lists] : found;
}

/** Ranks always take a piece that is a token; merges do with `ignore_merges`: where only one side lists them, both do. */
function comparable(a: BpeModelSpec, b: BpeModelSpec): readonly [BpeModelSpec, BpeModelSpec] {
	if ((a.merges === null) === (b.merges === null)) {
		// With ranks on both sides the flag says nothing.
		return a.merges === null ? [a, { ...b, ignore_merges: a.ignore_merges }] : [a, b];
	}
	return [withListedMerges(a), withListedMerges(b)];
}

function* unknownDifferences(a: BpeModelSpec, b: BpeModelSpec): Generator<ConfigDifference> {
	const flags = (['unk_token', 'fuse_unk', 'byte_fallback'] as const).filter(
		(flag) => a[flag] !== b[flag]
	);
	if (flags.length === 0) return;
	const idle = knowsEveryByte(a) && knowsEveryByte(b);
	const nothingToFuse = a.unk_token === null && b.unk_token === null;
	for (const flag of flags) {
		const because = idle
			? 'Every byte has a token on both sides, so nothing is ever unknown.'
			: flag === 'fuse_unk' && nothingToFuse
				? 'Neither side has a token for what is unknown, so there are none to fuse.'
				: null;
		yield difference(
			flag,
			a[flag],
			b[flag],
			because === null ? 'silent' : 'harmless',
			because ?? 'Characters without a token become other ids.'
		);
	}
}

/** @param sameTokens whether both have the same tokens: only then it is worth finding out what the flag does */
function ignoreMerges(a: TokenizerSpec, b: TokenizerSpec, sameTokens: boolean): ConfigDifference {
	const { ignore_merges } = a.model;
	if (!sameTokens) {
		const sentence = 'One side takes a piece that is a token as it stands, the other merges it.';
		return difference('ignore_merges', ignore_merges, !ignore_merges, 'silent', sentence);
	}
	const [without, on] = a.model.ignore_merges ? [b, 'A'] : [a, 'B'];
	const special = specialIds(without);
	const ids = tokensNotMerged(without.model, mergesOf(without.model)).filter(
		(id) => !special.has(id)
	);
	if (ids.length === 0) {
		const sentence = 'Merging gives every token of the vocabulary, so the flag changes nothing.';
		return difference('ignore_merges', ignore_merges, !ignore_merges, 'harmless', sentence);
	}
	const example = decodeUtf8(tokenAt(modelTexts(without), ids[0]));
	const sentence = `${counted(ids.length, 'token')} of the vocabulary ${ids.length === 1 ? 'is' : 'are'} reached only where the flag is on, in ${on}: ${quoted(example)} for example.`;
	return difference('ignore_merges', ignore_merges, !ignore_merges, 'silent', sentence);
}

function mergesDifference(
	a: BpeModelSpec,
	b: BpeModelSpec,
	{ sizeA, sizeB, added, removed, firstReordered }: MergesFindings
): ConfigDifference | null {
	if (added === 0 && removed === 0 && firstReordered === null) {
		if ((a.merges === null) === (b.merges === null)) return null;
		const sentence = 'The same merges: one side lists them, the other’s follow from its ranks.';
		const says = (model: BpeModelSpec) => (model.merges ? 'listed' : 'implied by the ranks');
		return { ...difference('merges', says(a), says(b), 'formatting-only', sentence) };
	}
	const parts = [
		...(removed > 0 ? [`${counted(removed, 'merge')} of A missing`] : []),
		...(added > 0 ? [`${counted(added, 'merge')} added`] : []),
		...(firstReordered === null ? [] : [`another order from rank ${firstReordered} on`])
	];
	const sentence = `${parts.join(', ')}.`;
	return difference('merges', counted(sizeA, 'merge'), counted(sizeB, 'merge'), 'silent', sentence);
}

function difference(
	field: Flag | 'merges',
	a: unknown,
	b: unknown,
	severity: Severity,
	sentence: string
): ConfigDifference {
	return {
		field: `model.${field}`,
		a: JSON.stringify(a),
		b: JSON.stringify(b),
		severity,
		sentence,
		firstDifference: null,
		example: null,
		tried: 0
	};
}
