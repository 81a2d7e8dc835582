/** Strings of the diff page that code composes or chooses. */
import { describeEdit } from '../../../drift/edits/messages';
import { findReasonCheck } from '../../../drift/explain';
import { CHECK_LABELS, describeTextChange, PART_LABELS } from '../../../drift/messages';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { TextReading } from '../../../drift/text/read';
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { RepeatedBos } from '../../../drift/text/template';
import { codePointName } from '../../../engine/text';
import {
	isHarmful,
	type CheckId,
	type DriftReport,
	type FingerprintPart,
	type TextFindings,
	type Verdict
} from '../../../drift/types';
import { decodeUtf8 } from '../../../engine/text';
import { formatCount, formatList, plural } from '../../../session/format';
import type { DriftSide } from '../../../session/documents/diff';
import { partsOf } from '../../../ui/token/parts';
import { formatPart } from '../../../ui/token/token-text';

/**
 * Sign and name of each verdict, so that colour is never the only difference, and its answer to the question whether
 * A’s model still works with B.
 */
export const VERDICT_LABELS: Readonly<
	Record<Verdict, { readonly sign: string; readonly name: string; readonly answer: 'Yes' | 'No' }>
> = {
	identical: { sign: '=', name: 'Identical', answer: 'Yes' },
	'formatting-only': { sign: '≡', name: 'Formatting only', answer: 'Yes' },
	harmless: { sign: '✓', name: 'Harmless', answer: 'Yes' },
	silent: { sign: '!', name: 'Silently different', answer: 'No' },
	crash: { sign: '✗', name: 'Crash', answer: 'No' }
};

/** Sign and name in place of a good verdict that a check may still change. */
export const OPEN_LABELS = {
	running: { sign: '…', name: 'So far' },
	unfinished: { sign: '–', name: 'Not finished' }
} as const;

/** Describes findings before every check has finished. @param unfinished checks that were stopped or failed */
export function describeSoFar(
	{ output }: Pick<DriftReport, 'output'>,
	unfinished: readonly CheckId[]
): string {
	const tried =
		output.probes > 0
			? `No difference in ${plural(output.probes, 'input')}.`
			: 'No change in the output is known.';
	const names = unfinished.map((id) => `“${CHECK_LABELS[id].name}”`);
	return names.length === 0
		? tried
		: `${tried} ${formatList(names)} did not finish, so there is no verdict.`;
}

/** Explains the inputs that a verdict counts. */
export const INPUTS_HINT =
	'Texts made from both tokenizers: what their patterns match, long runs, every character, every token, and special tokens. Both tokenizers run on each.';

export const COMPARISON_STOPPED = 'Stopped.';
export const TEXT_STOPPED = 'Stopped. Change the text or a tokenizer to compare again.';

/** Why there is no report yet. */
export const REPORT_UNAVAILABLE = 'Available once every check of A and B has finished.';

/** Says that two tokenizers are being compared. */
export const describeComparing = ({ a, b }: { readonly a: string; readonly b: string }): string =>
	`Comparing ${a} with ${b} …`;

export const describeComparison = ({ a, b }: { readonly a: string; readonly b: string }): string =>
	`Compare ${a} with ${b}`;

/** Says which comparison is shown, because other files could not be opened. */
export const describeKept = ({ a, b }: { readonly a: string; readonly b: string }): string =>
	`Below is still the comparison of ${a} with ${b}.`;

export const describeReplacedText = (example: string): string =>
	`Replaced the text with the example “${example}”.`;

export const describeReplacedByTemplate = (tokenizer: string): string =>
	`The text is now the chat template of ${tokenizer}, with its special tokens recognised.`;

export const TEMPLATE_NOT_LOADED =
	'The chat template could not be loaded. Check the connection and try again.';

/** Says which changes a side lost. @param side "A" or "B" */
export const describeRemovedEdits = (side: string, removed: readonly SpecEdit[]): string =>
	removed.length === 1
		? `Removed from ${side}: ${describeEdit(removed[0])}.`
		: `Removed ${plural(removed.length, 'change')} from ${side}.`;

/** Says which sides begin with several BOS tokens; `null` if none does. */
export function describeRepeatedBos({ a, b }: SideBySide['repeatedBos']): string | null {
	const describe = ({ id, content, times }: RepeatedBos) =>
		`${times === 2 ? 'two BOS tokens' : `${formatCount(times)} BOS tokens`} (${content}, id ${id})`;
	if (a && b && a.id === b.id && a.times === b.times) return `A and B start with ${describe(a)}.`;
	const sentences = [
		a && `A starts with ${describe(a)}.`,
		b && `B starts with ${describe(b)}.`
	].filter((sentence) => sentence !== null);
	return sentences.length > 0 ? sentences.join(' ') : null;
}

/** Says that a text begins with a BOS that a template adds too, while template tokens are left out. */
export const describeBosInText = (content: string, sides: readonly string[]): string =>
	`The text begins with ${content}, and the ${sides.length > 1 ? 'templates' : 'template'} of ${formatList(sides)} ${sides.length > 1 ? 'add' : 'adds'} it too.`;

/** Says that tokens around a text differ, while the text is compared without them. */
export const TEMPLATES_LEFT_OUT =
	'A and B add different tokens around a text. They are not shown, because template tokens are left out.';

/** Describes a side with every change: "llama3, no BOS, ignore_merges off". @param name of the tokenizer, for people */
export const describeSideFully = ({ edits }: DriftSide, name: string): string =>
	[name, ...edits.map(describeEdit)].join(', ');

/** Describes a side in short: "llama3, no BOS", "llama3 with 2 changes". */
export const describeSide = (side: DriftSide, name: string): string =>
	side.edits.length > 1
		? `${name} with ${side.edits.length} changes`
		: describeSideFully(side, name);

/** Says whose ids follow, because they are below all tokens of a row. */
export const describeChangedIds = (count: number): string =>
	count === 1 ? 'id of the coloured token:' : 'ids of the coloured tokens:';

/** Counts the entries that are not shown: " and 5 more"; empty if there are none. */
export const describeHidden = (count: number, shown: number): string =>
	count > shown ? ` and ${formatCount(count - shown)} more` : '';

/** Splits a sentence of a report at what it quotes, as `quote` in lib/drift/format.ts writes it. */
export const splitQuotes = (
	sentence: string
): readonly { readonly text: string; readonly isQuoted: boolean }[] =>
	sentence
		.split(/"((?:[^"\\]|\\.)*)"/)
		.map((text, i) => ({
			text: i % 2 === 1 ? text.replaceAll('\\"', '"') : text,
			isQuoted: i % 2 === 1
		}))
		.filter(({ text, isQuoted }) => isQuoted || text !== '');

/** Describes what changes: "A: 61 tokens, B: 70 tokens. 20 % of A’s tokens … The first is at byte 5 of the text." */
export function describeTextFindings(findings: TextFindings): string {
	const { tokensA, tokensB, firstDivergence: first } = findings;
	const sentences = [
		`A: ${plural(tokensA, 'token')}, B: ${plural(tokensB, 'token')}.`,
		findings.documentsChanged === 0 ? 'No token changes.' : describeTextChange(findings)
	];
	if (first)
		sentences.push(`The first is at byte ${formatCount(first.byte)} of ${first.document}.`);
	return sentences.join(' ');
}

/** A decoded text, to be compared with the original. */
export interface Reading {
	readonly title: string;
	/** How the text was made. */
	readonly how: string;
	readonly text: string;
	/** Text that it should be. */
	readonly expected: string;
	/** Names that text: "the text". */
	readonly expectedName: string;
	/** `null` if there is nothing else to know. */
	readonly note: string | null;
}

/** Describes the texts that the model reads, that the user reads, and that return from each side. */
export function describeReadings(
	{ modelReads, answerReads, roundTrip, expected }: SideBySide,
	document: Uint8Array,
	reading: TextReading
): readonly Reading[] {
	const describeMissing = (ids: number, side: string) =>
		ids > 0 ? `${plural(ids, 'id has', 'ids have')} no token in ${side}.` : null;
	const text = decodeUtf8(document);
	const ofA = { expected, expectedName: reading.template ? 'A’s tokens' : 'the text' };
	const withTemplate = (side: string) => (reading.template ? `, with ${side}’s template` : '');
	return [
		{
			title: 'What the model reads',
			how: `B encodes the text${withTemplate('B')}. The model reads the ids as A’s.`,
			text: modelReads.text,
			...ofA,
			note: describeMissing(modelReads.missing, 'A')
		},
		{
			title: 'What you read',
			how: `The model answers with this text in A’s ids${withTemplate('A')}. B decodes them.`,
			text: answerReads.text,
			...ofA,
			note: describeMissing(answerReads.missing, 'B')
		},
		...(['a', 'b'] as const).map((side) => ({
			title: `Round trip through ${side.toUpperCase()}`,
			how: `Text to ${side.toUpperCase()}’s ids and back.`,
			text: roundTrip[side].text,
			expected: text,
			expectedName: 'the text',
			note: roundTrip[side].sameIds ? null : 'Encoding it again gives different ids.'
		}))
	];
}

/** Names parts of the fingerprint: "vocabulary and merges". */
export const describeParts = (parts: readonly FingerprintPart[]): string =>
	formatList(parts.map((part) => PART_LABELS[part]));

/** Formats a text in one line, with marks for white space and names for what is invisible. */
export function formatVisibly(text: string): string {
	const bytes = new TextEncoder().encode(text);
	const parts = partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true);
	return escapeCombiningMarks(parts.map(formatPart).join(''));
}

/** Escapes combining marks, because `é` in two code points looks like `é` in one. */
export const escapeCombiningMarks = (text: string): string =>
	text.replace(/[\u0300-\u036f]/g, (mark) => `[${codePointName(mark.charCodeAt(0))}]`);

/** Says why a verdict comes without an input that shows it. */
export function describeMissingWitness({
	verdict,
	checks
}: Pick<DriftReport, 'verdict' | 'checks'>): string {
	if (!isHarmful(verdict)) return 'No input with different output is known.';
	const check = findReasonCheck(verdict, checks);
	return check
		? `The check “${CHECK_LABELS[check.id].name}” found this. See its details below.`
		: 'The reason is below.';
}
