import fc from 'fast-check';
import { expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { tokenAt, vocabularySize } from '../structures/vocabulary';
import { trainedSpec } from './spec';

it('puts special tokens first with the observed alphabet, as Hugging Face does', () => {
	const training = trainOn('ab ab', { specialTokens: ['<s>', '</s>'] });
	const spec = trainedSpec(training, 1);
	expect(spec.added_tokens.map(({ id, content }) => [id, content])).toEqual([
		[0, '<s>'],
		[1, '</s>']
	]);
	// Ġ, the space, comes after the letters in the byte alphabet.
	const contents = [2, 3, 4, 5].map((id) => [...tokenAt(spec.model.vocabulary, id)]);
	expect(contents).toEqual([[0x61], [0x62], [0x20], [0x61, 0x62]]);
	const tokenizer = createTokenizer(spec);
	expect([...tokenizer.encode('<s>ab', { special: 'parse' }).ids]).toEqual([0, 5]);
});

it('puts them last with all bytes, after the merges', () => {
	const training = trainOn('abcabc', { alphabet: 'bytes', specialTokens: ['<s>'] });
	expect(training.products).toHaveLength(3);
	for (const merges of [0, 1, 3]) {
		const spec = trainedSpec(training, merges);
		expect(spec.added_tokens.map(({ id }) => id)).toEqual([256 + merges]);
		expect(vocabularySize(spec.model.vocabulary)).toBe(256 + merges);
		expect(createTokenizer(spec).vocabularySize).toBe(257 + merges);
	}
});

it('of the first merges equals a training that stops there', () => {
	const text = 'the theme of the thesis: to be, or not to be?\n'.repeat(3);
	const rules = { pattern: 'gpt2', specialTokens: ['<s>'], alphabet: 'bytes' } as const;
	const training = trainOn(text, rules);
	for (const merges of [0, 1, 7, 18]) {
		const shorter = trainOn(text, { ...rules, vocabularySize: 257 + merges });
		expect(trainedSpec(training, merges)).toEqual(trainedSpec(shorter));
	}
});

it('decodes to the text that was encoded, whatever it was trained on', () => {
	const pattern = fc.constantFrom(
		...(['gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'] as const),
		{ regex: '\\w+|.' }
	);
	const text = fc.string({ unit: 'grapheme', minLength: 1 });
	fc.assert(
		fc.property(text, text, pattern, (corpus, other, pattern) => {
			const all = createTokenizer(trainedSpec(trainOn(corpus, { pattern, alphabet: 'bytes' })));
			expect(all.decode(all.encode(other).ids)).toBe(other);
			const observed = createTokenizer(trainedSpec(trainOn(corpus, { pattern })));
			expect(observed.decode(observed.encode(corpus).ids)).toBe(corpus);
		}),
		{ numRuns: 200 }
	);
});

it('refuses a number of merges that does not exist', () => {
	const training = trainOn('abab', {});
	expect(() => trainedSpec(training, 3)).toThrow('got 3 merges, expected 0 to 2');
	expect(() => trainedSpec(training, -1)).toThrow('got -1 merges, expected 0 to 2');
});
