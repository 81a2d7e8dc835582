import type { TextFindings } from '../../analysis/drift/types';
import { decodeUtf8 } from '../../engine/text/utf8';
import type { DrawnDiff } from './diff-text.svelte';

const grouped = (value: number): string => value.toLocaleString('en');

/** "A needs 61 tokens, B 70; 12 (20 %) change, first at byte 5 of your text." */
export function textSentence(findings: TextFindings): string {
	const { tokensA, tokensB, changedTokens, comparedBy, documents, documentsChanged } = findings;
	const counts = `A: ${grouped(tokensA)} tokens, B: ${grouped(tokensB)}.`;
	const many =
		documents > 1 ? ` ${grouped(documentsChanged)} of ${grouped(documents)} documents change.` : '';
	if (changedTokens === 0)
		return `${counts} ${comparedBy === 'ids' ? 'No token changes' : 'All are cut alike'}.${many}`;
	const share = changedTokens / Math.max(1, tokensA);
	const percent = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(share * 100);
	const what = comparedBy === 'ids' ? 'change' : 'are cut otherwise';
	const first = findings.firstDivergence;
	const where = first ? `, first at byte ${grouped(first.byte)} of ${first.document}` : '';
	return `${counts} ${grouped(changedTokens)} of A’s (${percent} %) ${what}${where}.${many}`;
}

/** What becomes of the text where the ids of one side are read by the other, and on the way back. */
export function readingsOf(drawn: DrawnDiff) {
	const original = decodeUtf8(drawn.document.text);
	const { modelReads, answerReads, roundTrip } = drawn;
	const trip = (side: 'a' | 'b') => ({
		title: `Back from ${side.toUpperCase()}`,
		how: `Text to ${side.toUpperCase()}’s ids and back.`,
		text: roundTrip[side].text,
		original,
		missing: 0,
		note: roundTrip[side].sameIds ? null : 'Encoded again it has other ids.'
	});
	return [
		{
			title: 'What the model reads',
			how: 'Encoded by B, read as A’s ids, which is what the model knows.',
			text: modelReads.text,
			original,
			missing: modelReads.missing,
			note: null
		},
		{
			title: 'What you read',
			how: 'If the model answers with this text in A’s ids and B decodes it.',
			text: answerReads.text,
			original,
			missing: answerReads.missing,
			note: null
		},
		trip('a'),
		trip('b')
	];
}
