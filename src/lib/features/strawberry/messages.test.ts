import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { WordForm } from '../../session/documents/strawberry';
import {
	describeCharacters,
	describeCounts,
	describeEnd,
	describeLesson,
	describePeculiarity,
	describeSlide,
	describeWord,
	listIds,
	quoteWord
} from './messages';
import { matchesUsualClaim, tokensOf, type VariantTokens, type WordAnswer } from './variant-tokens';
import { variantsOf, WordVariant } from './variants';
import { traceWord } from './word-merges';

function answerOf(id: string, word: string, tokenizer = packedTokenizer(id)): WordAnswer {
	const variants = variantsOf(word);
	return { variants, encodings: variants.map(({ text }) => tokenizer.encode(text)) };
}

function tokensIn(answer: WordAnswer, form: WordForm) {
	const tokens = tokensOf(answer, form);
	if (!tokens) throw new Error(`the word has no tokens ${form}`);
	return tokens;
}

const found = (id: string, word: string, form: WordForm) => tokensIn(answerOf(id, word), form);

describe('messages about a word', () => {
	const query = (letter: string) => ({ letter, caseRule: 'alike' }) as const;

	it.each<[string, string | null, string]>([
		['strawberry', 'r', '“strawberry” has three r’s.'],
		['strawberry', 'w', '“strawberry” has one w.'],
		['strawberry', 'z', '“strawberry” has no z’s.'],
		['strawberry', null, '“strawberry” has ten letters.'],
		['a', null, '“a” has one letter.'],
		['草莓', '草', '“草莓” has one 草.'],
		['r'.repeat(12), 'r', '“rrrrrrrrrrrr” has 12 r’s.'],
		['a b c', ' ', '“a b c” has two spaces.'],
		['\u0301', null, '“◌\u0301” has one letter.']
	])('count in %j the letter %j', (word, letter, sentence) => {
		const variant = new WordVariant('typed', 'sentence', word);
		expect(describeWord(variant, letter === null ? null : query(letter))).toBe(sentence);
	});

	it('list ids, or count them', () => {
		const lists = [[73700], [3560, 2221, 15], [], Array.from({ length: 1200 }, (_, i) => i)];
		expect(lists.map((ids) => listIds(Uint32Array.from(ids)))).toEqual([
			'73700',
			'3560, 2221, 15',
			'nothing',
			'1,200 ids'
		]);
	});

	it('say what the ids do not', () => {
		const lesson = (form: WordForm, letter: string | null, word = 'strawberry') =>
			describeLesson(found('cl100k_base', word, form), letter === null ? null : query(letter));
		expect(lesson('sentence', 'r')).toBe(
			'Nothing in 73700 reveals that the word contains three r’s. A model has to learn that.'
		);
		expect(lesson('alone', null)).toBe(
			'Nothing in 496, 675 and 15717 reveals which letters the word contains. A model has to learn that.'
		);
		expect(lesson('alone', '👩', '👩‍🚀'.repeat(4))).toContain('Nothing in these ids reveals');
	});

	it('compare the numbers of ids that tokenizers take', () => {
		expect([[3, 5, 4], [1, 1], [1, 2], [7], []].map(describeCounts)).toEqual([
			'The word takes 3 to 5 ids, depending on the tokenizer.',
			'The word takes 1 id in each of these 2 tokenizers.',
			'The word takes 1 to 2 ids, depending on the tokenizer.',
			null,
			null
		]);
	});

	it('say that a picture has several words', () => {
		expect(describeSlide(['straw'])).toBeUndefined();
		expect(describeSlide(['straw', 'berry'])).toBe('Shows the two words, each after a space');
	});

	it('say what a tokenizer puts before every text, or leaves out', () => {
		const note = (answer: WordAnswer) =>
			describePeculiarity(tokensIn(answer, 'alone'), tokensIn(answer, 'sentence'));
		expect(note(answerOf('llama2', 'strawberry'))).toContain('adds a space to the start of every');
		expect(note(answerOf('gpt2', 'strawberry'))).toBeNull();
		const tokenizer = createTokenizer({ ...smallRanks(), pre_tokenizer: { type: 'Whitespace' } });
		expect(note(answerOf('small', 'strawberry', tokenizer))).toContain('leaves out the space');
	});

	it('say what has no token, rather than claim a space before the text', () => {
		const dropping = (form: WordForm, droppedBytes: number): VariantTokens => {
			const tokens = found('llama2', 'strawberry', form);
			return { ...tokens, encoding: { ...tokens.encoding, droppedBytes } };
		};
		const said = (word: number, sentence: number) =>
			describePeculiarity(dropping('alone', word), dropping('sentence', sentence));
		expect(said(2, 3)).toContain('part of the word');
		expect(said(0, 1)).toContain('part of “The ”');
	});

	it.each<[string, WordForm, boolean]>([
		['cl100k_base', 'alone', false],
		['mistral-v1', 'alone', true],
		['mistral-tekken', 'alone', false],
		['mistral-tekken', 'sentence', true]
	])('compare the usual claim with the tokens: %s, %s', (id, form, holds) => {
		expect(matchesUsualClaim(found(id, 'strawberry', form))).toBe(holds);
	});

	it('note characters that are drawn or encoded in an unexpected way', () => {
		expect(describeCharacters('straw')).toEqual([]);
		expect(describeCharacters('فراولة')).toEqual([expect.stringContaining('from left to right')]);
		expect(describeCharacters('a\ud800')).toEqual([expect.stringContaining('lone surrogate')]);
	});

	it('quote a word whole, or shortened between letters', () => {
		expect([quoteWord('straw'), quoteWord('\u0301')]).toEqual(['“straw”', '“◌\u0301”']);
		expect(quoteWord('👩‍🚀'.repeat(30))).toBe(`“${'👩‍🚀'.repeat(24)}…”`);
	});
});

describe('messages about merges', () => {
	const tokenizer = createTokenizer(smallRanks());

	it('say which tokens remain, each pair once, and none across pre-tokens', () => {
		const end = (text: string) => describeEnd(traceWord(tokenizer, text));
		expect(end('llo')).toBe('Merging ends here: no merge joins ll + o.');
		expect(end('llo llo')).toBe('Merging ends here: no merge joins ll + o or · + ll.');
		expect(end('hello')).toBeNull();
		expect(end('h')).toBe('No merges: the word is a single token from the start.');
	});

	it('keep the order of tokens that are written from right to left', () => {
		const arabic = {
			bytes: encodeUtf8('فر'),
			initial: endingAt(2, 4),
			preTokenEnds: Uint32Array.of(4),
			steps: []
		};
		expect(describeEnd(arabic)).toBe(
			'Merging ends here: no merge joins \u2068ف\u2069 + \u2068ر\u2069.'
		);
	});
});
