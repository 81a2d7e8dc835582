import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import {
	describeBos,
	describeChecks,
	describeComparison,
	describeExcess,
	describeOpinion,
	describeOutOfRange,
	describeText,
	describeWaiting
} from './messages';
import { Card } from '../../session/compare.svelte';
import type { Progress } from '../../workers/protocol';

describe('describeExcess', () => {
	it.each([
		['nothing if there is nothing to compare with', 10, [10], ''],
		['that all are equal', 10, [10, 10, 10], 'all equal'],
		['the fewest, also where two are', 10, [10, 10, 13], 'fewest'],
		['how much more than the fewest', 127, [100, 127], '+27 %'],
		['less than half a percent', 1004, [1000, 1004], '+<1 %'],
		['half a percent as one', 1005, [1000, 1005], '+1 %'],
		['thousands grouped', 1200, [100, 1200], '+1,100 %'],
		['nothing next to no tokens at all', 3, [0, 3], '']
	])('says %s', (_, count, all, words) => {
		expect(describeExcess(count, all)).toBe(words);
	});
});

describe('describeComparison', () => {
	it('names the number of tokenizers, and the range of the counts', () => {
		expect(describeComparison(3, [61, 48, 50])).toBe(
			'The same text in 3 tokenizers: 48 to 61 tokens.'
		);
		expect(describeComparison(2, [1200, 1200])).toBe(
			'The same text in 2 tokenizers: 1,200 tokens each.'
		);
		expect(describeComparison(1, [5])).toBe('The same text in 1 tokenizer.');
	});

	it('names no counts before all tokenizers have answered, nor for the live tokenizer alone', () => {
		expect(describeComparison(3, null)).toBe('The same text in 3 tokenizers.');
		expect(describeComparison(0, [])).toBe('The text in tokenizers that you choose.');
	});
});

describe('describeText', () => {
	it.each([
		['abc', 3, 3, '3 characters · 3 bytes'],
		['a', 1, 1, '1 character · 1 byte'],
		['', 0, 0, '0 characters · 0 bytes'],
		['é👍', 2, 6, '2 characters · 6 bytes'],
		['x'.repeat(1234), 1234, 1234, '1,234 characters · 1,234 bytes'],
		['\ufeffa', 2, 4, '2 characters · 4 bytes · begins with a BOM (counted)'],
		['a\ufeff', 2, 4, '2 characters · 4 bytes'],
		['a\r\nb', 4, 4, '4 characters · 4 bytes · has CR line endings (counted)'],
		['a\0', 2, 2, '2 characters · 2 bytes · has NUL characters'],
		['a\ud83d', 2, 4, '2 characters · 4 bytes · lone surrogates count as U+FFFD']
	])('describes %j', (text, characters, bytes, description) => {
		expect(describeText(text, characters, bytes)).toBe(description);
	});
});

describe('describeChecks', () => {
	const checks = { asked: 3, answered: 3, agreeing: 3, unanswered: 0, isPartial: false };

	it.each([
		[{ ...checks, answered: 2 }, 'checking with js-tiktoken and transformers.js …'],
		[checks, 'checked with js-tiktoken and transformers.js: 3 of 3 agree'],
		[
			{ ...checks, agreeing: 1, unanswered: 1, isPartial: true },
			'checked with js-tiktoken and transformers.js: 1 of 3 agree, 1 not checked (first 20,000 characters)'
		]
	])('describes %o', (state, description) => {
		expect(describeChecks(state)).toBe(description);
	});
});

describe('describeBos', () => {
	it('names the token that the model expects before the text', () => {
		expect(describeBos('llama3')).toEqual({
			extra: '+1 BOS',
			title: 'The model expects <|begin_of_text|> before the text. It is not counted here.'
		});
	});

	it('says nothing if there is none', () => {
		expect(describeBos('cl100k_base')).toBeNull();
		expect(describeBos('no-such')).toBeNull();
	});
});

describe('describeWaiting', () => {
	const waiting = (progress: Progress | null) => {
		const card = new Card();
		card.progress = progress;
		return describeWaiting(card);
	};

	it('says how much of a vocabulary has arrived, and of how much if that is known', () => {
		expect(waiting({ phase: 'download', received: 120_400, total: 1_310_000 })).toBe(
			'Loading the vocabulary: 120 kB of 1,310 kB'
		);
		expect(waiting({ phase: 'download', received: 120_600, total: 0 })).toBe(
			'Loading the vocabulary: 121 kB'
		);
	});

	it('names other steps', () => {
		expect(waiting({ phase: 'prepare' })).toBe('Preparing the vocabulary');
		expect(waiting({ phase: 'encode', share: 0.256 })).toBe('Counting: 26 %');
		expect(waiting(null)).toBeNull();
	});

	it('says nothing on a card that is not waiting', () => {
		const card = new Card();
		card.progress = { phase: 'prepare' };
		card.status = 'ready';
		expect(describeWaiting(card)).toBeNull();
	});
});

describe('describeOutOfRange', () => {
	const words = (...ids: number[]) => {
		const card = new Card();
		const outOfRange = ids.map((id, position) => ({ id, position }));
		card.drawn = {
			document: new Uint8Array(),
			encoding: endingAt(),
			distinct: 0,
			vocabularySize: 100,
			outOfRange
		};
		return describeOutOfRange(card);
	};

	it('names one id, its position counted from 1, and the largest id', () => {
		expect(words(200)).toBe('Out of range (the largest id is 99): 200 (position 1).');
	});

	it('names five and counts the others', () => {
		expect(words(100, 101, 102, 103, 104)).toBe(
			'Out of range (the largest id is 99): 100 (position 1), 101 (position 2), 102 (position 3), 103 (position 4) and 104 (position 5).'
		);
		expect(words(100, 101, 102, 103, 104, 105, 106)).toMatch(/104 \(position 5\) and 2 more\.$/);
	});

	it('says nothing if all are in range, or nothing is drawn', () => {
		expect(words()).toBeNull();
		expect(describeOutOfRange(new Card())).toBeNull();
	});
});

describe('describeOpinion', () => {
	const differs = (character: string) =>
		({
			verdict: 'differs',
			difference: { byte: 7, character, lab: [1, 2], library: [3] }
		}) as const;

	it('says nothing when the library agrees or has not answered', () => {
		expect(describeOpinion('gpt2', { verdict: 'agrees' })).toBeNull();
		expect(describeOpinion('gpt2', undefined)).toBeNull();
		expect(describeOpinion('no-such', differs('a'))).toBeNull();
	});

	it('says why the library gave up', () => {
		expect(describeOpinion('gpt2', { verdict: 'gave-up', reason: 'Too long.' })).toBe(
			'Not checked. Too long.'
		);
	});

	it('names the first difference, its character, both ids, and the reason if it is known', () => {
		const words = describeOpinion('llama3', differs('é'));
		expect(words).toContain('transformers.js differs at byte 7, "é" (U+00E9): 3 instead of 1 2.');
		expect(describeOpinion('gpt2', differs('\u0085'))).toMatch(
			/^js-tiktoken differs at byte 7, U\+0085: .* excludes U\+0085 and includes U\+FEFF/
		);
	});

	it.each([
		['a space', ' ', 'U+0020'],
		['a BOM', '\ufeff', 'U+FEFF'],
		['a mark that would sit on the quote', '\u0301', 'U+0301']
	])('names %s by its number alone', (_, character, name) => {
		expect(describeOpinion('gpt2', differs(character))).toContain(`at byte 7, ${name}: `);
	});

	it('names a character beyond the first plane by its one number', () => {
		expect(describeOpinion('gpt2', differs('👍'))).toContain('"👍" (U+1F44D)');
	});

	it('names no character at the end of the text', () => {
		expect(describeOpinion('gpt2', differs(''))).toContain('differs at byte 7: 3 instead of');
	});
});
