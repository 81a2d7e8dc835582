import { describe, expect, it } from 'vitest';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { graphemesOf } from '../../tokenizers/graphemes';
import type { VariantKind } from './variants';
import { joinEncodings } from './spelling';
import { wordPicture } from './word-picture';
import { rowOf } from './word-rows';
import {
	cardNote,
	headlineOf,
	isUsualClaim,
	letterWords,
	quoted,
	sizeWords,
	summaryWords,
	wayNote
} from './word-words';
import { tokensOf, waysOf, type WordAnswer } from './ways';

function answerOf(id: string, word: string): WordAnswer {
	const ways = waysOf(word);
	return {
		ways,
		spellings: joinEncodings(ways.map(({ text }) => packedTokenizer(id).encode(text)))
	};
}

function found(id: string, word: string, kind: VariantKind) {
	const tokens = tokensOf(answerOf(id, word), kind);
	if (!tokens) throw new Error(`${word} is not written ${kind}`);
	return tokens;
}
const R = { letter: 'r', caseRule: 'alike' } as const;

describe('words about a word', () => {
	it('count tokens alone and in a sentence', () => {
		const words = (id: string) =>
			summaryWords(found(id, 'strawberry', 'alone'), found(id, 'strawberry', 'sentence'));
		expect(words('cl100k_base')).toBe('3 tokens alone, 1 in a sentence');
		expect(words('llama2')).toBe('3 tokens alone, 3 in a sentence');
		expect(words('gemma3')).toBe('1 token alone, 1 in a sentence');
	});

	it('say how many of the letter stand in each token', () => {
		expect(letterWords(found('cl100k_base', 'strawberry', 'alone'), R, 'r')).toBe('r: 1 · 0 · 2');
		expect(letterWords(found('cl100k_base', 'strawberry', 'sentence'), R, 'r')).toBe(
			'r: 3 in the one token, where no letter is visible'
		);
		const grass = { letter: '草', caseRule: 'alike' } as const;
		expect(letterWords(found('gpt2', '草莓', 'alone'), grass, '草')).toBe(
			'草: 0 · 0 · 0 · 0 · 0 · 0; 1 cut apart, whole in no token'
		);
	});

	it('count a space inside the word, and not the one before it', () => {
		const space = { letter: ' ', caseRule: 'alike' } as const;
		const words = (kind: VariantKind) =>
			letterWords(found('cl100k_base', 'a quick straw', kind), space, '·');
		expect([words('alone'), words('sentence')]).toEqual(['·: 0 · 1 · 1', '·: 0 · 1 · 1']);
		expect(sizeWords(graphemesOf('a quick straw'))).toBe('13 characters with spaces');
		expect([sizeWords(graphemesOf('straw')), sizeWords(graphemesOf('a'))]).toEqual([
			'5 letters',
			'1 letter'
		]);
	});

	it('count a mark alone as a letter, in a sentence too', () => {
		const mark = { letter: '\u0301', caseRule: 'alike' } as const;
		const words = (kind: VariantKind) =>
			letterWords(found('cl100k_base', '\u0301', kind), mark, '◌\u0301');
		// The token of the mark is one alone; in a sentence the space has a token of its own.
		expect(words('alone')).toBe('◌\u0301: 1');
		expect(words('sentence')).toBe('◌\u0301: 0 · 1');
	});

	it('do not turn the counts around where the letter is written from right to left', () => {
		const ra = { letter: 'ر', caseRule: 'alike' } as const;
		expect(letterWords(found('o200k_base', 'فراولة', 'alone'), ra, 'ر')).toBe(
			'\u2068ر\u2069: 0 · 1 · 0'
		);
	});

	it('name the spelled form that gives the letters back, and the token that hides them', () => {
		const note = (kind: VariantKind) => wayNote(found('o200k_base', 'strawberry', kind));
		expect([note('alone'), note('sentence'), note('hyphenated')]).toEqual([
			null,
			'one token: no letter is visible',
			'each letter in a token of its own'
		]);
	});

	it('say what is put before every text', () => {
		const note = (id: string) =>
			cardNote(found(id, 'strawberry', 'alone'), found(id, 'strawberry', 'sentence'));
		expect(note('llama2')).toContain('is put before every text');
		expect(note('gpt2')).toBeNull();
	});

	it('say what has no token, and claim no space that nobody put there', () => {
		const [alone, sentence] = (['alone', 'sentence'] as const).map((kind) =>
			found('llama2', 'strawberry', kind)
		);
		expect(cardNote({ ...alone, lost: 2 }, { ...sentence, lost: 3 })).toContain('part of the word');
		expect(cardNote(alone, { ...sentence, lost: 1 })).toContain('part of “The ”');
	});

	it('hold the usual claim to the tokens', () => {
		const holds = (id: string, kind: VariantKind) => isUsualClaim(found(id, 'strawberry', kind));
		expect([holds('cl100k_base', 'alone'), holds('mistral-v1', 'alone')]).toEqual([false, true]);
		expect([holds('mistral-tekken', 'alone'), holds('mistral-tekken', 'sentence')]).toEqual([
			false,
			true
		]);
	});

	it('say of the word that was cut what the tokenizers make of it', () => {
		const said = (word: string, ...ids: string[]) =>
			headlineOf(ids.map((id) => ({ name: id, answer: answerOf(id, word) })))?.verdict;
		expect(said('strawberry', 'cl100k_base', 'gpt2', 'llama2')).toBe(
			'is one id in 2 of 3 tokenizers; llama2 cuts it into 3'
		);
		expect(said('strawberry', 'cl100k_base', 'gpt2')).toBe('is one id in both tokenizers');
		expect(said('strawberry', 'llama2')).toBe('is cut into 3 ids by llama2');
		expect(said('strawberry', 'gpt2')).toBe('is one id in gpt2');
		// · a · quick · strawberry, which llama2 cuts into three.
		expect(said('a quick strawberry', 'cl100k_base', 'gpt2', 'llama2')).toBe(
			'is cut into 3 to 5 ids by all 3 tokenizers'
		);
		expect(said('9.11', 'cl100k_base', 'gpt2')).toBe('is cut into 3 to 4 ids by both tokenizers');
		expect(said('a quick brown', 'cl100k_base', 'gpt2')).toBe(
			'is cut into 3 ids by both tokenizers'
		);
	});

	it('keep to one word while answers to the next are on their way', () => {
		const of = (id: string, word: string | null) => ({
			name: id,
			answer: word === null ? null : answerOf(id, word)
		});
		expect(headlineOf([of('gpt2', null), of('llama2', null)])).toBeNull();
		expect(
			headlineOf([of('gpt2', null), of('llama2', 'strawberry'), of('cl100k_base', '草')])
		).toEqual({ word: 'strawberry', verdict: 'is cut into 3 ids by llama2' });
	});

	it('quote a word whole or shortened between letters', () => {
		expect([quoted('straw'), quoted('\u0301')]).toEqual(['“straw”', '“◌\u0301”']);
		expect(quoted('👩‍🚀'.repeat(30))).toBe(`“${'👩‍🚀'.repeat(24)}…”`);
	});
});

describe('rowOf', () => {
	it('draws a part of 10,000 letters and says how many tokens are left', () => {
		const long = found('cl100k_base', 'r'.repeat(10_000), 'alone');
		const { tokens, more } = rowOf(long, R);
		expect(tokens.length + more).toBe(long.encoding.ids.length);
		const cells = tokens.reduce((sum, token) => sum + token.cells.length, 0);
		expect(cells).toBeLessThan(250);
	});
});

describe('wordPicture', () => {
	const picture = wordPicture({
		title: '<&"草>',
		letter: 'r',
		rows: [
			{
				tokenizer: 'a<b',
				way: 'alone',
				more: 3,
				tokens: [
					{ text: '<e8 8d>', id: 1, letters: 0 },
					{ text: 'berry', id: 15717, letters: 2 }
				]
			}
		]
	});

	it('stands for itself: sizes given, generic fonts, no style of the page', () => {
		expect(picture).toMatch(
			/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"/
		);
		const fonts = new Set(
			Array.from(picture.matchAll(/font-family="([^"]+)"/g), ([, font]) => font)
		);
		expect([...fonts].sort()).toEqual(['monospace', 'sans-serif']);
		expect(picture).not.toMatch(/class=|style=|var\(|url\(/);
	});

	it('escapes what is typed', () => {
		expect(picture).toContain('&lt;&amp;&quot;草&gt;');
		expect(picture).toContain('a&lt;b');
		expect(picture).toContain('&lt;e8 8d&gt;');
	});

	it('goes on in another line where a slide would end, and leaves room for it', () => {
		const row = (count: number) => ({
			tokenizer: 'a',
			way: 'alone',
			more: 0,
			tokens: Array.from({ length: count }, (_, id) => ({ text: 'straw', id, letters: 0 }))
		});
		const drawn = wordPicture({ title: 't', letter: null, rows: [row(40), row(1)] });
		const sizes = /width="(\d+)" height="(\d+)"/.exec(drawn)?.slice(1).map(Number) ?? [];
		expect(sizes[0]).toBeLessThan(1280);
		const lines = new Set(Array.from(drawn.matchAll(/<rect x="[\d.]+" y="(\d+)"/g), ([, y]) => y));
		expect([...lines]).toEqual(['0', '74', '148', '222']);
		// The second row begins below the last line of the first.
		const tops = Array.from(drawn.matchAll(/translate\(24 (\d+)\)/g), ([, y]) => Number(y));
		expect(tops[1] - tops[0]).toBeGreaterThan(222 + 66);
		expect(sizes[1]).toBeGreaterThan(tops[1] + 66);
	});

	it('shows ids, letters and what is not drawn', () => {
		expect(picture).toContain('>15717');
		expect(picture).toContain('and 3 more');
	});
});
