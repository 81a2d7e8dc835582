import { describe, expect, it } from 'vitest';
import { compareBoundaries, SUFFIX_WORDS, wordTexts } from './suffix-words';

it('gives a word and its English the space that precedes them', () => {
	expect(wordTexts(SUFFIX_WORDS[0])).toEqual([' evlerimizdekilerden', ' from those in our houses']);
});

describe('compareBoundaries', () => {
	const word = (...parts: string[]) => ({
		parts: parts.map((text) => ({ text, meaning: '' }))
	});
	const houses = word('ev', 'ler', 'imiz');

	it('counts tokens that end at suffixes, and inside parts', () => {
		// ·ev|leri|miz: one of two boundaries, and one inside a suffix.
		expect(compareBoundaries(houses, Uint32Array.of(3, 7, 10))).toEqual({
			suffixes: 2,
			matched: 1,
			inside: 1
		});
		expect(compareBoundaries(houses, Uint32Array.of(10))).toEqual({
			suffixes: 2,
			matched: 0,
			inside: 0
		});
	});

	it('ignores a token that is only the space', () => {
		expect(compareBoundaries(houses, Uint32Array.of(1, 3, 6, 10))).toEqual({
			suffixes: 2,
			matched: 2,
			inside: 0
		});
	});

	it('counts multi-byte letters in bytes', () => {
		expect(compareBoundaries(word('ház', 'ai'), Uint32Array.of(5, 7)).matched).toBe(1);
	});
});
