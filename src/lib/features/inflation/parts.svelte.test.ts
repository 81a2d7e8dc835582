import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import CostTable from './CostTable.svelte';
import PremiumTable from './PremiumTable.svelte';

/** The rows of a table, with ` | ` between cells. */
const rowsIn = (container: Element) =>
	[...container.querySelectorAll('tbody tr')].map((row) =>
		[...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()).join(' | ')
	);

it('shows the costs of both prompts, their formulas, and the ratio of their figures', async () => {
	const cost = {
		...{ tokens: 1000, price: null, windowShare: 0.25, pages: 40, scores: 1e9 },
		...{ quadratic: 1e12, linear: 3e12, quadraticShare: 0.25, kvBytes: 131_072_000 }
	};
	const expensive = { ...cost, tokens: 4000, scores: 16e9, quadratic: 16e12, linear: 12e12 };
	const { container } = await render(CostTable, {
		baseline: cost,
		language: { ...expensive, quadraticShare: 16 / 28 },
		names: { baseline: 'English', language: 'Burmese' }
	});
	expect(rowsIn(container)).toEqual(
		expect.arrayContaining([
			expect.stringMatching(/^Tokens .* \| 1,000 \| 4,000 \| 4\.00×$/),
			'Price $ = n · price / 1,000,000 | – | – | –',
			'Attention scores, n² scores = layers · heads · n² source: Attention scores, n² | 1 billion | 16 billion | 16.0×',
			expect.stringMatching(/^Key\/value cache .* \| 131 MB \| 131 MB \| 1\.00×$/)
		])
	);
});

it('lists each language, and tells what is dropped in part from what is not measured yet', async () => {
	const rows = Array.from({ length: 100 }, (_, i) => ({
		language: languageOf(`l${i}`, `Language ${i}`),
		premiums: [2, null],
		dropped: [false, i === 1],
		measures: [measureOf(200), undefined]
	}));
	const series = [
		{ id: 'a', name: 'cl100k_base' },
		{ id: 'b', name: 'gemma3' }
	];
	const { container } = await render(PremiumTable, { rows, series });
	expect(rowsIn(container)).toHaveLength(100);
	expect(rowsIn(container).slice(0, 2)).toEqual([
		'Language 0 | Latin | 80 | 100 | 2.00 | 200 | – | –',
		'Language 1 | Latin | 80 | 100 | 2.00 | 200 | ∅ | –'
	]);
});
