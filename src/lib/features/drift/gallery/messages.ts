import { quote, quotePair } from '../../../drift/format';
import type { CaseInput, CaseTask, SideOutcome } from '../../../drift/cases/types';
import { describeEdit } from '../../../drift/edits/messages';
import { CHECK_LABELS } from '../../../drift/messages';
import { describeProgress as describeStep, formatList, plural } from '../../../session/format';
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
	'added-tokens': 'Special and added tokens',
	normalizer: 'Normalizer',
	'pre-tokenizer': 'Pre-tokenizer',
	model: 'Model',
	'post-processor': 'Post-processor',
	decoder: 'Decoder',
	use: 'How it is used'
};

export const EVIDENCE: Readonly<Record<CaseEvidence, { label: string; meaning: string }>> = {
	'published-ids': {
		label: 'with published ids',
		meaning: 'The source prints ids, and we reproduce them.'
	},
	mechanism: {
		label: 'with our own ids',
		meaning: 'The source describes the bug, and we show it on a real vocabulary.'
	},
	'found-here': {
		label: 'without a public issue',
		meaning: 'We found it, and know of no report.'
	}
};

type Counts = Pick<Gallery, 'open' | 'answered' | 'reproduced'>;

/** Describes how many of all cases were checked in this browser. */
export function describeProgress({ open, answered, reproduced }: Counts, cases: number): string {
	if (open > 0) return `Checking ${answered + 1} of ${answered + open} in your browser …`;
	if (answered === 0) return 'Each runs in your browser when it comes into view.';
	const failed = answered - reproduced;
	const found = `${plural(reproduced, 'bug')} confirmed in this page`;
	const others = failed > 0 ? `, ${failed} not` : '';
	return answered < cases ? `${found} so far${others}.` : `${found}${others}.`;
}

/** Describes how many cases a search leaves. */
export function describeShown(shown: number, cases: number): string {
	if (shown === cases) return `${cases} cases:`;
	return shown === 0 ? `None of ${cases} cases matches.` : `${shown} of ${cases} cases shown.`;
}

/** The badge of a case: a sign and what it means. Both are empty before it runs. */
export function describeState(state: CaseState | undefined): { sign: string; text: string } {
	switch (state?.status) {
		case undefined:
			return { sign: '', text: '' };
		case 'waiting':
			return { sign: '…', text: 'waiting' };
		case 'loading':
			return { sign: '…', text: 'running' };
		case 'error':
			return { sign: '!', text: 'could not run' };
		case 'answered':
			return state.outcome.status === 'reproduced'
				? { sign: '', text: 'bug reproduced' }
				: { sign: '✗', text: 'bug not reproduced' };
	}
}

/** Describes the run of a case that has no outcome yet. */
export function describeRun(state: CaseState | undefined): string {
	if (state === undefined) return 'Not run.';
	return state.status === 'loading' && state.progress
		? `${describeStep(state.progress)} …`
		: 'Running in your browser …';
}

/** Label of a link to a case. @param hasUserText whether the user's text goes along */
export const describeLink = ({ page }: CaseLink, hasUserText: boolean): string =>
	`${page === 'diff' ? 'See A and B side by side' : 'Open in Compare'}${hasUserText ? ' with your text' : ''}`;

export const LINK_COPIED = 'Copied the link.';
export const COPY_ADVICE = 'The link is in the address bar.';

/** Says which checks of the diff catch a case. */
export function describeAnswer(item: DriftCase): string {
	if (item.caughtBy.length === 0)
		return `No check of two files catches this. ${describeUncaught(item)}`;
	const names = (['output', ...item.caughtBy] as const).map((check) => CHECK_LABELS[check].name);
	return `${formatList(names)} catch this.`;
}

/** Says why no check of two files catches a case. */
function describeUncaught({ a, b }: DriftCase): string {
	const library = b.library ?? a.library;
	if (library)
		return `The file is right, and ${library.name} reads it differently. Run both to see it.`;
	return 'Both sides use the same file, in two ways. Compare the ids that the model gets.';
}

/** Describes the input of a case: a text, texts that are encoded one by one, or ids. */
export function describeInput(task: CaseTask): { readonly a: string; readonly b: string | null } {
	const describe = (input: CaseInput | readonly number[]): string => {
		if (isIds(input)) return `${input.length === 1 ? 'id' : 'ids'} ${input.join(' ')}`;
		const parts = typeof input.text === 'string' ? [input.text] : input.text;
		const special = input.special === 'parse' ? ', special tokens recognised' : '';
		return `${parts.map((part) => quote(part, Infinity)).join(' + ')}${special}`;
	};
	const a = describe(task.a);
	const b = 'b' in task && task.b ? describe(task.b) : null;
	return { a, b: b === a ? null : b };
}

const isIds = (input: CaseInput | readonly number[]): input is readonly number[] =>
	Array.isArray(input);

/** Quotes what both sides read; `null` for a side that reads nothing, or if both read the same. */
export function describeReads(
	a: SideOutcome,
	b: SideOutcome
): { readonly a: string | null; readonly b: string | null } {
	if (a.reads === b.reads) return { a: null, b: null };
	const [quotedA, quotedB] = quotePair(a.reads ?? b.reads ?? '', b.reads ?? a.reads ?? '');
	return { a: a.reads === null ? null : quotedA, b: b.reads === null ? null : quotedB };
}

/** Describes what turns A into B, after the name of the stage. */
export function describeChange({ a, b, change }: DriftCase): string {
	if (b.library) return `in ${b.library.name}, run unchanged`;
	const edits = change ?? b.edits ?? [];
	if (edits.length > 0) return edits.map(describeEdit).join(', ');
	return a.tokenizer === b.tokenizer
		? 'the same tokenizer on both sides'
		: `${b.tokenizer} instead of ${a.tokenizer}`;
}

/** Says whether anything complained, at the source and in the lab's own run of B. */
export function describeError({ severity }: DriftCase, b: SideOutcome | null): string {
	if (severity === 'loud') return 'It stops with an error.';
	if (severity === 'warned') return 'It logged a warning and continued.';
	return b !== null && b.error !== null
		? 'The lab stops with an error. A program that does not check has none.'
		: 'No error anywhere.';
}

/** The place of a figure: `llama.cpp#6936, comment of 29 April 2024`. */
export const describePlace = ({ source, where }: Omit<CaseFigure, 'text'>): string =>
	source === OWN_TEST ? `our own count, checked by ${where}` : `${source}, ${where}`;

/** A word of a text, and whether it is another than in the text it is compared with. */
interface ComparedWord {
	readonly text: string;
	readonly isChanged: boolean;
}

/** Compares two texts word by word. If one has more words, none is marked, because none can be matched. */
export function changedWords(before: string, after: string): readonly ComparedWord[] {
	const expected = before.split(' ');
	const words = after.split(' ');
	const isComparable = words.length === expected.length;
	return words.map((text, i) => ({ text, isChanged: isComparable && text !== expected[i] }));
}
