import { describe, expect, it } from 'vitest';
import { Costs, ModelCost } from './costs.svelte';

/** A day on which Claude 2 was still served. */
const IN_2024 = '2024-07-01';
const NOW = '2026-11-30';
const claude2 = () => new ModelCost('claude-legacy', IN_2024);

describe('presets', () => {
	const presetsOf = (tokenizer: string) => new ModelCost(tokenizer, NOW).presets;

	it('lists the models of a tokenizer that have figures, and no others', () => {
		expect(presetsOf('claude-legacy').map(({ name }) => name)).toEqual([
			'Claude 2.1',
			'Claude 2.0'
		]);
		expect(presetsOf('p50k_edit')).toEqual([]);
		expect(presetsOf('no-such')).toEqual([]);
	});
});

describe('ModelCost', () => {
	it('starts with the first preset', () => {
		const cost = claude2();
		expect(cost.preset?.name).toBe('Claude 2.1');
		expect(cost.price).toBe(8);
		expect(cost.window).toBe(200_000);
	});

	it('starts with no retired model', () => {
		expect(new ModelCost('o200k_base', '2026-12-10').preset?.name).toBe('GPT-5 nano');
		expect(new ModelCost('o200k_base', '2026-12-11').preset?.name).toBe('GPT-4o mini');
		const cost = new ModelCost('mistral-tekken', NOW);
		expect([cost.preset, cost.price, cost.window]).toEqual([null, null, null]);
		cost.choose('Mistral Nemo');
		expect(cost.price).toBe(0.15);
		expect(cost.changes.priceOf).toBe('Mistral Nemo');
	});

	it('replaces edited figures by those of another preset', () => {
		const cost = claude2();
		cost.price = 99;
		cost.choose('Claude 2.0');
		expect(cost.preset?.name).toBe('Claude 2.0');
		expect(cost.price).toBe(8);
		expect(cost.window).toBe(100_000);
	});

	it('leaves the price empty if the maker sets none', () => {
		const cost = new ModelCost('qwen3.5', NOW);
		expect(cost.preset?.name).toBe('Qwen3.5');
		expect(cost.price).toBeNull();
		expect(cost.priceOf(1000)).toBeNull();
		expect(cost.window).toBe(262_144);
	});

	it('uses the price of long calls where a text reaches it, unless the price was edited', () => {
		const cost = new ModelCost('o200k_base', NOW);
		cost.choose('GPT-5.4');
		expect([cost.priceOf(200_000), cost.priceOf(400_000)]).toEqual([0.5, 2]);
		cost.price = 1;
		expect(cost.priceOf(400_000)).toBe(0.4);
	});

	it('has a cost for every preset, its own with what was edited', () => {
		const cost = claude2();
		cost.price = 99;
		expect(cost.all.map(({ preset, price }) => [preset?.name, price])).toEqual([
			['Claude 2.1', 99],
			['Claude 2.0', 8]
		]);
	});

	it('has no figures for a tokenizer without presets until they are entered', () => {
		const cost = new ModelCost('p50k_edit', NOW);
		expect([cost.preset, cost.price, cost.window]).toEqual([null, null, null]);
		expect([cost.priceOf(10), cost.shareOf(10)]).toEqual([null, null]);
		cost.price = 2;
		cost.window = 1000;
		expect(cost.priceOf(1_500_000)).toBe(3);
		expect(cost.shareOf(250)).toBe(0.25);
	});

	it('computes the price per million tokens and the share of the window', () => {
		const cost = claude2();
		expect(cost.priceOf(125_000)).toBe(1);
		expect(cost.priceOf(0)).toBe(0);
		expect(cost.shareOf(300_000)).toBe(1.5);
	});

	it('has no share of an empty window', () => {
		const cost = claude2();
		cost.window = 0;
		expect(cost.shareOf(10)).toBeNull();
	});

	it('clears the figures for an unknown model', () => {
		const cost = claude2();
		cost.choose('GPT-4o');
		expect([cost.preset, cost.price, cost.window]).toEqual([null, null, null]);
	});
});

describe('Costs', () => {
	it('keeps the figures of each tokenizer', () => {
		const costs = new Costs();
		costs.of('gpt2').price = 5;
		expect(costs.of('gpt2').price).toBe(5);
		expect(costs.of('p50k_base').price).toBeNull();
	});

	it('collects what differs from the first preset, and applies it elsewhere', () => {
		const costs = new Costs();
		costs.of('claude-legacy').choose('Claude 2.0');
		costs.of('claude-legacy').price = null;
		costs.of('p50k_edit').window = 1000;
		const link = costs.linkOf(['claude-legacy', 'p50k_edit', 'gpt2']);
		expect(link).toEqual({
			priceOf: new Map([['claude-legacy', 'Claude 2.0']]),
			price: new Map([['claude-legacy', 'none']]),
			window: new Map([['p50k_edit', 1000]])
		});
		const opened = new Costs();
		opened.of('p50k_edit').price = 7;
		expect(opened.take(link)).toEqual([]);
		expect(opened.of('claude-legacy').price).toBeNull();
		expect(opened.of('p50k_edit')).toMatchObject({ price: null, window: 1000 });
	});

	it('names a tokenizer with an unknown model, and uses its first', () => {
		const costs = new Costs();
		costs.of('claude-legacy').price = 99;
		const priceOf = new Map([['claude-legacy', 'Claude 9']]);
		expect(costs.take({ priceOf, price: new Map(), window: new Map() })).toEqual(['claude-legacy']);
		expect(costs.of('claude-legacy').price).toBeNull();
	});
});
