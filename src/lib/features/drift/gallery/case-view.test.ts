import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../../tests/support/packed-tokenizers';
import type { CaseSide, SideOutcome } from '../../../drift/cases/types';
import { compareSpecs } from '../../../drift/config/differences';
import { applyEdits } from '../../../drift/edits/apply';
import { DRIFT_CASES } from '../cases/cases';
import {
	describeChange,
	describeError,
	describeInput,
	describePlace,
	describeReads,
	drawnSides
} from './case-view';

const outcomeOf = (...tokens: [number, string][]): SideOutcome => ({
	text: null,
	tokens: tokens.map(([id, text]) => ({ id, bytes: new TextEncoder().encode(text) })),
	reads: null,
	error: null
});

describe('drawnSides', () => {
	it('lays tokens out as they spell themselves', () => {
		const { a } = drawnSides(outcomeOf([8765, '333'], [18, '3']), outcomeOf());
		expect(new TextDecoder().decode(a.document)).toBe('3333');
		expect([...a.encoding.byteStarts]).toEqual([0, 3]);
		expect([...a.encoding.byteEnds]).toEqual([3, 4]);
		expect([...a.encoding.ids]).toEqual([8765, 18]);
	});

	it('marks what is between the common beginning and the common end', () => {
		const { a, b } = drawnSides(
			outcomeOf([1, 'a'], [2, 'b'], [9, 'z']),
			outcomeOf([1, 'a'], [3, 'b'], [4, 'c'], [9, 'z'])
		);
		expect([...a.differs]).toEqual([0, 1, 0]);
		expect([...b.differs]).toEqual([0, 1, 1, 0]);
	});

	it('never counts a token for the beginning and the end at once', () => {
		const { a, b } = drawnSides(outcomeOf([1, 'a']), outcomeOf([1, 'a'], [1, 'a']));
		expect([...a.differs]).toEqual([0]);
		expect([...b.differs]).toEqual([0, 1]);
	});
});

describe('describeInput', () => {
	it('writes a text so that its white space is seen, and another input only where there is one', () => {
		expect(describeInput({ does: 'encode', a: { text: '\n\nHi' } })).toEqual({
			a: '"\\n\\nHi"',
			b: null
		});
		expect(
			describeInput({ does: 'encode', a: { text: ' Berlin' }, b: { text: ['Ber', 'lin'] } })
		).toEqual({ a: '" Berlin"', b: '"Ber" + "lin"' });
		expect(describeInput({ does: 'decode', a: [3305] })).toEqual({ a: 'id 3305', b: null });
	});

	it('says what of it is invisible, and whether special tokens are recognised', () => {
		const a = { text: 'cafe\u0301</s>', special: 'parse' } as const;
		expect(describeInput({ does: 'encode', a, b: { text: a.text } })).toEqual({
			a: String.raw`"cafe\u0301</s>", special tokens recognised`,
			b: String.raw`"cafe\u0301</s>"`
		});
	});
});

describe('describeReads', () => {
	const reading = (reads: string | null): SideOutcome => ({ ...outcomeOf(), reads });

	it('tells two texts apart that look alike', () => {
		expect(describeReads(reading('caf\u00e9'), reading('cafe\u0301'))).toEqual({
			a: String.raw`"caf\u00e9"`,
			b: String.raw`"cafe\u0301"`
		});
	});

	it('shows nothing of what both read alike, and nothing for a side that reads nothing', () => {
		expect(describeReads(reading('a'), reading('a'))).toEqual({ a: null, b: null });
		expect(describeReads(reading('a'), reading(null))).toEqual({ a: '"a"', b: null });
	});
});

describe('describeChange', () => {
	const wordsOf = (slug: string) => {
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
		['next-line-is-no-space', 'in js-tiktoken, run as it is'],
		[
			'merges-from-left-to-right',
			'joins the leftmost pair instead of the one with the lowest rank'
		],
		['thai-by-grapheme-clusters', 'starts from grapheme clusters instead of characters']
	])('%s: %s', (slug, words) => {
		expect(wordsOf(slug)).toBe(words);
	});

	it.each(
		DRIFT_CASES.filter((one) => one.a.tokenizer === one.b.tokenizer && !one.b.library).map(
			(one) => [one.slug, one] as const
		)
	)('%s: the edit that is named makes B of A', (_, { a, b, change }) => {
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

	it('does not deny an error that stands beside it', () => {
		expect(describeError(rows, { ...outcomeOf(), error: 'token id 9 has no token' })).toContain(
			'The lab stops'
		);
		expect(describeError(rows, outcomeOf())).toBe('No error anywhere.');
		expect(describeError({ ...rows, severity: 'loud' }, null)).toBe('It stops with an error.');
		expect(describeError({ ...rows, severity: 'warned' }, null)).toBe(
			'It logged a warning and went on.'
		);
	});
});

describe('describePlace', () => {
	it('names the source and the place, or the test that holds our own figure', () => {
		expect(describePlace({ source: 'imp#660', where: 'description' })).toBe('imp#660, description');
		expect(describePlace({ source: 'test', where: 'a.test.ts' })).toBe(
			'our own count, held by a.test.ts'
		);
	});
});
