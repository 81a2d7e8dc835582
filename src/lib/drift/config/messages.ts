import type { AddedTokenSpec, TokenizerSpec } from '../../engine';
import { plural } from '../../engine/text';
import { formatContents, quote } from '../format';
import { formatInputs, formatVocabularyChange } from '../messages';
import type { MergesFindings, VocabularyFindings, Witness } from '../types';

/** Reasons for the severity of a differing field. */
export const REASONS = {
	padding: 'B pads texts differently from A, whether they are encoded alone or in a batch.',
	sameBatches: 'No text or batch gives different output.',
	dropout: 'Merges are skipped at random, so the same text gives different ids from call to call.',
	sameSteps: 'The same steps, written differently.',
	sameRules: 'Equivalent: both match the same text in the same way.',
	sameMerges: 'The same merges: one side lists them, and the other’s ranks imply them.',
	sameTemplate: 'Both add the same tokens around the text. Only offsets and type ids may differ.'
};

export const describeVocabularyField = (findings: VocabularyFindings): string =>
	findings.moved + findings.added + findings.removed === 0
		? `B has different tokens for ${plural(findings.conflictingIds, 'id')}`
		: `B ${formatVocabularyChange(findings)}`;

export function describeAddedTokensField(
	missing: readonly AddedTokenSpec[],
	added: readonly AddedTokenSpec[],
	moved: readonly AddedTokenSpec[]
): string {
	const format = (verb: string, tokens: readonly AddedTokenSpec[]): string[] =>
		tokens.length === 0
			? []
			: [`B ${verb} ${plural(tokens.length, 'token')} (${formatContents(tokens)})`];
	return [
		...format('lacks', missing),
		...format('adds', added),
		...format('changes the id of', moved)
	].join('. ');
}

export const describeMergesField = ({ added, removed, firstReordered }: MergesFindings): string =>
	`B ${new Intl.ListFormat('en').format([
		...(removed > 0 ? [`lacks ${plural(removed, 'merge')}`] : []),
		...(added > 0 ? [`adds ${plural(added, 'merge')}`] : []),
		...(firstReordered === null
			? []
			: [`orders the merges differently from rank ${firstReordered} on`])
	])}`;

/** @param length number of tokens beyond which texts are truncated differently */
export const describeTruncation = (length: number): string =>
	`Texts, or pairs of texts, of more than ${plural(length, 'token')} are truncated differently in B than in A.`;

export const describeTries = (tried: number, areUnrelated: boolean): string =>
	areUnrelated
		? 'This field was not tried by itself, because the vocabularies have little in common.'
		: `No difference on ${plural(tried, 'input')}.`;

export function describeFieldWitness(witness: Witness, stage: keyof TokenizerSpec | null): string {
	const { does, a, b } = witness;
	const input = formatInputs(witness);
	if (does === 'decode') {
		return `B decodes the ids of ${input} to ${quote(b.text)}, A to ${quote(a.text)}.`;
	}
	if (does === 'encode-pair') return `B encodes the pair ${input} differently.`;
	if (stage === 'pre_tokenizer') return `B splits ${input} differently.`;
	if (stage === 'normalizer') return `B normalizes ${input} differently.`;
	return `B gives ${input} different ids.`;
}
