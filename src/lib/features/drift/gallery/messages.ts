import { quote, quotePair } from '../../../drift/format';
import type { CaseInput, CaseTask, SideOutcome } from '../../../drift/cases/types';
import { describeEdit } from '../../../drift/edits/messages';
import { CHECK_LABELS } from '../../../drift/messages';
import {
	describeProgress as describeStep,
	formatCount,
	formatList,
	plural
} from '../../../session/format';
import {
	OWN_TEST,
	type CaseEvidence,
	type CaseFigure,
	type CaseStage,
	type DriftCase
} from '../cases/types';
import type { CaseLink } from './case-link';
import type { CaseState, Gallery } from './gallery.svelte';

export const STAGES: Readonly<Record<CaseStage, string>> = {
	'added-tokens': 'Special tokens',
	normalizer: 'Rewriting text (normalizer)',
	'pre-tokenizer': 'Splitting text into words (pre-tokenizer)',
	model: 'Merging letters into tokens (model)',
	'post-processor': 'Adding start and end tokens (post-processor)',
	decoder: 'Turning ids back into text (decoder)',
	use: 'Using a tokenizer the wrong way'
};

export const EVIDENCE: Readonly<Record<CaseEvidence, string>> = {
	'published-ids': 'The source lists these ids, and the lab reproduces them.',
	mechanism:
		'The source describes the bug. We computed the ids with a published tokenizer’s vocabulary.',
	'found-here': 'We found this bug and know of no public report.'
};

type Counts = Pick<Gallery, 'open' | 'answered' | 'reproduced'>;

export function describeProgress({ open, answered, reproduced }: Counts): string {
	if (open > 0) return `Reproducing bug ${answered + 1} of ${answered + open} in your browser…`;
	return answered === 0
		? 'Each bug is reproduced in your browser as you scroll.'
		: `Tried ${plural(answered, 'bug')} in your browser so far: ${reproduced === answered ? 'all' : formatCount(reproduced)} reproduced.`;
}

/** Empty if all cases match the search. */
export function describeShown(shown: number, cases: number): string {
	if (shown === cases) return '';
	return shown === 0 ? `None of the ${cases} bugs match your search.` : `${shown} of ${cases} bugs`;
}

/** Says what went wrong when a case ran, for display in the list; empty if nothing went wrong. */
export function describeFailure(state: CaseState | undefined): string {
	if (state?.status === 'error') return 'could not run';
	return state?.status === 'answered' && state.outcome.status !== 'reproduced'
		? 'not reproduced'
		: '';
}

export function describeRun(state: CaseState | undefined): string {
	if (state === undefined) return 'Not run.';
	return state.status === 'loading' && state.progress
		? `${describeStep(state.progress)}…`
		: 'Running in your browser…';
}

export const describeLink = ({ page }: CaseLink): string =>
	`Open in ${page === 'diff' ? 'Diff' : 'Compare'}`;

export const TEXT_REPLACED = 'Replaced your text with the bug’s input.';

export const LINK_COPIED = 'Copied the link.';
export const COPY_ADVICE = 'Copy the link from the address bar.';

export function describeAnswer(item: DriftCase): string {
	if (item.caughtBy.length === 0)
		return `Comparing the two files does not catch this bug. ${describeUncaught(item)}`;
	const names = (['output', ...item.caughtBy] as const).map((check) => CHECK_LABELS[check].name);
	return `These Diff checks catch this bug: ${formatList(names)}.`;
}

function describeUncaught({ a, b }: DriftCase): string {
	const library = b.library ?? a.library;
	if (library)
		return `The file is correct, but ${library.name} interprets it differently. Run A and B to see the difference.`;
	return 'Both sides use the same file, but in different ways. Compare the ids that the model gets.';
}

/** Describes the input of a case: one text, several texts encoded separately, or ids. */
export function describeInput(task: CaseTask): { readonly a: string; readonly b: string | null } {
	const describe = (input: CaseInput | readonly number[]): string => {
		if (isIds(input)) return `${input.length === 1 ? 'id' : 'ids'} ${input.join(' ')}`;
		const parts = typeof input.text === 'string' ? [input.text] : input.text;
		const special = input.special === 'parse' ? ', with special tokens parsed' : '';
		return `${parts.map((part) => quote(part, Infinity)).join(' + ')}${special}`;
	};
	const a = describe(task.a);
	const b = 'b' in task && task.b ? describe(task.b) : null;
	return { a, b: b === a ? null : b };
}

const isIds = (input: CaseInput | readonly number[]): input is readonly number[] =>
	Array.isArray(input);

/** Quotes the text decoded on each side; `null` where no text was decoded, or if the texts are equal. */
export function describeReads(
	a: SideOutcome,
	b: SideOutcome
): { readonly a: string | null; readonly b: string | null } {
	if (a.reads === b.reads) return { a: null, b: null };
	const [quotedA, quotedB] = quotePair(a.reads ?? b.reads ?? '', b.reads ?? a.reads ?? '');
	return { a: a.reads === null ? null : quotedA, b: b.reads === null ? null : quotedB };
}

/** Describes what turns A into B, for use after the stage's name. */
export function describeChange({ a, b, change }: DriftCase): string {
	if (b.library) return `in ${b.library.name}’s own code, unmodified`;
	const edits = change ?? b.edits ?? [];
	if (edits.length > 0) return edits.map(describeEdit).join(', ');
	return a.tokenizer === b.tokenizer
		? 'the same tokenizer on both sides'
		: `${b.tokenizer} instead of ${a.tokenizer}`;
}

/** Says whether a case causes an error or a warning. */
export function describeError({ severity }: DriftCase, b: SideOutcome | null): string {
	if (severity === 'loud') return 'The program stops with an error.';
	if (severity === 'warned') return 'The program logged a warning and continued.';
	return b !== null && b.error !== null
		? 'The lab stops with an error. A program without this check reports no error.'
		: 'No error anywhere.';
}

/** Says where a figure was published, for example `llama.cpp#6936, comment of 29 April 2024`. */
export const describePlace = ({ source, where }: Omit<CaseFigure, 'text'>): string =>
	source === OWN_TEST ? `our own count, checked by ${where}` : `${source}, ${where}`;
