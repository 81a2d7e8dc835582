import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { WordMerges } from './word-merges';
import WordMergesView from './WordMergesView.svelte';

/** l l o, where l + l merges. */
const MERGES: WordMerges = {
	bytes: new TextEncoder().encode('llo'),
	initial: {
		ids: Uint32Array.of(108, 108, 111),
		byteStarts: Uint32Array.of(0, 1, 2),
		byteEnds: Uint32Array.of(1, 2, 3)
	},
	preTokenEnds: Uint32Array.of(3),
	steps: [{ rank: 1257, left: 108, right: 108, product: 257, start: 0, boundary: 1, end: 2 }]
};

async function draw(more: Partial<WordMerges> = {}) {
	const { container } = await render(WordMergesView, { merges: { ...MERGES, ...more } });
	const texts = (selector: string) =>
		[...container.querySelectorAll(selector)].map((element) =>
			element.textContent.replace(/\s+/g, ' ').trim()
		);
	return { container, texts };
}

it('shows the tokens before the first merge and after each, with its rank', async () => {
	const { container, texts } = await draw();
	const ids = [...container.querySelectorAll('[data-step]')].map((row) =>
		Array.from(row.querySelectorAll('[data-token-id]'), (token) =>
			token.getAttribute('data-token-id')
		).join(' ')
	);
	expect(ids).toEqual(['108 108 111', '257 111']);
	expect(texts('.made')).toEqual(['ll']);
	expect(texts('[data-merge]')).toEqual(['l + l → ll, rank 1,257']);
	expect(container.textContent).toContain('Merging ends here: no merge joins ll + o.');
	// There is only one pre-token.
	expect(texts('[data-pieces]')).toEqual([]);
});

it('shows the pre-tokens of a phrase', async () => {
	// "ll" and "o" are separate pre-tokens.
	const { texts } = await draw({ preTokenEnds: Uint32Array.of(2, 3) });
	expect(texts('[data-pieces]')).toEqual([
		'First the text is split into 2 pre-tokens: ll, o. No merge joins two of them.'
	]);
});
