import { describe, expect, it } from 'vitest';
import {
	articleKey,
	articleOf,
	articleQuestion,
	readArticleKey,
	ownQuestion,
	suffixCuts,
	wordQuestion
} from './articles';

const TEXT = {
	code: 'tur',
	text: 'Bütün\ninsanlar\nhür',
	partEnds: Uint32Array.of(8, 17, 21),
	words: null
};

describe('articleOf', () => {
	it('is the article alone, by bytes', () => {
		expect([1, 2, 3].map((article) => articleOf(TEXT, article))).toEqual([
			'Bütün',
			'insanlar',
			'hür'
		]);
	});

	it('refuses an article there is none of', () => {
		expect(() => articleOf(TEXT, 0)).toThrow('got article 0, expected 1 to 3');
		expect(() => articleOf(TEXT, 4)).toThrow(RangeError);
	});
});

it('asks for one article in both languages, once where they are the same', async () => {
	const asked: (readonly string[])[] = [];
	const question = articleQuestion('a', ['tur', 'tur'], 2, (codes) => {
		asked.push(codes);
		return Promise.resolve(new Map([['tur', TEXT]]));
	});
	expect(await question.texts()).toEqual(['insanlar', 'insanlar']);
	expect(asked).toEqual([['tur']]);
});

it('asks for a word with the space before it', async () => {
	expect(await wordQuestion('a', 'tur')?.texts()).toEqual([
		' evlerimizdekilerden',
		' from those in our houses'
	]);
	expect(wordQuestion('a', 'tlh')).toBeNull();
});

it('names texts of the user’s by their list, which is another one with every change', async () => {
	const texts = [{ text: 'a' }, { text: 'b' }];
	const question = ownQuestion('gpt2', texts);
	expect(await question.texts()).toEqual(['a', 'b']);
	expect(ownQuestion('gpt2', texts).key).toBe(question.key);
	expect(ownQuestion('gpt2', [...texts]).key).not.toBe(question.key);
});

describe('suffixCuts', () => {
	const parts = ['ev', 'ler', 'imiz'];

	it('counts the ends of tokens at suffixes, and those inside', () => {
		// ·ev|leri|miz: one of two boundaries, and a cut inside a suffix.
		expect(suffixCuts(parts, Uint32Array.of(3, 7, 10))).toEqual({
			boundaries: 2,
			kept: 1,
			inside: 1
		});
		expect(suffixCuts(parts, Uint32Array.of(10))).toEqual({ boundaries: 2, kept: 0, inside: 0 });
	});

	it('does not count a token of the space alone', () => {
		expect(suffixCuts(parts, Uint32Array.of(1, 3, 6, 10))).toEqual({
			boundaries: 2,
			kept: 2,
			inside: 0
		});
	});

	it('measures letters of several bytes in bytes', () => {
		expect(suffixCuts(['ház', 'ai'], Uint32Array.of(5, 7)).kept).toBe(1);
	});
});

it('reads a key back', () => {
	const codes = ['eng', 'deu_1996'];
	expect(readArticleKey(articleKey(codes, 12))).toEqual({ codes, article: 12 });
});
