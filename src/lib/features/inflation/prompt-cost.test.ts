import { expect, it } from 'vitest';
import { Costs } from '../../session/costs.svelte';
import { MODEL_SHAPES } from './model-shapes';
import { costOf } from './prompt-cost';

const model = Object.assign(new Costs().of('none'), { price: 2.5, window: 128_000 });
const [LLAMA, GPT2] = MODEL_SHAPES;
const PRICING = { model, preset: LLAMA, baselineChars: 9000 };

it('gives four times the tokens sixteen times the scores', () => {
	const language = costOf(8000, 8000, PRICING);
	const baseline = costOf(2000, 2000, PRICING);
	expect(language.quadratic / baseline.quadratic).toBe(16);
	expect(language.scores / baseline.scores).toBe(16);
	expect(language.linear / baseline.linear).toBe(4);
	expect(language.kvBytes / baseline.kvBytes).toBe(4);
});

it('calculates price, window and cache of Llama 3 8B', () => {
	const cost = costOf(8000, 8000, PRICING);
	// 8,000 tokens at $2.5 per million; 2 · 32 layers · 8 heads · 128 wide · 8,000 tokens · 2 bytes.
	expect(cost.price).toBeCloseTo(0.02, 12);
	expect(cost.windowShare).toBe(0.0625);
	// 9,000 characters are five pages of 1,800.
	expect(cost.pages).toBe(80);
	expect(cost.kvBytes).toBe(1_048_576_000);
});

it('has no figures for an unknown price or window', () => {
	const cost = costOf(8000, 8000, { ...PRICING, model: new Costs().of('none') });
	expect([cost.price, cost.windowShare, cost.pages]).toEqual([null, null, null]);
});

it('uses a published shape and its number format', () => {
	// 2 · 12 layers · 12 heads · 64 wide · 8,000 tokens · 4 bytes.
	expect(costOf(8000, 8000, { ...PRICING, preset: GPT2 }).kvBytes).toBe(589_824_000);
});
