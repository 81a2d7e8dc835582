import { expect, it } from 'vitest';
import { packedTokenizer } from '../../../../../tests/support/packed-tokenizers';
import { DRIFT_CASES } from '../cases/cases';
import { linkOf } from './case-link';

function linkOfSlug(slug: string) {
	const item = DRIFT_CASES.find((one) => one.slug === slug);
	const link = item && linkOf(item);
	if (!link) throw new Error(`${slug} has no link`);
	return link;
}

it.each([
	// The model has gpt2's (r50k's) rows but gets p50k's ids; cl100k's ids are read with o200k.
	['p50k-ids-into-an-r50k-model', ['gpt2', 'p50k_base']],
	['cl100k-read-by-o200k', ['o200k_base', 'cl100k_base']]
])('shows ids of another vocabulary as the model reads them: %s', (slug, sides) => {
	const query = new URLSearchParams(linkOfSlug(slug).search);
	expect([query.get('a'), query.get('b')]).toEqual(sides);
});

it('ends the prompt with the trailing space in a token for that space', () => {
	const { input } = linkOfSlug('space-at-the-end-of-a-prompt');
	// Published in huggingface.js#677.
	expect(packedTokenizer('gemma2').encode(input.value).ids.at(-1)).toBe(235248);
});
