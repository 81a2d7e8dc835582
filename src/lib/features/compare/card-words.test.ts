import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import {
	bosWords,
	differenceWords,
	opinionWords,
	outOfRangeWords,
	progressWords,
	spreadWords
} from './card-words';
import { Card } from '../../session/card.svelte';
import type { Progress } from '../../workers/protocol';

describe('differenceWords', () => {
	it.each([
		['nothing where there is no one to compare with', 10, [10], ''],
		['the same when all are', 10, [10, 10, 10], 'the same'],
		['the fewest, also where two are', 10, [10, 10, 13], 'fewest'],
		['how much more than the fewest', 127, [100, 127], '+27 %'],
		['less than half a per cent as such', 1004, [1000, 1004], '+<1 %'],
		['half a per cent as one', 1005, [1000, 1005], '+1 %'],
		['thousands grouped', 1200, [100, 1200], '+1,100 %'],
		['nothing beside no tokens at all', 3, [0, 3], '']
	])('says %s', (_, count, all, words) => {
		expect(differenceWords(count, all)).toBe(words);
	});
});

describe('spreadWords', () => {
	it('says how far apart the counts are', () => {
		expect(spreadWords([61, 48, 50])).toBe(' into 48 to 61 tokens');
		expect(spreadWords([1200, 1200])).toBe(' into 1,200 tokens each');
		expect(spreadWords([5])).toBe('');
	});
});

describe('bosWords', () => {
	it('names the token that the model expects before the text', () => {
		expect(bosWords('llama3')).toEqual({
			extra: '+1 BOS',
			title: 'The model expects <|begin_of_text|> before the text; it is not counted here.'
		});
	});

	it('says nothing where there is none', () => {
		expect(bosWords('cl100k_base')).toBeNull();
		expect(bosWords('no-such')).toBeNull();
	});
});

describe('progressWords', () => {
	const words = (progress: Progress | null) => {
		const card = new Card();
		card.progress = progress;
		return progressWords(card);
	};

	it('says how much of a vocabulary is there, and of how much where that is known', () => {
		expect(words({ phase: 'download', received: 120_400, total: 1_310_000 })).toBe(
			'Loading the vocabulary: 120 kB of 1,310 kB'
		);
		expect(words({ phase: 'download', received: 120_600, total: 0 })).toBe(
			'Loading the vocabulary: 121 kB'
		);
	});

	it('says what else is waited for', () => {
		expect(words({ phase: 'prepare' })).toBe('Preparing the vocabulary');
		expect(words({ phase: 'encode', share: 0.256 })).toBe('Counting: 26 %');
		expect(words(null)).toBeNull();
	});

	it('says nothing on a card that does not wait', () => {
		const card = new Card();
		card.progress = { phase: 'prepare' };
		card.status = 'ready';
		expect(progressWords(card)).toBeNull();
	});
});

describe('outOfRangeWords', () => {
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
		return outOfRangeWords(card);
	};

	it('names one id, the place where it stands counted from 1, and the largest there is', () => {
		expect(words(200)).toBe('This id is out of range, the largest is 99: 200 (at 1)');
	});

	it('names five and counts the others', () => {
		expect(words(100, 101, 102, 103, 104)).toBe(
			'These ids are out of range, the largest is 99: 100 (at 1), 101 (at 2), 102 (at 3), 103 (at 4), 104 (at 5)'
		);
		expect(words(100, 101, 102, 103, 104, 105, 106)).toMatch(/104 \(at 5\) and 2 more$/);
	});

	it('says nothing where all are in range, or nothing is drawn', () => {
		expect(words()).toBeNull();
		expect(outOfRangeWords(new Card())).toBeNull();
	});
});

describe('opinionWords', () => {
	const differs = (character: string) =>
		({
			verdict: 'differs',
			difference: { byte: 7, character, lab: [1, 2], library: [3] }
		}) as const;

	it('says nothing when the library agrees or has not answered', () => {
		expect(opinionWords('gpt2', { verdict: 'agrees' })).toBeNull();
		expect(opinionWords('gpt2', undefined)).toBeNull();
		expect(opinionWords('no-such', differs('a'))).toBeNull();
	});

	it('says why the library gave up', () => {
		expect(opinionWords('gpt2', { verdict: 'gave-up', reason: 'Too long.' })).toBe(
			'Not checked. Too long.'
		);
	});

	it('says where they part, at which character, with both ids, and why where it is known', () => {
		const words = opinionWords('llama3', differs('é'));
		expect(words).toContain(
			'transformers.js says otherwise at byte 7, "é" (U+00E9): 3 where the lab has 1 2.'
		);
		expect(opinionWords('gpt2', differs('\u0085'))).toMatch(
			/^js-tiktoken says otherwise at byte 7, U\+0085: .* excludes U\+0085 and includes U\+FEFF/
		);
	});

	it.each([
		['a space', ' ', 'U+0020'],
		['a BOM', '\ufeff', 'U+FEFF'],
		['a mark that would sit on the quote', '\u0301', 'U+0301']
	])('names %s by its number alone', (_, character, name) => {
		expect(opinionWords('gpt2', differs(character))).toContain(`at byte 7, ${name}: `);
	});

	it('names a character beyond the first plane by its one number', () => {
		expect(opinionWords('gpt2', differs('👍'))).toContain('"👍" (U+1F44D)');
	});

	it('names no character at the end of the text', () => {
		expect(opinionWords('gpt2', differs(''))).toContain('otherwise at byte 7: 3 where');
	});
});
