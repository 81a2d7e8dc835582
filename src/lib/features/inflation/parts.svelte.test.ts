import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import CostTable from './CostTable.svelte';
import FairnessTable from './FairnessTable.svelte';
import PartsTable from './PartsTable.svelte';
import PremiumTable from './PremiumTable.svelte';

const cells = (container: Element, selector = 'tbody tr') =>
	[...container.querySelectorAll(selector)].map((row) =>
		[...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim())
	);

describe('PartsTable', () => {
	it('shows parts that multiply to the premium, and figures of words and bytes', async () => {
		const { container } = await render(PartsTable, {
			rowHeader: 'tokenizer',
			baseline: 'English',
			name: 'Burmese',
			rows: [
				{
					key: 'a',
					name: 'cl100k_base',
					parts: { premium: 6, bytesPerChar: 3, length: 1.25, tokensPerByte: 1.6 },
					measure: measureOf(60, { words: null, oneTokenWords: null, fallbackBytes: 50 }),
					baseline: measureOf(10)
				}
			]
		});
		expect(cells(container)).toEqual([
			['cl100k_base', '6.00 ≈', '3.00 ×', '1.25 ×', '1.60', '– (0.50)', '– (50 %)', '50 % (0 %)']
		]);
	});
});

describe('FairnessTable', () => {
	it('names the worst language of each tokenizer', async () => {
		const { container } = await render(FairnessTable, {
			baseline: 'English',
			languages: 14,
			rows: [
				{
					tokenizer: 'a',
					name: 'cl100k_base',
					languages: 12,
					median: 2.19,
					worst: 15.7,
					worstAt: 3,
					worstLanguage: languageOf('mya', 'Burmese'),
					above2: 0.5,
					above4: 0.25
				}
			]
		});
		expect(cells(container)).toEqual([
			['cl100k_base (12 of 14)', '2.19', '15.70 Burmese', '50 %', '25 %']
		]);
		expect(container.textContent).toContain('14 languages');
	});
});

describe('CostTable', () => {
	it('shows both prompts, and the ratio of their figures', async () => {
		const cost = {
			tokens: 1000,
			price: null,
			windowShare: 0.25,
			pages: 40,
			scores: 1e9,
			quadratic: 1e12,
			linear: 3e12,
			quadraticShare: 0.25,
			kvBytes: 131_072_000
		};
		const expensive = { ...cost, tokens: 4000, scores: 16e9, quadratic: 16e12, linear: 12e12 };
		const { container } = await render(CostTable, {
			baseline: cost,
			language: { ...expensive, quadraticShare: 16 / 28 },
			names: { baseline: 'English', language: 'Burmese' }
		});
		const lines = new Map(cells(container).map(([what, ...rest]) => [what, rest]));
		expect(lines.get('Tokens')).toEqual(['1,000', '4,000', '4.00×']);
		expect(lines.get('Price')).toEqual(['–', '–', '–']);
		expect(lines.get('Attention scores (n²)')).toEqual(['1 billion', '16 billion', '16.00×']);
		expect(lines.get('All work of reading the prompt')).toEqual(['4 TFLOP', '28 TFLOP', '7.00×']);
		expect(lines.get('n² share')).toEqual(['25 %', '57 %', '']);
		expect(lines.get('Key/value cache')).toEqual(['131 MB', '131 MB', '1.00×']);
	});
});

describe('PremiumTable', () => {
	const rows = Array.from({ length: 100 }, (_, i) => ({
		language: languageOf(`l${i}`, `Language ${i}`),
		premiums: [2, null],
		dropped: [false, i === 1],
		measures: [measureOf(200, { partTokens: [80, 120, 200] }), undefined]
	}));
	const series = [
		{ id: 'a', name: 'cl100k_base' },
		{ id: 'b', name: 'gemma3' }
	];

	it('shows one page of rows at a time', async () => {
		const { container, getByRole } = await render(PremiumTable, {
			rows,
			series,
			budget: 150,
			order: { tokenizer: 0 },
			onorder: vi.fn(),
			onchoose: vi.fn()
		});
		expect(cells(container)).toHaveLength(40);
		expect(cells(container)[0]).toEqual([
			'Language 0',
			'Latin',
			'80',
			'100',
			'2.00',
			'200',
			'2',
			'–',
			'–',
			'–'
		]);
		// Dropped in part differs from not measured yet.
		expect(cells(container)[1].slice(7)).toEqual(['∅', '–', '–']);
		await getByRole('button', { name: 'Next page' }).click();
		await getByRole('button', { name: 'Next page' }).click();
		expect(container.textContent).toContain('81–100 of 100 languages');
		expect(cells(container)).toHaveLength(20);
	});

	it('sorts by the pressed column, and explains the pressed language', async () => {
		const onorder = vi.fn();
		const onchoose = vi.fn();
		const order = { tokenizer: 0 };
		const { getByRole } = await render(PremiumTable, {
			rows,
			series,
			budget: 1,
			order,
			onorder,
			onchoose
		});
		await getByRole('button', { name: 'gemma3' }).click();
		await getByRole('button', { name: 'language', exact: true }).click();
		await getByRole('button', { name: 'Language 7', exact: true }).click();
		expect(onorder.mock.calls).toEqual([[{ tokenizer: 1 }], ['name']]);
		expect(onchoose.mock.calls).toEqual([['l7']]);
	});
});
