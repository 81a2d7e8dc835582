import { describe, expect, it } from 'vitest';
import { page, stated, type Model } from './catalogue/shared/descriptor';
import { kindOf, modelPresets, presetSources, priceOfCalls } from './offered-models';

const PRICES = page('https://example.org/prices', '2026-01-02');
const DOCS = page('https://example.org/docs', '2026-03-04');
const model = (name: string, facts: Partial<Model> = {}): Model => ({
	name,
	maker: 'maker',
	...DOCS,
	...facts
});
const OPEN = model('open', stated(DOCS, { contextWindow: 100, released: '2025-05' }));
const NEWER = model('newer', stated(DOCS, { contextWindow: 100, released: '2025-06-01' }));
const CHEAP = model('cheap', stated(PRICES, { contextWindow: 10, price: [1, 2] }));
const DEAR = model('dear', {
	...stated(PRICES, { price: [9] }),
	...stated(DOCS, { contextWindow: 20 })
});
const EMBEDDING = model('embedding', { ...stated(PRICES, { price: [0.1] }), isEmbedding: true });
const ENDING = model('ending', stated(PRICES, { price: [0.2], retired: '2026-12-11' }));
const names = (models: Model[], today = '2026-12-10') =>
	modelPresets(models, today).map(({ name }) => name);

describe('modelPresets', () => {
	it('begins with the cheapest, and with the newest of those without a price', () => {
		expect(names([OPEN, NEWER, DEAR, CHEAP])).toEqual(['cheap', 'dear', 'newer', 'open']);
	});

	it('has embedding models after those for chats, and a model last from the day it is retired', () => {
		const models = [ENDING, EMBEDDING, DEAR];
		expect(names(models, '2026-12-10')).toEqual(['ending', 'dear', 'embedding']);
		expect(names(models, '2026-12-11')).toEqual(['dear', 'embedding', 'ending']);
		expect(kindOf(ENDING, '2026-12-11')).toBe('retired');
	});

	it('leaves out models of which no source states a price or a window', () => {
		expect(names([model('unknown'), OPEN])).toEqual(['open']);
	});
});

it('names each source of price and window once', () => {
	expect(presetSources(CHEAP)).toEqual([PRICES]);
	expect(presetSources(DEAR)).toEqual([PRICES, DOCS]);
});

it('charges a call above the length of a tier for all of its tokens', () => {
	// GPT-5.4 on OpenAI's price list: $2.50 per million tokens, and $5 if the input exceeds 272,000 tokens.
	const price = { inputPerMillion: 2.5, above: { tokens: 272_000, inputPerMillion: 5 } };
	expect(priceOfCalls(price, 272_000)).toBe(0.68);
	expect(priceOfCalls(price, 300_000)).toBe(1.5);
});
