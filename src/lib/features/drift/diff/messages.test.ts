import { expect, it } from 'vitest';
import { sameTokenizer, sidesOf, textFindingsOf } from '../../../../../tests/support/fake-drift';
import type { DriftCheck } from '../../../drift/types';
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

it.each([
	[{}, 'No token changes.'],
	[
		{
			changedTokens: 25,
			newTokens: 125,
			documentsChanged: 1,
			cutTokens: 25,
			firstDivergence: { document: 'the text', byte: 1234, idsA: [1], idsB: [2] }
		},
		'2.5 % of A’s tokens are split differently in B. The first is at byte 1,234 of the text.'
	],
	[
		{ changedTokens: 25, newTokens: 125, documentsChanged: 1 },
		'2.5 % of A’s tokens have a different id in B. The split is the same.'
	],
	[
		{ changedTokens: 1000, cutTokens: 157, newTokens: 1100, documentsChanged: 1 },
		'100 % of A’s tokens have a different id in B: 15.7 % are split differently, the rest are the same bytes.'
	],
	[{ newTokens: 1, documentsChanged: 1 }, 'B has 1 token where A has none.']
])('describes how much of a text changes and where it first does: %j', (more, description) => {
	const found = textFindingsOf({ tokensA: 1000, tokensB: 1100, ...more });
	expect(describeTextFindings(found)).toBe(`A: 1,000 tokens, B: 1,100 tokens. ${description}`);
});

it('describes a text for which only one side has tokens', () => {
	const onlyB = { tokensA: 0, tokensB: 12, newTokens: 12, documentsChanged: 1 };
	const words = 'A has no tokens for the text, and B has 12 tokens.';
	expect(describeTextFindings(textFindingsOf(onlyB))).toContain(words);
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
	const checks = (['output', 'config', 'round-trip'] as const).map((id, i): DriftCheck => {
		const severity = ([null, 'harmless', 'silent'] as const)[i];
		return { id, status: severity ? 'fail' : 'pass', severity, sentence: '', details: [] };
	});
	const described = (verdict: 'harmless' | 'silent' | 'crash') =>
		describeMissingWitness({ verdict, checks });
	expect(described('harmless')).toBe('No input with different output is known.');
	expect(described('silent')).toBe('The check “Round trip” found this. See its details below.');
	expect(described('crash')).toBe('The reason is below.');
});

it('describes what is known before every check has finished', async () => {
	const { findings } = await sameTokenizer();
	const tried = { output: { ...findings.output, probes: 15_982 } };
	expect(describeSoFar(tried, [])).toBe('No difference in 15,982 inputs.');
	expect(describeSoFar(tried, ['output', 'self-encode'])).toMatch(
		/inputs\. “Output” and “Self-encode” did not finish, so there is no verdict\.$/
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
