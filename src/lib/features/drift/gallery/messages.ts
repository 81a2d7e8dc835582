import { quote, quotePair } from '../../../drift/format';
import type { CaseInput, CaseTask, SideOutcome } from '../../../drift/cases/types';
import { describeEdit } from '../../../drift/edits/messages';
import { describeProgress, plural } from '../../../session/format';
import {
	OWN_TEST,
	type CaseEvidence,
	type CaseFamily,
	type CaseFigure,
	type DriftCase
} from '../cases/types';
import type { CaseLink } from './case-link';
import type { CaseState, Gallery } from './gallery.svelte';

export const FAMILIES: Readonly<Record<CaseFamily, { name: string; description: string }>> = {
	'pre-tokenizer': {
		name: 'Text split differently',
		description: 'The text is split differently before any merge. Most of the costly bugs are here.'
	},
	merges: {
		name: 'Different merges or vocabulary',
		description: 'The pre-tokens are the same but become different tokens.'
	},
	'special-tokens': {
		name: 'Spaces, BOS and control tokens',
		description: 'The differences are before, after and between texts.'
	},
	text: {
		name: 'Text normalized differently',
		description: 'Unicode has several ways to write a character, and a normalizer chooses one.'
	},
	reading: {
		name: 'Ids decoded, reused or counted',
		description: 'Ids become text, meet another vocabulary, or are only counted.'
	}
};

export const EVIDENCE: Readonly<Record<CaseEvidence, { label: string; meaning: string }>> = {
	'published-ids': {
		label: 'Published ids',
		meaning: 'the source prints ids, and we reproduce them'
	},
	mechanism: {
		label: 'The mechanism with our own ids',
		meaning: 'the source describes the bug, and we show it on a real vocabulary'
	},
	'found-here': {
		label: 'No public issue',
		meaning: 'we found it, and know of no report'
	}
};

type Counts = Pick<Gallery, 'open' | 'answered' | 'reproduced'>;

/** Describes the cases computed so far, on one line: a second line would move what is below. */
export const describeReproduced = ({ answered, reproduced }: Counts, cases: number): string =>
	answered === 0
		? `${cases} cases, each computed in your browser.`
		: `${reproduced} of ${cases} cases reproduced in your browser.`;

/** Describes the progress over all cases; empty before the first. */
export function describeComputed({ open, answered, reproduced }: Counts, cases: number): string {
	if (open > 0) return `${answered} of ${cases} computed, ${open} to go`;
	if (answered === 0) return '';
	const others = answered - reproduced;
	return `${plural(answered, 'case')} computed, ${others > 0 ? `${others} not reproduced` : 'all reproduced'}`;
}

/** The badge of a case: a sign and what it means. */
export function describeState(state: CaseState | undefined): { sign: string; text: string } {
	switch (state?.status) {
		case undefined:
			return { sign: '', text: 'not computed here yet' };
		case 'waiting':
			return { sign: '…', text: 'waiting' };
		case 'loading':
			return { sign: '…', text: state.progress ? describeProgress(state.progress) : 'computing' };
		case 'error':
			return { sign: '!', text: 'could not be computed' };
		case 'answered':
			return state.outcome.status === 'reproduced'
				? { sign: '✓', text: 'reproduced here just now' }
				: { sign: '✗', text: 'not reproduced here' };
	}
}

/** Label of a link to a case. @param hasUserText whether the user's text goes along */
export const describeLink = ({ page }: CaseLink, hasUserText: boolean): string =>
	`Open in ${page === 'diff' ? 'the diff' : 'Compare'}${hasUserText ? ' with your text' : ''}`;

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
	if (b.variant) return VARIANTS[b.variant];
	const edits = change ?? b.edits ?? [];
	if (edits.length > 0) return edits.map(describeEdit).join(', ');
	return a.tokenizer === b.tokenizer
		? 'the same tokenizer on both sides'
		: `${b.tokenizer} instead of ${a.tokenizer}`;
}

const VARIANTS = {
	'leftmost-pair': 'joins the leftmost pair instead of the one with the lowest rank',
	'grapheme-clusters': 'starts from grapheme clusters instead of characters'
} as const;

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
