import { expect, it } from 'vitest';
import type { CaseOutcome, CaseTask, SideOutcome } from '../../../drift/cases/types';
import { DRIFT_CASES } from '../cases/cases';
import type { CaseState } from './gallery.svelte';
import {
	describeChange,
	describeAnswer,
	describeError,
	describeInput,
	describeProgress,
	describeReads,
	describeShown,
	describeFailure
} from './messages';

const EMPTY: SideOutcome = { text: null, tokens: [], reads: null, error: null };

const caseOf = (slug: string) => {
	const item = DRIFT_CASES.find((one) => one.slug === slug);
	if (!item) throw new Error(`no case ${slug}`);
	return item;
};

it.each<[CaseTask, string, string | null]>([
	[{ does: 'encode', a: { text: '\n\nHi' } }, '"\\n\\nHi"', null],
	[{ does: 'encode', a: { text: ' lin' }, b: { text: ['l', 'in'] } }, '" lin"', '"l" + "in"'],
	[{ does: 'decode', a: [3305] }, 'id 3305', null],
	[
		{ does: 'encode', a: { text: 'e\u0301</s>', special: 'parse' }, b: { text: 'e\u0301</s>' } },
		String.raw`"e\u0301</s>", with special tokens parsed`,
		String.raw`"e\u0301</s>"`
	]
])('describes the input of %j', (task, a, b) => {
	expect(describeInput(task)).toEqual({ a, b });
});

it.each([
	['caf\u00e9', 'cafe\u0301', { a: String.raw`"caf\u00e9"`, b: String.raw`"cafe\u0301"` }],
	['a', 'a', { a: null, b: null }],
	['a', null, { a: '"a"', b: null }]
])('shows what the sides read where it differs: %j, %j', (a, b, description) => {
	const reading = (reads: string | null): SideOutcome => ({ ...EMPTY, reads });
	expect(describeReads(reading(a), reading(b))).toEqual(description);
});

it.each([
	['llama3-without-its-pre-tokenizer', 'pre-tokenizer: ByteLevel'],
	['fingerprint-of-a-missing-bos', 'no BOS'],
	['newline-swallowed-after-a-role', '<|end_header_id|>: rstrip off'],
	['two-bos', 'the same tokenizer on both sides'],
	['the-wrong-counter', 'cl100k_base instead of o200k_base'],
	['next-line-is-no-space', 'in js-tiktoken’s own code, unmodified']
])('describes the change of %s', (slug, description) => {
	expect(describeChange(caseOf(slug))).toBe(description);
});

it('does not deny an error that is shown next to it', () => {
	const rows = caseOf('rows-without-tokens');
	const stopped = { ...EMPTY, error: 'token id 9 has no token' };
	expect(describeError(rows, stopped)).toContain('The lab stops');
	expect(describeError(rows, EMPTY)).toBe('No error anywhere.');
	expect(describeError({ ...rows, severity: 'loud' }, null)).toBe(
		'The program stops with an error.'
	);
	expect(describeError({ ...rows, severity: 'warned' }, null)).toMatch(
		/^The program logged a warning/
	);
});

const progress = (open: number, answered: number, reproduced: number) =>
	describeProgress({ open, answered, reproduced });

it.each([
	[progress(0, 0, 0), 'Each bug is reproduced in your browser as you scroll.'],
	[progress(3, 2, 2), 'Reproducing bug 3 of 5 in your browser…'],
	[progress(0, 57, 57), 'Tried 57 bugs in your browser so far: all reproduced.'],
	[progress(0, 57, 55), 'Tried 57 bugs in your browser so far: 55 reproduced.'],
	[describeShown(57, 57), ''],
	[describeShown(12, 57), '12 of 57 bugs'],
	[describeShown(0, 57), 'None of the 57 bugs match your search.']
])('describes how many cases ran and are shown: %s', (status, words) => {
	expect(status).toBe(words);
});

it.each([
	['ignore-merges-lost', /^These Diff checks catch this bug: Output, Self-encode and Text\.$/],
	['next-line-is-no-space', / The file is correct, but js-tiktoken interprets it differently\./],
	['tokens-there-and-back', / Both sides use the same file, but in different ways\./]
])('names the checks that catch %s, or why none does', (slug, description) => {
	const answer = describeAnswer(caseOf(slug));
	expect(answer).toMatch(description);
	expect(answer.startsWith('Comparing the two files does not catch this bug. ')).toBe(
		slug !== 'ignore-merges-lost'
	);
});

const answered = (status: CaseOutcome['status']): CaseState => ({
	status: 'answered',
	outcome: { status, why: '', seen: [], a: EMPTY, b: EMPTY }
});

it.each<[CaseState | undefined, string]>([
	[undefined, ''],
	[{ status: 'loading', progress: null }, ''],
	[{ status: 'error', message: 'It broke' }, 'could not run'],
	[answered('reproduced'), ''],
	[answered('not-reproduced'), 'not reproduced']
])('says in the list what went wrong in the state %j', (state, text) => {
	expect(describeFailure(state)).toBe(text);
});
