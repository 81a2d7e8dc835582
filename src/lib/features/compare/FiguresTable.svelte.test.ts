import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { findDescriptor } from '../../tokenizers/catalogue';
import { kindOf, modelPresets } from '../../tokenizers/offered-models';
import FiguresTable from './FiguresTable.svelte';
import type { FigureRow } from './figures';

const FIGURES = { tokens: 9, bytes: 20, characters: 20, distinct: 5, vocabularySize: 256 };
const ROW: FigureRow = {
	...{ tokenizer: 'a', name: 'a', isWaiting: false, isLate: false, figures: FIGURES },
	...{ model: null, kind: null }
};
const VALUE = { sort: null, allModels: false };

it('lists the eight cheapest current chat models, and all models on request', async () => {
	const rows = ['cl100k_base', 'o200k_base'].flatMap((tokenizer) =>
		modelPresets(findDescriptor(tokenizer)?.models ?? [], '2026-11-30').map((model) => ({
			...{ ...ROW, tokenizer, name: tokenizer },
			...{ model, kind: kindOf(model, '2026-11-30') }
		}))
	);
	const screen = await render(FiguresTable, { rows, isComplete: true, value: VALUE });
	const lines = () =>
		[...screen.container.querySelectorAll('tbody tr')].map((row) => row.textContent);
	expect(lines()).toHaveLength(8);
	expect(lines()[0]).toMatch(/^GPT-5 nano\s+cheapest chat model/);
	expect(lines().join()).not.toMatch(/text-embedding|retired/);
	await screen.rerender({ value: { ...VALUE, allModels: true } });
	expect(lines()).toContain('Embedding models');
	expect(lines().join()).toContain('retired 2026-10-23');
});

it('marks the figures of the text before while an answer is awaited', async () => {
	const screen = await render(FiguresTable, { rows: [ROW], isComplete: true, value: VALUE });
	const shown = () => screen.container.querySelector('tbody tr');
	const tokens = () => shown()?.children[2].textContent;
	expect([tokens(), shown()?.classList.contains('stale')]).toEqual(['9', false]);
	await screen.rerender({ rows: [{ ...ROW, isWaiting: true }] });
	expect([tokens(), shown()?.classList.contains('stale')]).toEqual(['9', true]);
	await screen.rerender({ rows: [{ ...ROW, figures: null }] });
	expect([tokens(), shown()?.classList.contains('stale')]).toEqual(['–', false]);
});
