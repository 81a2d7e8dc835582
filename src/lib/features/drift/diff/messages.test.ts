import { expect, it } from 'vitest';
import { sameTokenizer, sidesOf } from '../../../../../tests/support/fake-drift';
import type { DriftCheck, TextFindings } from '../../../drift/types';
import {
	describeMissingWitness,
	describeSide,
	describeSideFully,
	describeSoFar,
	describeTextFindings,
	escapeCombiningMarks,
	formatVisibly,
	splitQuotes
} from './messages';

const found = (more: Partial<TextFindings>): TextFindings => ({
	tokensA: 1000,
	tokensB: 1100,
	changedTokens: 0,
	cutTokens: 0,
	newTokens: 0,
	bytes: 4000,
	documents: 1,
	documentsChanged: 0,
	firstDivergence: null,
	perDocument: [],
	worstFirst: new Uint32Array(),
	largestIdB: 0,
	...more
});

it('describes how much of a text changes and where it first does', () => {
	expect(describeTextFindings(found({}))).toBe(
		'A: 1,000 tokens, B: 1,100 tokens. No token changes.'
	);
	const change = { changedTokens: 25, newTokens: 125, documentsChanged: 1 };
	const first = { document: 'a.txt', byte: 1234, idsA: [1], idsB: [2] };
	expect(describeTextFindings(found({ ...change, cutTokens: 25, firstDivergence: first }))).toBe(
		'A: 1,000 tokens, B: 1,100 tokens. 2.5 % of A’s tokens are split differently in B. The first is at byte 1,234 of a.txt.'
	);
	expect(describeTextFindings(found({ ...change, documents: 3 }))).toBe(
		'A: 1,000 tokens, B: 1,100 tokens. 2.5 % of A’s tokens have a different id in B. The split is the same. 1 of 3 documents change.'
	);
});

it('describes how many tokens have a different id and how many are split differently', () => {
	const unrelated = found({
		changedTokens: 1000,
		cutTokens: 157,
		newTokens: 1100,
		documentsChanged: 1
	});
	expect(describeTextFindings(unrelated)).toBe(
		'A: 1,000 tokens, B: 1,100 tokens. 100 % of A’s tokens have a different id in B: 15.7 % are split differently, the rest are the same bytes.'
	);
});

it('describes texts for which only one side has tokens', () => {
	const onlyB = found({ tokensA: 0, tokensB: 12, newTokens: 12, documentsChanged: 1 });
	expect(describeTextFindings(onlyB)).toBe(
		'A: 0 tokens, B: 12 tokens. A has no tokens for the text, and B has 12 tokens.'
	);
	const more = found({ newTokens: 1, documentsChanged: 1 });
	expect(describeTextFindings(more)).toBe(
		'A: 1,000 tokens, B: 1,100 tokens. B has 1 token where A has none.'
	);
});

it('names a side by its tokenizer and changes', () => {
	const { a } = sidesOf('llama3', 'x');
	expect(describeSide(a, 'Llama')).toBe('Llama');
	const edit = { kind: 'ignore-merges', value: false } as const;
	expect(describeSide({ ...a, edits: [edit] }, 'llama3')).toBe('llama3, ignore_merges off');
	const changed = { ...a, edits: [edit, { kind: 'bos', times: 0, token: null }] } as const;
	expect(describeSide(changed, 'llama3')).toBe('llama3 with 2 changes');
	expect(describeSideFully(changed, 'llama3')).toBe('llama3, ignore_merges off, no BOS');
});

it('distinguishes a letter and its mark in one code point from two code points', () => {
	expect(formatVisibly('café x')).toBe('café·x');
	expect(formatVisibly('cafe\u0301 x')).toBe('cafe[U+0301]·x');
	expect(escapeCombiningMarks('e\u0301')).toBe('e[U+0301]');
});

it('names the check that found a drift without an input', () => {
	const check = (id: DriftCheck['id'], severity: DriftCheck['severity']): DriftCheck => ({
		id,
		status: severity ? 'fail' : 'pass',
		severity,
		sentence: '',
		details: []
	});
	const checks = [
		check('output', null),
		check('config', 'harmless'),
		check('round-trip', 'silent')
	];
	expect(describeMissingWitness({ verdict: 'harmless', checks })).toBe(
		'No input with different output is known.'
	);
	expect(describeMissingWitness({ verdict: 'silent', checks })).toBe(
		'The check “Round trip” found this. See its details below.'
	);
	expect(describeMissingWitness({ verdict: 'crash', checks })).toBe('The reason is below.');
});

it('describes what is known before every check has finished', async () => {
	const { findings } = await sameTokenizer();
	const tried = { output: { ...findings.output, probes: 15_982 } };
	expect(describeSoFar(tried, [])).toBe('No difference in 15,982 inputs.');
	expect(describeSoFar(tried, ['output', 'self-encode'])).toBe(
		'No difference in 15,982 inputs. “Output” and “Self-encode” did not finish, so there is no verdict.'
	);
	expect(describeSoFar(findings, [])).toBe('No change in the output is known.');
});

it('splits a sentence at what it quotes', () => {
	const parts = splitQuotes('B splits "\'S" and "say \\"hi\\"\\n" differently.');
	expect(parts.map(({ text, isQuoted }) => (isQuoted ? [text] : text))).toEqual([
		'B splits ',
		["'S"],
		' and ',
		['say "hi"\\n'],
		' differently.'
	]);
	expect(splitQuotes('""')).toEqual([{ text: '', isQuoted: true }]);
	expect(splitQuotes('No quotes.')).toEqual([{ text: 'No quotes.', isQuoted: false }]);
});
