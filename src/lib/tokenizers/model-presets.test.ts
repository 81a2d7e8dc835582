import { describe, expect, it } from 'vitest';
import { page, stated, type Model } from './catalogue/shared/descriptor';
import { modelPresets } from './model-presets';

const PRICES = page('https://example.org/prices', '2026-01-02');
const DOCS = page('https://example.org/docs', '2026-03-04');
const model = (name: string, facts: Partial<Model> = {}): Model => ({
	name,
	maker: 'maker',
	...DOCS,
	...facts
});
const OPEN = model('open', stated(DOCS, { contextWindow: 100 }));
const CHEAP = model('cheap', stated(PRICES, { contextWindow: 10, price: [1, 2] }));
const DEAR = model('dear', {
	...stated(PRICES, { price: [9] }),
	...stated(DOCS, { contextWindow: 20 })
});
const names = (models: Model[], defaultModel?: string) =>
	modelPresets({ models, defaultModel }).map((preset) => preset.model);

describe('modelPresets', () => {
	it('begins with the default model, or else with the first that has a price', () => {
		expect(names([OPEN, CHEAP, DEAR])).toEqual(['cheap', 'open', 'dear']);
		expect(names([OPEN, CHEAP, DEAR], 'dear')).toEqual(['dear', 'open', 'cheap']);
		expect(names([OPEN])).toEqual(['open']);
	});

	it('leaves out models of which no source states a price or a window', () => {
		expect(names([model('unknown'), OPEN])).toEqual(['open']);
		expect(names([model('unknown')])).toEqual([]);
	});

	it('names each source of price and window once', () => {
		const [cheap, dear] = modelPresets({ models: [CHEAP, DEAR] });
		expect(cheap).toEqual({
			model: 'cheap',
			inputPerMillion: 1,
			contextWindow: 10,
			sources: [PRICES]
		});
		expect(dear.sources.map(({ source }) => source)).toEqual([PRICES.source, DOCS.source]);
	});
});
