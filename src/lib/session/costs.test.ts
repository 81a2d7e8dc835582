import { expect, it } from 'vitest';
import { Costs, ModelCost } from './costs.svelte';

/** A date on which Claude 2 was still available. */
const IN_2024 = '2024-07-01';
const NOW = '2026-11-30';
const claude2 = () => new ModelCost('claude-legacy', new Costs(), IN_2024);

it('has the models of a tokenizer that have figures, and starts with the first', () => {
	const cost = claude2();
	expect(cost.presets.map(({ name }) => name)).toEqual(['Claude 2.1', 'Claude 2.0']);
	expect([cost.preset?.name, cost.price, cost.window]).toEqual(['Claude 2.1', 8, 200_000]);
});

it('starts with no retired model', () => {
	expect(new ModelCost('o200k_base', new Costs(), '2026-12-10').preset?.name).toBe('GPT-5 nano');
	expect(new ModelCost('o200k_base', new Costs(), '2026-12-11').preset?.name).toBe('GPT-4o mini');
	const cost = new ModelCost('mistral-tekken', new Costs(), NOW);
	expect([cost.preset, cost.price, cost.window]).toEqual([null, null, null]);
	cost.choose('Mistral Nemo');
	expect([cost.price, cost.preset?.name]).toEqual([0.15, 'Mistral Nemo']);
});

it('replaces edited figures by those of another preset, or of none', () => {
	const cost = claude2();
	cost.price = 99;
	cost.choose('Claude 2.0');
	expect([cost.preset?.name, cost.price, cost.window]).toEqual(['Claude 2.0', 8, 100_000]);
	cost.choose('GPT-4o');
	expect([cost.preset, cost.price, cost.window]).toEqual([null, null, null]);
});

it('leaves the price empty if the maker sets none', () => {
	const cost = new ModelCost('qwen3.5', new Costs(), NOW);
	expect(cost.preset?.name).toBe('Qwen3.5');
	expect(cost.price).toBeNull();
	expect(cost.priceOf(1000)).toBeNull();
	expect(cost.window).toBe(262_144);
});

it('uses the price of long calls where a text reaches it, unless the price was edited', () => {
	const cost = new ModelCost('o200k_base', new Costs(), NOW);
	cost.choose('GPT-5.4');
	expect([cost.priceOf(200_000), cost.priceOf(400_000)]).toEqual([0.5, 2]);
	cost.price = 1;
	expect(cost.priceOf(400_000)).toBe(0.4);
});

it('computes the price per million tokens and the share of the window, which may be empty', () => {
	const none = new ModelCost('p50k_edit', new Costs(), NOW);
	expect([none.preset, none.priceOf(10), none.shareOf(10)]).toEqual([null, null, null]);
	const cost = claude2();
	expect([cost.priceOf(125_000), cost.priceOf(0), cost.shareOf(300_000)]).toEqual([1, 0, 1.5]);
	cost.window = 0;
	expect(cost.shareOf(10)).toBeNull();
});

it('collects what differs from the first preset', () => {
	const costs = new Costs();
	const claude = new ModelCost('claude-legacy', costs, IN_2024);
	claude.choose('Claude 2.0');
	claude.price = null;
	costs.of('p50k_edit').window = 1000;
	expect(costs).toMatchObject({
		priceOf: new Map([['claude-legacy', 'Claude 2.0']]),
		price: new Map([['claude-legacy', 'none']]),
		window: new Map([['p50k_edit', 1000]])
	});
	claude.price = 8;
	expect([costs.price.size, claude.price]).toEqual([0, 8]);
	claude.choose('Claude 2.1');
	expect([costs.priceOf.size, claude.price]).toEqual([0, 8]);
});
