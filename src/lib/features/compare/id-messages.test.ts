import { describe, expect, it } from 'vitest';
import type { IdsFit } from '../../tokenizers/ids';
import {
	describeFitReasons,
	describeFits,
	describeIdSearch,
	describeSpecialIds
} from './id-messages';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('describeFits', () => {
	const answer = (tokenizer: string, fit: IdsFit, text = tokenizer) => ({
		tokenizer,
		name: tokenizer,
		drawn: { document: utf8(text), fit }
	});
	const fits = { verdict: 'fits', reserved: null } as const;
	const reserved = { verdict: 'fits', reserved: '<unused1>' } as const;
	const other = { verdict: 'other-ids', position: 3, expected: null } as const;

	it.each([
		[[answer('gpt2', other), answer('llama3', fits)], 'llama3 only, of 2 tokenizers', /^It has/],
		[[answer('a', fits, 'x'), answer('b', fits, 'x')], 'a and b', /texts are the same/],
		[[answer('a', fits, 'x'), answer('b', fits, 'y')], 'a and b', /texts differ/],
		// Prefers a tokenizer that needs no reserved tokens, if there is one.
		[[answer('a', reserved), answer('b', fits)], 'b only, of 2 tokenizers', /^It has/],
		[[answer('a', reserved), answer('b', other)], 'a only, of 2 tokenizers', /^It has/],
		[[answer('a', other), answer('b', other)], 'none of the 2 tokenizers', /^A model can also/]
	])('names the tokenizers that ids fit, and says why: %#', (answers, words, reasons) => {
		expect(describeFits(5, answers)).toBe(`These ids fit ${words}.`);
		expect(describeFitReasons(5, answers)).toMatch(reasons);
	});

	it('says that a short list can fit by chance', () => {
		expect(describeFitReasons(4, [answer('gpt2', fits)])).toMatch(/fit a tokenizer by chance\.$/);
		expect(describeFitReasons(5, [answer('gpt2', fits)])).not.toContain('chance');
	});

	it('says what is awaited without ids or answers', () => {
		expect(describeFits(0, [])).toBe('Paste token ids to see the text they stand for.');
		expect(describeFits(5, null)).toMatch(/^Looking for/);
		const failed = [{ tokenizer: 'a', name: 'a', drawn: null }];
		expect(describeFits(5, failed)).toBe('5 ids, but no tokenizer to read them.');
		expect(describeFitReasons(5, failed)).toBe('');
		expect(describeFits(1, [answer('gpt2', { verdict: 'out-of-range' })])).toBe(
			'These ids do not fit the tokenizer gpt2.'
		);
	});

	it('names the tokenizer that special tokens point to, unless one that has them fits', () => {
		const evidence = { tokens: [[128000, '<|begin_of_text|>'] as const], tokenizers: ['llama3'] };
		const answers = [answer('o200k_base', fits), answer('llama3', other)];
		expect(describeFits(5, answers, evidence)).toBe('These ids probably came from llama3.');
		expect(describeFitReasons(5, answers, evidence)).toBe('');
		expect(describeFits(5, [answer('llama3', fits)], evidence)).toBe('These ids fit llama3.');
		expect(describeSpecialIds(evidence)).toBe('128000 is <|begin_of_text|> in llama3.');
		expect(
			describeSpecialIds({
				tokens: [[1001, '<a>'] as const, [1002, '<b>'] as const],
				tokenizers: ['a', 'b', 'c', 'd', 'e']
			})
		).toBe('1001 is <a> and 1002 is <b> in a, b, c and 2 others.');
	});

	it('says how far trying all tokenizers is, and what it found', () => {
		const search = { isRunning: false, tried: 27, all: 27, failed: 0, fitting: [] as string[] };
		expect(describeIdSearch({ ...search, isRunning: true, tried: 3, fitting: ['llama3'] })).toBe(
			'Trying tokenizer 4 of 27. The ids fit llama3.'
		);
		expect(describeIdSearch(search)).toBe('The ids fit none of all 27 other tokenizers.');
		expect(describeIdSearch({ ...search, tried: 9 })).toContain('the first 9 of 27');
		expect(describeIdSearch({ ...search, failed: 2 })).toContain('2 of these could not be loaded');
		expect(describeIdSearch({ ...search, fitting: ['a', 'b'] })).toBe(
			'Of all 27 other tokenizers, the ids fit a and b.'
		);
	});
});
