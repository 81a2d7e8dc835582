/** Strings of the diff page that code composes or chooses. */
import { describeEdit } from '../../../drift/edits/messages';
import { describeTextChange } from '../../../drift/messages';
import type { DocumentFindings, TextFindings, Verdict } from '../../../drift/types';
import { formatCount, plural } from '../../../session/format';
import type { DriftSide } from '../../../session/links/diff';
import { partsOf } from '../../../ui/token/parts';
import { formatPart } from '../../../ui/token/token-text';
import type { DrawnDiff } from './diff-text.svelte';

/** Sign and name of each verdict, so that colour is never the only difference. */
export const VERDICT_LABELS: Readonly<
	Record<Verdict, { readonly sign: string; readonly name: string }>
> = {
	identical: { sign: '=', name: 'Identical' },
	'formatting-only': { sign: '≡', name: 'Formatting only' },
	harmless: { sign: '✓', name: 'Harmless' },
	silent: { sign: '≠', name: 'Silent' },
	crash: { sign: '✗', name: 'Crash' }
};

/** Name of the document that is the user's text. */
export const TEXT_NAME = 'your text';

export const COMPARISON_STOPPED = 'Stopped.';
export const TEXT_STOPPED = 'Stopped. Change the text or a tokenizer to compare again.';

export const describeFailedComparison = (error: string): string =>
	`${error} (Showing the earlier comparison.)`;

/** Why a link does not carry the text. */
export const UNLINKED_NOTES = {
	file: 'The link holds the tokenizers only. Files do not fit.',
	long: 'The link holds the tokenizers only. The text is too long.'
} as const;

/** Describes a side with every change: "llama3, no BOS, merges reversed". @param name of the tokenizer, for people */
export const describeSideFully = ({ edits }: DriftSide, name: string): string =>
	[name, ...edits.map(describeEdit)].join(', ');

/** Describes a side in short: "llama3, no BOS", "llama3 with 2 changes". */
export const describeSide = (side: DriftSide, name: string): string =>
	side.edits.length > 1
		? `${name} with ${side.edits.length} changes`
		: describeSideFully(side, name);

export const describeExcessFiles = (count: number, max: number): string =>
	`You chose ${formatCount(count)} files. Only the first ${formatCount(max)} are compared.`;

/** @param search text or id that the user entered */
export const describeUnknownAddedToken = (search: string, count: number): string =>
	`“${search}” is not an added token. Enter the text or id of one of the ${formatCount(count)}.`;

/** Counts the entries that are not shown: " and 5 more"; empty if there are none. */
export const describeHidden = (count: number, shown: number): string =>
	count > shown ? ` and ${formatCount(count - shown)} more` : '';

/** Describes what changes: "A: 61 tokens, B: 70 tokens. 20 % of A’s tokens … The first is at byte 5 of your text." */
export function describeTextFindings(findings: TextFindings): string {
	const { tokensA, tokensB, documents, documentsChanged, firstDivergence: first } = findings;
	const sentences = [
		`A: ${plural(tokensA, 'token')}, B: ${plural(tokensB, 'token')}.`,
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

/** Names the sides on which text → ids → text gives the text back. */
export function describeRoundTrip({ comesBackA, comesBackB }: DocumentFindings): string {
	if (comesBackA && comesBackB) return 'A and B';
	if (comesBackA) return 'only A';
	return comesBackB ? 'only B' : 'neither';
}

/** A decoded text, to be compared with the original. */
export interface Reading {
	readonly title: string;
	/** How the text was made. */
	readonly how: string;
	readonly text: string;
	/** `null` if there is nothing else to know. */
	readonly note: string | null;
}

/** Describes the texts that the model reads, that the user reads, and that return from each side. */
export function describeReadings(drawn: DrawnDiff): readonly Reading[] {
	const { modelReads, answerReads, roundTrip } = drawn;
	const describeMissing = (ids: number, side: string) =>
		ids > 0 ? `${plural(ids, 'id has', 'ids have')} no token in ${side}.` : null;
	return [
		{
			title: 'What the model reads',
			how: 'B encodes the text. The model reads the ids as A’s.',
			text: modelReads.text,
			note: describeMissing(modelReads.missing, 'A')
		},
		{
			title: 'What you read',
			how: 'The model answers with this text in A’s ids. B decodes them.',
			text: answerReads.text,
			note: describeMissing(answerReads.missing, 'B')
		},
		...(['a', 'b'] as const).map((side) => ({
			title: `Round trip through ${side.toUpperCase()}`,
			how: `Text to ${side.toUpperCase()}’s ids and back.`,
			text: roundTrip[side].text,
			note: roundTrip[side].sameIds ? null : 'Encoding it again gives different ids.'
		}))
	];
}

/** Formats a text in one line, with marks for white space and names for what is invisible. */
export function formatVisibly(text: string): string {
	const bytes = new TextEncoder().encode(text);
	const parts = partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true);
	return escapeCombiningMarks(parts.map(formatPart).join(''));
}

/** Escapes combining marks, because `é` in two code points looks like `é` in one. */
export const escapeCombiningMarks = (text: string): string =>
	text.replace(
		/[\u0300-\u036f]/g,
		(mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`
	);
