import { formatCount } from '../../../session/format';
import { describeTextChange } from '../../../drift/messages';
import type { TextFindings } from '../../../drift/types';
import type { DrawnDiff } from './diff-text.svelte';

/** "A: 61 tokens, B: 70. 20 % of A’s tokens …, first at byte 5 of your text." */
export function textSentence(findings: TextFindings): string {
	const { tokensA, tokensB, documents, documentsChanged, firstDivergence: first } = findings;
	const sentences = [
		`A: ${formatCount(tokensA)} tokens, B: ${formatCount(tokensB)}.`,
		documentsChanged === 0 ? 'No token changes.' : describeTextChange(findings)
	];
	if (first)
		sentences.push(`The first is at byte ${formatCount(first.byte)} of ${first.document}.`);
	if (documents > 1)
		sentences.push(
			`${formatCount(documentsChanged)} of ${formatCount(documents)} documents change.`
		);
	return sentences.join(' ');
}

/** What becomes of the text where the ids of one side are read by the other, and on the way back. */
export function readingsOf(drawn: DrawnDiff) {
	const { text: original, modelReads, answerReads, roundTrip } = drawn;
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
