import { describe, expect, it } from 'vitest';
import {
	builtReport,
	sameTokenizer,
	sidesOf,
	textFindingsOf,
	witnessOf
} from '../../../../../tests/support/fake-drift';
import { GPT2_SPLIT } from '../../../drift/edits/spec-edit';
import type { ConfigDifference, DriftCheck, DriftReport, Witness } from '../../../drift/types';
import {
	describeClaim,
	describeMissingExample,
	describeRemedy,
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
			cutTokens: 25
		},
		'25 of A’s 1,000 tokens (2.5%) are split differently in B.'
	],
	[
		{ changedTokens: 25, newTokens: 125, documentsChanged: 1 },
		'25 of A’s 1,000 tokens (2.5%) have a different id in B. The split is the same.'
	],
	[
		{ changedTokens: 1000, cutTokens: 157, newTokens: 1100, documentsChanged: 1 },
		'1,000 of A’s 1,000 tokens (100%) have a different id in B: 157 (15.7%) are split differently, and the rest stand for the same bytes.'
	],
	[{ newTokens: 1, documentsChanged: 1 }, 'B has all of A’s tokens and 1 more token.']
])('describes how much of a text changes: %j', (more, description) => {
	const found = textFindingsOf({ tokensA: 1000, tokensB: 1100, ...more });
	expect(describeTextFindings(found)).toBe(
		`This text is 1,000 tokens in A and 1,100 in B. ${description}`
	);
});

it('describes a text for which only one side has tokens', () => {
	const onlyB = { tokensA: 0, tokensB: 12, newTokens: 12, documentsChanged: 1 };
	const words = 'A has no tokens for the text, but B has 12 tokens.';
	expect(describeTextFindings(textFindingsOf(onlyB))).toContain(words);
});

it('names a side by its tokenizer and changes', () => {
	const { a } = sidesOf('llama3', 'x');
	expect(describeSide(a, 'Llama')).toBe('Llama');
	const edit = { kind: 'ignore-merges', value: false } as const;
	expect(describeSide({ ...a, edits: [edit] }, 'llama3')).toBe(
		'llama3, merging inside whole tokens'
	);
	expect(describeSide({ ...a, edits: [GPT2_SPLIT] }, 'llama3')).toBe('llama3, split as GPT-2 does');
	const changed = { ...a, edits: [edit, { kind: 'bos', times: 0, token: null }] } as const;
	expect(describeSide(changed, 'llama3')).toBe('llama3 with 2 changes');
	expect(describeSideFully(changed, 'llama3')).toBe(
		'llama3, merging inside whole tokens, without BOS'
	);
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
		describeMissingExample({ verdict, checks });
	expect(described('harmless')).toBe('There is no known text that A and B encode differently.');
	expect(described('silent')).toBe('The “Round trip” check found this. Details are below.');
	expect(described('crash')).toBe('The reason is below.');
});

it('describes what is known before every check has finished', async () => {
	const { findings } = await sameTokenizer();
	const tried = { output: { ...findings.output, probes: 15_982 } };
	expect(describeSoFar(tried, [])).toBe(
		'So far, no difference in 15,982 texts. Checks are still running.'
	);
	expect(describeSoFar(tried, ['output', 'self-encode'])).toBe(
		'No verdict: “Output” and “Self-encode” did not finish. So far, no difference in 15,982 texts.'
	);
	expect(describeSoFar(findings, [])).toMatch(/^So far, no difference found/);
});

describe('the verdict on two tokenizers', async () => {
	const same = builtReport((await sameTokenizer()).findings);
	const claim = (
		verdict: DriftReport['verdict'],
		witness: Witness | null,
		[changed, tokens]: readonly [number, number] = [0, 400]
	) => {
		const output = { ...same.output, witnesses: witness ? [witness] : [] };
		return describeClaim({ ...same, verdict, output }, { tokens, changed });
	};
	const [a, b] = [
		{ ids: [1], text: 'a' },
		{ ids: [2], text: 'b' }
	];

	it('says how much of ordinary text changes', () => {
		expect(claim('silent', witnessOf(a, b), [32, 400])).toBe(
			'Don’t swap tokenizer A for B: 8% of A’s tokens in 25 ordinary texts become different tokens, and no error will tell you.'
		);
	});

	it.each([
		[witnessOf(a, b), 'ordinary text gets the same ids, but other text doesn’t'],
		[witnessOf(a, b, { addSpecialTokens: true }), 'the same text gets different ids'],
		[witnessOf(a, b, { does: 'decode' }), 'the same ids become different text'],
		[null, 'the same text gets different ids']
	])('says what changes if ordinary text does not', (witness, what) => {
		expect(claim('silent', witness)).toBe(
			`Don’t swap tokenizer A for B: ${what}, and no error will tell you.`
		);
	});

	it('says why B stops', () => {
		const tooLarge = { ids: [same.embedding.rows], text: 'b' };
		expect(claim('crash', witnessOf(a, tooLarge))).toBe(
			'Don’t swap tokenizer A for B: some of B’s ids are too large for the model.'
		);
		expect(claim('crash', null)).toBe('Don’t swap tokenizer A for B: it stops with an error.');
	});

	it.each(['identical', 'formatting-only', 'harmless'] as const)('allows B: %s', (verdict) => {
		expect(claim(verdict, null)).toMatch(/^You can swap tokenizer A for B: they /);
	});

	it('says what to do, without the names of fields', () => {
		const remedy = (...fields: string[]) =>
			describeRemedy({
				...same,
				config: fields.map((field) => ({ field, severity: 'silent' }) as ConfigDifference)
			});
		expect(remedy('pre_tokenizer.pretokenizers[0].pattern', 'pre_tokenizer.type')).toBe(
			'keep A, or copy A’s pre-tokenizer to B. The pre-tokenizer splits text before merging.'
		);
		expect(remedy('model.merges', 'normalizer')).toBe(
			'keep A, or copy these parts of A to B: normalizer and merges.'
		);
		expect(remedy()).toBeNull();
		const vocabulary = { ...same.vocabulary, sameLineage: false };
		expect(describeRemedy({ ...same, vocabulary })).toBe('keep A. B has a different vocabulary.');
		expect(describeRemedy({ ...same, verdict: 'harmless' })).toBeNull();
	});
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
