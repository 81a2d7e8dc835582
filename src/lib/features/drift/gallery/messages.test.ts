import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../../tests/support/packed-tokenizers';
import type { CaseOutcome, CaseSide, SideOutcome } from '../../../drift/cases/types';
import { compareSpecs } from '../../../drift/config/differences';
import { applyEdits } from '../../../drift/edits/apply';
import { DRIFT_CASES } from '../cases/cases';
import type { CaseState } from './gallery.svelte';
import {
	describeChange,
	describeAnswer,
	describeError,
	describeInput,
	describeLink,
	describePlace,
	describeProgress,
	describeReads,
	describeRun,
	describeShown,
	describeState
} from './messages';

const outcomeOf = (...tokens: [number, string][]): SideOutcome => ({
	text: null,
	tokens: tokens.map(([id, text]) => ({ id, bytes: new TextEncoder().encode(text) })),
	reads: null,
	error: null
});

describe('describeInput', () => {
	it('makes white space visible, and describes B’s input only if there is one', () => {
		expect(describeInput({ does: 'encode', a: { text: '\n\nHi' } })).toEqual({
			a: '"\\n\\nHi"',
			b: null
		});
		expect(
			describeInput({ does: 'encode', a: { text: ' Berlin' }, b: { text: ['Ber', 'lin'] } })
		).toEqual({ a: '" Berlin"', b: '"Ber" + "lin"' });
		expect(describeInput({ does: 'decode', a: [3305] })).toEqual({ a: 'id 3305', b: null });
	});

	it('escapes invisible characters, and says whether special tokens are recognised', () => {
		const a = { text: 'cafe\u0301</s>', special: 'parse' } as const;
		expect(describeInput({ does: 'encode', a, b: { text: a.text } })).toEqual({
			a: String.raw`"cafe\u0301</s>", special tokens recognised`,
			b: String.raw`"cafe\u0301</s>"`
		});
	});
});

describe('describeReads', () => {
	const reading = (reads: string | null): SideOutcome => ({ ...outcomeOf(), reads });

	it('tells apart two texts that look alike', () => {
		expect(describeReads(reading('caf\u00e9'), reading('cafe\u0301'))).toEqual({
			a: String.raw`"caf\u00e9"`,
			b: String.raw`"cafe\u0301"`
		});
	});

	it('shows nothing if both read the same, and nothing for a side that reads nothing', () => {
		expect(describeReads(reading('a'), reading('a'))).toEqual({ a: null, b: null });
		expect(describeReads(reading('a'), reading(null))).toEqual({ a: '"a"', b: null });
	});
});

describe('describeChange', () => {
	const changeOf = (slug: string) => {
		const item = DRIFT_CASES.find((one) => one.slug === slug);
		if (!item) throw new Error(`no case ${slug}`);
		return describeChange(item);
	};

	it.each([
		['llama3-without-its-pre-tokenizer', 'pre-tokenizer: ByteLevel'],
		['fingerprint-of-a-missing-bos', 'no BOS'],
		['newline-swallowed-after-a-role', '<|end_header_id|>: rstrip off'],
		['two-bos', 'the same tokenizer on both sides'],
		['the-wrong-counter', 'cl100k_base instead of o200k_base'],
		['next-line-is-no-space', 'in js-tiktoken, run unchanged'],
		[
			'merges-from-left-to-right',
			'joins the leftmost pair instead of the one with the lowest rank'
		],
		['thai-by-grapheme-clusters', 'starts from grapheme clusters instead of characters']
	])('%s: %s', (slug, description) => {
		expect(changeOf(slug)).toBe(description);
	});

	it.each(
		DRIFT_CASES.filter((one) => one.a.tokenizer === one.b.tokenizer && !one.b.library).map(
			(one) => [one.slug, one] as const
		)
	)('%s: the named edits turn A into B', (_, { a, b, change }) => {
		const specOf = ({ tokenizer, edits = [] }: CaseSide) =>
			applyEdits(packedSpec(tokenizer), edits);
		const made = applyEdits(specOf(a), change ?? b.edits ?? []);
		const wanted = specOf(b);
		const differences = compareSpecs(made, wanted).fields;
		expect(differences.filter(({ proven }) => !proven)).toEqual([]);
	});
});

describe('describeError', () => {
	const rows = DRIFT_CASES.find(({ slug }) => slug === 'rows-without-tokens');
	if (!rows) throw new Error('no such case');

	it('does not deny an error that is shown next to it', () => {
		expect(describeError(rows, { ...outcomeOf(), error: 'token id 9 has no token' })).toContain(
			'The lab stops'
		);
		expect(describeError(rows, outcomeOf())).toBe('No error anywhere.');
		expect(describeError({ ...rows, severity: 'loud' }, null)).toBe('It stops with an error.');
		expect(describeError({ ...rows, severity: 'warned' }, null)).toBe(
			'It logged a warning and continued.'
		);
	});
});

describe('describePlace', () => {
	it('names the source and the place, or the test that checks our own figure', () => {
		expect(describePlace({ source: 'imp#660', where: 'description' })).toBe('imp#660, description');
		expect(describePlace({ source: 'test', where: 'a.test.ts' })).toBe(
			'our own count, checked by a.test.ts'
		);
	});
});

describe('describeProgress', () => {
	const counts = (open: number, answered: number, reproduced: number) => ({
		open,
		answered,
		reproduced
	});

	it.each([
		[counts(0, 0, 0), 'Each runs in your browser when it comes into view.'],
		[counts(3, 2, 2), 'Checking 3 of 5 in your browser …'],
		[counts(0, 1, 1), '1 bug confirmed in this page so far.'],
		[counts(0, 5, 4), '4 bugs confirmed in this page so far, 1 not.'],
		[counts(0, 57, 57), '57 bugs confirmed in this page.'],
		[counts(0, 57, 55), '55 bugs confirmed in this page, 2 not.']
	])('%j', (gallery, status) => {
		expect(describeProgress(gallery, 57)).toBe(status);
	});
});

describe('describeShown', () => {
	it.each([
		[57, '57 cases:'],
		[12, '12 of 57 cases shown.'],
		[0, 'None of 57 cases matches.']
	])('%i', (shown, status) => {
		expect(describeShown(shown, 57)).toBe(status);
	});
});

describe('describeAnswer', () => {
	const answer = (slug: string) => {
		const item = DRIFT_CASES.find((one) => one.slug === slug);
		if (!item) throw new Error(`no case ${slug}`);
		return describeAnswer(item);
	};

	it.each(DRIFT_CASES.map((item) => [item.slug, item] as const))(
		'%s is caught by checks only if two files can show it',
		(_, item) => {
			expect(item.caughtBy.length > 0).toBe(item.destination.page === 'diff');
		}
	);

	it('names the checks that catch a case', () => {
		expect(answer('ignore-merges-lost')).toBe('Output, Self-encode and Text catch this.');
	});

	it.each([
		['next-line-is-no-space', 'The file is right, and js-tiktoken reads it differently.'],
		['merges-from-left-to-right', 'the engine breaks a rule that no file states'],
		['tokens-there-and-back', 'Both sides use the same file, in two ways.']
	] as const)('%s is not in the files', (slug, reason) => {
		expect(answer(slug)).toMatch(/^No check of two files catches this\. /);
		expect(answer(slug)).toContain(reason);
	});
});

describe('describeState', () => {
	const outcome = (status: CaseOutcome['status']): CaseState => ({
		status: 'answered',
		outcome: { status, why: '', seen: [], a: outcomeOf(), b: outcomeOf() }
	});

	it.each<[CaseState | undefined, string, string]>([
		[undefined, '', ''],
		[{ status: 'waiting' }, '…', 'waiting'],
		[{ status: 'loading', progress: null }, '…', 'running'],
		[{ status: 'error', message: 'It broke' }, '!', 'could not run'],
		[outcome('reproduced'), '', 'bug reproduced'],
		[outcome('not-reproduced'), '✗', 'bug not reproduced']
	])('%j', (state, sign, text) => {
		expect(describeState(state)).toEqual({ sign, text });
	});
});

describe('describeRun', () => {
	it('says what a case is doing', () => {
		expect(describeRun({ status: 'loading', progress: { phase: 'prepare' } })).toBe(
			'Preparing the vocabulary …'
		);
		expect(describeRun({ status: 'waiting' })).toBe('Running in your browser …');
		// Also after it was stopped.
		expect(describeRun(undefined)).toBe('Not run.');
	});
});

describe('describeLink', () => {
	const link = {
		search: '',
		input: { kind: 'text', value: '' },
		atEnd: false,
		note: null
	} as const;

	it('names the page, and the user’s text if it goes along', () => {
		expect(describeLink({ ...link, page: 'diff' }, false)).toBe('See A and B side by side');
		expect(describeLink({ ...link, page: 'compare' }, true)).toBe('Open in Compare with your text');
	});
});
