import { expect, it } from 'vitest';
import { CostCalculator } from './cost-calculator.svelte';
import { Costs } from '../../session/costs.svelte';

const model = Object.assign(new Costs().of('none'), { price: 2.5, window: 128_000 });
const LLAMA = { prompt: 2000, model: 'Llama 3 8B' };
const QUESTION = { premium: 4, declarationTokens: 8000, baselineChars: 9000, model };

it('gives four times the tokens sixteen times the scores', () => {
	const calculator = new CostCalculator(LLAMA);
	const language = calculator.costOf(QUESTION);
	const baseline = calculator.costOf({ ...QUESTION, premium: 1 });
	expect(language.quadratic / baseline.quadratic).toBe(16);
	expect(language.scores / baseline.scores).toBe(16);
	expect(language.linear / baseline.linear).toBe(4);
	expect(language.kvBytes / baseline.kvBytes).toBe(4);
});

it('calculates price, window and cache of Llama 3 8B', () => {
	const cost = new CostCalculator(LLAMA).costOf(QUESTION);
	// 8,000 tokens at $2.5 per million; 2 · 32 layers · 8 heads · 128 wide · 8,000 tokens · 2 bytes.
	expect(cost.price).toBeCloseTo(0.02, 12);
	expect(cost.windowShare).toBe(0.0625);
	// 9,000 characters are five pages of 1,800.
	expect(cost.pages).toBe(80);
	expect(cost.kvBytes).toBe(1_048_576_000);
});

it('has no figures for an unknown price or window', () => {
	const cost = new CostCalculator(LLAMA).costOf({ ...QUESTION, model: new Costs().of('none') });
	expect([cost.price, cost.windowShare, cost.pages]).toEqual([null, null, null]);
});

it('uses a published shape and its number format', () => {
	const calculator = new CostCalculator({ ...LLAMA, model: 'GPT-2 (124M)' });
	// 2 · 12 layers · 12 heads · 64 wide · 8,000 tokens · 4 bytes.
	expect(calculator.costOf(QUESTION).kvBytes).toBe(589_824_000);
	// Weights of a layer 768 · (4 · 768 + 2 · 3072), over 2 · 768.
	expect(calculator.evenLength).toBe(4608);
});
