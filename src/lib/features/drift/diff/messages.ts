/** User-facing strings for the diff page. */
import { describeEdit } from '../../../drift/edits/messages';
import { describeCrash, explainVerdict, findReasonCheck } from '../../../drift/explain';
import { isBroken } from '../../../drift/loads';
import { CHECK_LABELS, describeTextChange } from '../../../drift/messages';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { TextReading } from '../../../drift/text/read';
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { RepeatedBos } from '../../../drift/text/template';
import { codePointName } from '../../../engine/text';
import {
	isHarmful,
	type CheckId,
	type DriftReport,
	type TextFindings,
	type Verdict
} from '../../../drift/types';
import { decodeUtf8 } from '../../../engine/text';
import { formatCount, formatList, formatShare, plural } from '../../../session/format';
import type { DriftSide } from '../../../session/documents/diff';
import { partsOf } from '../../../ui/token/parts';
import { formatPart } from '../../../ui/token/token-text';
import { describeChange } from './offered-changes';
import { ORDINARY_TEXTS, type OrdinaryFindings } from './ordinary-text';

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
	identical: 'Identical',
	'formatting-only': 'Formatting only',
	harmless: 'Harmless',
	silent: 'Silently different',
	crash: 'Crash'
};

/** Says whether B can replace A, once every check has finished or one has failed. */
export function describeClaim(
	report: DriftReport,
	{ tokens, changed }: Pick<OrdinaryFindings, 'tokens' | 'changed'>
): string {
	const { verdict, output } = report;
	const [witness] = output.witnesses;
	switch (verdict) {
		case 'identical':
			return 'You can swap tokenizer A for B: they are the same tokenizer.';
		case 'formatting-only':
			return 'You can swap tokenizer A for B: they are the same tokenizer, written differently.';
		case 'harmless':
			return 'You can swap tokenizer A for B: they differ, but no known text shows it.';
		case 'crash':
			return `Don’t swap tokenizer A for B: ${describeCrash(report)}.`;
		case 'silent':
			return `Don’t swap tokenizer A for B: ${
				changed > 0
					? `${formatShare(changed / tokens)} of A’s tokens in ${ORDINARY_TEXTS.length} ordinary texts become different tokens`
					: witness?.does === 'decode'
						? 'the same ids become different text'
						: tokens > 0 && witness?.does === 'encode' && !witness.addSpecialTokens
							? 'ordinary text gets the same ids, but other text doesn’t'
							: 'the same text gets different ids'
			}, and no error will tell you.`;
	}
}

export const WHY_IDS_MATTER = 'The model was trained with A, so it expects A’s tokens.';

export const READS_OTHER_TOKENS =
	'the same letters, but split in a way the model never saw in training';

/** Describes the findings while checks are unfinished. @param unfinished checks that were stopped or failed */
export function describeSoFar(
	{ output }: Pick<DriftReport, 'output'>,
	unfinished: readonly CheckId[]
): string {
	const tried =
		output.probes > 0 ? `no difference in ${plural(output.probes, 'text')}` : 'no difference found';
	const names = unfinished.map((id) => `“${CHECK_LABELS[id].name}”`);
	return names.length === 0
		? `So far, ${tried}. Checks are still running.`
		: `No verdict: ${formatList(names)} did not finish. So far, ${tried}.`;
}

/** Parts of a tokenizer. A field in tokenizer.json belongs to the first entry that its name starts with. */
const PARTS: readonly (readonly [field: string, name: string, purpose?: string])[] = [
	['normalizer', 'normalizer', 'rewrites text first'],
	['pre_tokenizer', 'pre-tokenizer', 'splits text before merging'],
	['model.vocab', 'vocabulary'],
	['model.merges', 'merges'],
	['model', 'model settings'],
	['added_tokens', 'added tokens'],
	['post_processor', 'post-processor', 'adds tokens around the text'],
	['decoder', 'decoder', 'turns ids into text'],
	['truncation', 'truncation'],
	['padding', 'padding']
];

/**
 * Says in one sentence what to do about a bad verdict; `null` if nothing needs to be done or there is no known remedy.
 */
export function describeRemedy(report: DriftReport): string | null {
	const { verdict, config, loads, vocabulary } = report;
	if (!isHarmful(verdict)) return null;
	if (isBroken(loads.b)) return explainVerdict(report).fixes[0];
	if (!vocabulary.sameLineage) return 'keep A. B has a different vocabulary.';
	const causes = config.filter(({ severity }) => isHarmful(severity));
	const parts = PARTS.filter((part) =>
		causes.some(({ field }) => PARTS.find(([start]) => field.startsWith(start)) === part)
	);
	if (parts.length === 0) return null;
	const [[, only, purpose]] = parts;
	return parts.length === 1 && purpose
		? `keep A, or copy A’s ${only} to B. The ${only} ${purpose}.`
		: `keep A, or copy these parts of A to B: ${formatList(parts.map(([, name]) => name))}.`;
}

export const COMPARISON_STOPPED = 'Stopped.';
export const TEXT_STOPPED = 'Stopped. Change your text or a tokenizer to compare again.';

export const REPORT_UNAVAILABLE = 'Available once every check of A and B has finished.';

export const describeComparing = ({ a, b }: { readonly a: string; readonly b: string }): string =>
	`Comparing ${a} with ${b}…`;

export const describeNotCompared = ({ a, b }: { readonly a: string; readonly b: string }): string =>
	`No verdict: ${a} and ${b} could not be compared.`;

export const PAIR_KEPT = 'A and B have not changed.';

export const describeReplacedText = (example: string): string =>
	`Replaced the text with the example “${example}”.`;

export const describeRemovedEdits = (side: string, removed: readonly SpecEdit[]): string =>
	removed.length === 1
		? `Removed from ${side}: ${describeEdit(removed[0])}.`
		: `Removed ${plural(removed.length, 'change')} from ${side}.`;

/** Says which sides start with several BOS tokens; `null` if neither does. */
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

export const TEMPLATES_LEFT_OUT =
	'A and B add different tokens around the text. To see these tokens, turn on “Add template tokens”.';

/**
 * Describes a side with every change: "llama3, no BOS, ignore_merges off". @param name display name of the tokenizer
 */
export const describeSideFully = ({ edits }: DriftSide, name: string): string =>
	[name, ...edits.map(describeChange)].join(', ');

/** Describes a side briefly: "llama3, no BOS", "llama3 with 2 changes". */
export const describeSide = (side: DriftSide, name: string): string =>
	side.edits.length > 1
		? `${name} with ${side.edits.length} changes`
		: describeSideFully(side, name);

/** Says which tokens the ids belong to, because the ids are shown below the whole row of tokens. */
export const describeChangedIds = (count: number): string =>
	count === 1 ? 'id of the coloured token:' : 'ids of the coloured tokens:';

/** Formats the number of hidden items: " and 5 more"; empty if nothing is hidden. */
export const describeHidden = (count: number, shown: number): string =>
	count > shown ? ` and ${formatCount(count - shown)} more` : '';

/** Splits a report's sentence into quoted and other text; `quote` in lib/drift/format.ts adds the quotes. */
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

/** Describes what changes: "This text is 61 tokens in A and 70 in B. 12 of A’s …" */
export function describeTextFindings(findings: TextFindings): string {
	const { tokensA, tokensB, documentsChanged } = findings;
	const change = documentsChanged === 0 ? 'No token changes.' : describeTextChange(findings);
	return `This text is ${plural(tokensA, 'token')} in A and ${formatCount(tokensB)} in B. ${change}`;
}

/** A decoded text to compare with the original. */
export interface Reading {
	readonly title: string;
	/** How the text was produced. */
	readonly how: string;
	readonly text: string;
	readonly expected: string;
	/** What a sentence calls the expected text: "the text", "A’s tokens". */
	readonly expectedName: string;
	/** Remark about the text; `null` if there is nothing to add. */
	readonly note: string | null;
}

/** Describes what the model reads, what the user reads, and the round trip through each side. */
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
			how: `B encodes the text${withTemplate('B')}. The model reads the ids as if they were A’s.`,
			text: modelReads.text,
			...ofA,
			note: describeMissing(modelReads.missing, 'A')
		},
		{
			title: 'What you read',
			how: `The model outputs this text as A’s ids${withTemplate('A')}. B decodes them.`,
			text: answerReads.text,
			...ofA,
			note: describeMissing(answerReads.missing, 'B')
		},
		...(['a', 'b'] as const).map((side) => ({
			title: `Round trip through ${side.toUpperCase()}`,
			how: `The text is encoded and then decoded with ${side.toUpperCase()}.`,
			text: roundTrip[side].text,
			expected: text,
			expectedName: 'the text',
			note: roundTrip[side].sameIds ? null : 'Encoding the result again gives different ids.'
		}))
	];
}

/** Formats text on one line, with visible white space and with names for invisible characters. */
export function formatVisibly(text: string): string {
	const bytes = new TextEncoder().encode(text);
	const parts = partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true);
	return escapeCombiningMarks(parts.map(formatPart).join(''));
}

/** Escapes combining marks, because `é` written as two code points looks the same as `é` written as one. */
export const escapeCombiningMarks = (text: string): string =>
	text.replace(/[\u0300-\u036f]/g, (mark) => `[${codePointName(mark.charCodeAt(0))}]`);

export function describeMissingExample({
	verdict,
	checks
}: Pick<DriftReport, 'verdict' | 'checks'>): string {
	if (!isHarmful(verdict)) return 'There is no known text that A and B encode differently.';
	const check = findReasonCheck(verdict, checks);
	return check
		? `The “${CHECK_LABELS[check.id].name}” check found this. Details are below.`
		: 'The reason is below.';
}

/** Shown if a link's tokenizers weren't opened because at least one of them can't be read. */
export const SIDES_NOT_OPENED =
	'Neither tokenizer in the link was opened, because the comparison needs both. The rest of the link was opened.';
