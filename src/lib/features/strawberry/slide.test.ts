import { expect, it } from 'vitest';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { drawSlide } from './slide';

/** Encodes with packed tokenizers, or fails for the tokenizer `broken`. */
const workers = {
	splitVariants: ({ tokenizer, texts }: { tokenizer: string; texts: readonly string[] }) =>
		tokenizer === 'broken'
			? Promise.reject(new Error('no network'))
			: Promise.resolve(texts.map((text) => packedTokenizer(tokenizer).encode(text)))
};
const draw = (words: readonly string[], ...ids: string[]) =>
	drawSlide(
		words,
		ids.map((id) => ({ id, name: id })),
		workers
	);
/** Title and headings. */
const bold = (svg: string) =>
	[...svg.matchAll(/font-weight="bold"[^>]*>([^<]*)/g)].map(([, text]) => text);

it('draws a word on its own and after a space, with its ids', async () => {
	// tiktoken: cl100k_base.encode("strawberry"), encode(" strawberry")
	expect(bold(await draw(['strawberry'], 'cl100k_base', 'broken'))).toEqual([
		'What a model gets for “strawberry”',
		'cl100k_base, on its own: 496, 675, 15717',
		'cl100k_base, after a space: 73700'
	]);
});

it('draws several words one below the other, after a space', async () => {
	// tiktoken: gpt2.encode(" straw"), encode(" berry"), and the same with cl100k_base
	expect(bold(await draw(['straw', 'berry'], 'gpt2', 'cl100k_base'))).toEqual([
		'What a model gets for “straw berry”',
		'gpt2, after a space: 14787',
		'cl100k_base, after a space: 31107',
		'gpt2, after a space: 275, 6996',
		'cl100k_base, after a space: 86188'
	]);
});
