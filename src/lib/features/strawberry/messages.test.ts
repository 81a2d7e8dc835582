import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { graphemesOf } from '../../tokenizers/graphemes';
import { joinEncodings } from './joined-encodings';
import {
	describeCharacters,
	describeFinalBoundaries,
	describeHeadline,
	describeHidden,
	describeLength,
	describePeculiarity,
	describeStep,
	describeTokenCounts,
	describeVisibility,
	quoteWord
} from './messages';
import { matchesUsualClaim, tokensOf, type VariantTokens, type WordAnswer } from './variant-tokens';
import { variantsOf, type VariantKind } from './variants';
import { traceWord } from './word-trace';

function answerOf(id: string, word: string, tokenizer = packedTokenizer(id)): WordAnswer {
	const variants = variantsOf(word);
	return { variants, encodings: joinEncodings(variants.map(({ text }) => tokenizer.encode(text))) };
}

function tokensIn(answer: WordAnswer, kind: VariantKind) {
	const tokens = tokensOf(answer, kind);
	if (!tokens) throw new Error(`the word is not written ${kind}`);
	return tokens;
}

const found = (id: string, word: string, kind: VariantKind) => tokensIn(answerOf(id, word), kind);

describe('messages about a word', () => {
	it.each([
		['cl100k_base', '3 tokens alone, 1 after a space'],
		['gemma3', '1 token alone, 1 after a space']
	])('count tokens alone and after a space in %s', (id, words) => {
		const answer = answerOf(id, 'strawberry');
		const [alone, sentence] = [tokensIn(answer, 'alone'), tokensIn(answer, 'sentence')];
		expect(describeTokenCounts(alone, sentence)).toBe(words);
	});

	it('say what the model cannot see', () => {
		const hidden = (word: string, kind: VariantKind, letter: string | null) =>
			describeHidden(
				found('cl100k_base', word, kind),
				letter === null ? null : { letter, caseRule: 'alike' }
			);
		expect(hidden('strawberry', 'alone', 'r')).toBeNull();
		expect(hidden('strawberry', 'sentence', null)).toBe(
			'The model sees one id, 73700. It cannot see the letters.'
		);
		// The letter of a word of one letter is its token.
		expect(hidden('a', 'sentence', 'a')).toBeNull();
		expect(hidden('딸기', 'alone', '딸')).toBe('1 × 딸 is whole in no token.');
		expect(hidden('딸기', 'alone', null)).toBeNull();
	});

	it('count a space inside the word as a character', () => {
		const lengths = ['a b', 'straw', 'a'].map((word) => describeLength(graphemesOf(word)));
		expect(lengths).toEqual(['3 characters including spaces', '5 letters', '1 letter']);
	});

	it('name the variant that shows each letter, and the token that hides them', () => {
		const note = (kind: VariantKind) => describeVisibility(found('o200k_base', 'strawberry', kind));
		expect([note('alone'), note('sentence'), note('hyphenated')]).toEqual([
			null,
			'one id: the model sees no letter',
			'each letter in its own token'
		]);
	});

	it('say what a tokenizer puts before every text, or leaves out', () => {
		const note = (answer: WordAnswer) =>
			describePeculiarity(tokensIn(answer, 'alone'), tokensIn(answer, 'sentence'));
		expect(note(answerOf('llama2', 'strawberry'))).toContain('adds a space before every text');
		expect(note(answerOf('gpt2', 'strawberry'))).toBeNull();
		const tokenizer = createTokenizer({ ...smallRanks(), pre_tokenizer: { type: 'Whitespace' } });
		expect(note(answerOf('small', 'strawberry', tokenizer))).toBe(
			'It leaves out the space, so both rows begin with the same token.'
		);
	});

	it('say what has no token, rather than claim a space before the text', () => {
		const dropping = (kind: VariantKind, droppedBytes: number): VariantTokens => {
			const tokens = found('llama2', 'strawberry', kind);
			return { ...tokens, encoding: { ...tokens.encoding, droppedBytes } };
		};
		const said = (word: number, sentence: number) =>
			describePeculiarity(dropping('alone', word), dropping('sentence', sentence));
		expect(said(2, 3)).toContain('part of the word');
		expect(said(0, 1)).toContain('part of “The ”');
	});

	it.each<[string, VariantKind, boolean]>([
		['cl100k_base', 'alone', false],
		['mistral-v1', 'alone', true],
		['mistral-tekken', 'alone', false],
		['mistral-tekken', 'sentence', true]
	])('compare the usual claim with the tokens: %s, %s', (id, kind, holds) => {
		expect(matchesUsualClaim(found(id, 'strawberry', kind))).toBe(holds);
	});

	it.each([
		[
			'strawberry',
			'cl100k_base gpt2 llama2',
			'is one id in 2 of 3 tokenizers; llama2 splits it into 3'
		],
		['strawberry', 'cl100k_base gpt2', 'is one id in both tokenizers'],
		['strawberry', 'llama2', 'is split into 3 ids by llama2'],
		['strawberry', 'gpt2', 'is one id in gpt2'],
		['9.11', 'cl100k_base gpt2', 'is split into 3 to 4 ids by both tokenizers'],
		['a quick brown', 'cl100k_base gpt2 llama2', 'is split into 3 ids by all 3 tokenizers']
	])('say how %j is split by %s', (word, ids, verdict) => {
		const answers = ids.split(' ').map((id) => ({ name: id, answer: answerOf(id, word) }));
		expect(describeHeadline(answers)?.verdict).toBe(verdict);
	});

	it('leave out a tokenizer that drops part of the word', () => {
		const variants = variantsOf('strawberry');
		const encoded = variants.map(() => ({ ...endingAt(10), droppedBytes: 3 }));
		const dropping = { variants, encodings: joinEncodings(encoded) };
		const answers = [
			{ name: 'dropping', answer: dropping },
			{ name: 'gpt2', answer: answerOf('gpt2', 'strawberry') }
		];
		expect(describeHeadline(answers)?.verdict).toBe('is one id in gpt2');
		expect(describeHeadline(answers.slice(0, 1))).toBeNull();
	});

	it('are about one word while answers about the next arrive', () => {
		const of = (id: string, word: string | null) => ({
			name: id,
			answer: word === null ? null : answerOf(id, word)
		});
		expect(describeHeadline([of('gpt2', null), of('llama2', null)])).toBeNull();
		expect(
			describeHeadline([of('gpt2', null), of('llama2', 'strawberry'), of('cl100k_base', '草')])
		).toEqual({ word: 'strawberry', verdict: 'is split into 3 ids by llama2' });
	});

	it('note characters that are counted or drawn in an unexpected way', () => {
		const notes = (word: string, letter = 'r', loneMarks: string[] = []) =>
			describeCharacters({ word, letter, loneMarks });
		expect(notes('straw')).toEqual([]);
		expect(notes('\u0301', 'r', ['\u0301'])).toEqual([
			expect.stringContaining('1 combining mark without a base letter')
		]);
		expect(notes('a b', ' ')).toEqual([expect.stringContaining('A space inside the word')]);
		expect(notes('فراولة')).toEqual([expect.stringContaining('from left to right')]);
		expect(notes('a\ud800')).toEqual([expect.stringContaining('lone surrogate')]);
	});

	it('quote a word whole, or shortened between letters', () => {
		expect([quoteWord('straw'), quoteWord('\u0301')]).toEqual(['“straw”', '“◌\u0301”']);
		expect(quoteWord('👩‍🚀'.repeat(30))).toBe(`“${'👩‍🚀'.repeat(24)}…”`);
	});
});

describe('messages about merges', () => {
	const tokenizer = createTokenizer(smallRanks());
	const trace = traceWord(tokenizer, 'llo');
	const { merges } = trace;

	it('say why a boundary remains', () => {
		expect(describeFinalBoundaries(trace)).toEqual([
			'No merge joins ll + o. Earlier, l + o (rank 259) lost to l + l (rank 257).'
		]);
	});

	it('give the same reason once', () => {
		expect(describeFinalBoundaries(traceWord(tokenizer, 'llo llo'))).toEqual([
			'No merge joins ll + o. Earlier, l + o (rank 259) lost to l + l (rank 257). The same at 2 boundaries.',
			'No merge joins · + ll.'
		]);
	});

	it('keep the order of tokens that are written from right to left', () => {
		const boundary = { left: 1, right: 2, start: 0, boundary: 2, end: 4, runnersUp: [] };
		const arabic = { ...merges, bytes: encodeUtf8('فر') };
		expect(describeFinalBoundaries({ merges: arabic, boundaries: [boundary] })).toEqual([
			'No merge joins \u2068ف\u2069 + \u2068ر\u2069.'
		]);
	});

	it('announce a step', () => {
		expect([0, 1, 2].map((step) => describeStep('A', merges, step))).toEqual([
			'A: before the first merge.',
			'A: l + l → ll, rank 257.',
			'A: done after 1 merge.'
		]);
	});
});
