import { describe, expect, it } from 'vitest';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { graphemesOf } from '../../tokenizers/graphemes';
import { joinEncodings } from './joined-encodings';
import {
	describeCharacters,
	describeDifference,
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

function answerOf(id: string, word: string): WordAnswer {
	const variants = variantsOf(word);
	return {
		variants,
		encodings: joinEncodings(variants.map(({ text }) => packedTokenizer(id).encode(text)))
	};
}

function found(id: string, word: string, kind: VariantKind) {
	const tokens = tokensOf(answerOf(id, word), kind);
	if (!tokens) throw new Error(`${word} is not written ${kind}`);
	return tokens;
}

describe('messages about a word', () => {
	it('count tokens alone and after a space', () => {
		const words = (id: string) =>
			describeTokenCounts(found(id, 'strawberry', 'alone'), found(id, 'strawberry', 'sentence'));
		expect(words('cl100k_base')).toBe('3 tokens alone, 1 after a space');
		expect(words('llama2')).toBe('3 tokens alone, 3 after a space');
		expect(words('gemma3')).toBe('1 token alone, 1 after a space');
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

	it('count a space inside the word as a letter', () => {
		expect(describeLength(graphemesOf('a quick straw'))).toBe('13 characters including spaces');
		expect([describeLength(graphemesOf('straw')), describeLength(graphemesOf('a'))]).toEqual([
			'5 letters',
			'1 letter'
		]);
	});

	it('name the variant that shows each letter, and the token that hides them', () => {
		const note = (kind: VariantKind) => describeVisibility(found('o200k_base', 'strawberry', kind));
		expect([note('alone'), note('sentence'), note('hyphenated')]).toEqual([
			null,
			'one id: the model sees no letter',
			'each letter in its own token'
		]);
	});

	it('say what a tokenizer puts before every text', () => {
		const note = (id: string) =>
			describePeculiarity(found(id, 'strawberry', 'alone'), found(id, 'strawberry', 'sentence'));
		expect(note('llama2')).toContain('adds a space before every text');
		expect(note('gpt2')).toBeNull();
	});

	it('say that a tokenizer leaves out the space', () => {
		const tokenizer = createTokenizer({ ...smallRanks(), pre_tokenizer: { type: 'Whitespace' } });
		const variants = variantsOf('strawberry');
		const encodings = joinEncodings(variants.map(({ text }) => tokenizer.encode(text)));
		const [alone, sentence] = (['alone', 'sentence'] as const).map((kind) =>
			tokensOf({ variants, encodings }, kind)
		);
		if (!alone || !sentence) throw new Error('got no variants, expected two');
		expect(describePeculiarity(alone, sentence)).toBe(
			'It leaves out the space, so both rows begin with the same token.'
		);
	});

	it('say what has no token, rather than claim a space before the text', () => {
		const [alone, sentence] = (['alone', 'sentence'] as const).map((kind) =>
			found('llama2', 'strawberry', kind)
		);
		const dropping = (tokens: VariantTokens, droppedBytes: number): VariantTokens => ({
			...tokens,
			encoding: { ...tokens.encoding, droppedBytes }
		});
		expect(describePeculiarity(dropping(alone, 2), dropping(sentence, 3))).toContain(
			'part of the word'
		);
		expect(describePeculiarity(alone, dropping(sentence, 1))).toContain('part of “The ”');
	});

	it('compare the usual claim with the tokens', () => {
		const holds = (id: string, kind: VariantKind) =>
			matchesUsualClaim(found(id, 'strawberry', kind));
		expect([holds('cl100k_base', 'alone'), holds('mistral-v1', 'alone')]).toEqual([false, true]);
		expect([holds('mistral-tekken', 'alone'), holds('mistral-tekken', 'sentence')]).toEqual([
			false,
			true
		]);
	});

	it('say how the tokenizers split the word', () => {
		const said = (word: string, ...ids: string[]) =>
			describeHeadline(ids.map((id) => ({ name: id, answer: answerOf(id, word) })))?.verdict;
		expect(said('strawberry', 'cl100k_base', 'gpt2', 'llama2')).toBe(
			'is one id in 2 of 3 tokenizers; llama2 splits it into 3'
		);
		expect(said('strawberry', 'cl100k_base', 'gpt2')).toBe('is one id in both tokenizers');
		expect(said('strawberry', 'llama2')).toBe('is split into 3 ids by llama2');
		expect(said('strawberry', 'gpt2')).toBe('is one id in gpt2');
		// · a · quick · strawberry, which llama2 splits into three.
		expect(said('a quick strawberry', 'cl100k_base', 'gpt2', 'llama2')).toBe(
			'is split into 3 to 5 ids by all 3 tokenizers'
		);
		expect(said('9.11', 'cl100k_base', 'gpt2')).toBe('is split into 3 to 4 ids by both tokenizers');
		expect(said('a quick brown', 'cl100k_base', 'gpt2')).toBe(
			'is split into 3 ids by both tokenizers'
		);
	});

	it('leave out a tokenizer that drops part of the word', () => {
		const variants = variantsOf('strawberry');
		const encoded = variants.map(({ text }) => ({
			...packedTokenizer('llama2').encode(text),
			droppedBytes: 3
		}));
		const answers = [
			{ name: 'dropping', answer: { variants, encodings: joinEncodings(encoded) } },
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

	it('say where two tokenizers first differ', () => {
		const side = (id: string) => ({ tokenizer: id, text: 'llo', byteStart: 0, ...trace });
		const describePair = (difference: Parameters<typeof describeDifference>[0]['difference']) =>
			describeDifference({ sides: [side('a'), side('b')], difference }, (id) => id.toUpperCase());
		expect(describePair({ a: 1, b: null, isSameSplit: false })).toBe(
			'First difference: only A makes ll (step 1, rank 257). The final splits differ.'
		);
		expect(describePair({ a: null, b: null, isSameSplit: true })).toBe(
			'Both make the same tokens along the way. The final splits are the same.'
		);
		expect(describePair(null)).toContain('do not see the same characters');
		expect(describeDifference({ sides: [side('a'), null], difference: null }, String)).toBe('');
	});
});
