import { describe, expect, it } from 'vitest';
import { MODEL_SHAPES } from './model-shapes';
import { Spending } from './spending.svelte';

const QUESTION = {
	prompt: 2000,
	ratio: 4,
	declarationTokens: 8000,
	baselineChars: 9000,
	pricePerMillion: 2.5,
	window: 128_000
};

describe('Spending', () => {
	it('has the square beside the linear part: four times the tokens, sixteen times the scores', () => {
		const spending = new Spending();
		const language = spending.of(QUESTION);
		const baseline = spending.of({ ...QUESTION, ratio: 1 });
		expect(language.quadratic / baseline.quadratic).toBe(16);
		expect(language.scores / baseline.scores).toBe(16);
		expect(language.linear / baseline.linear).toBe(4);
		expect(language.kvBytes / baseline.kvBytes).toBe(4);
	});

	it('reckons money, window and cache of Llama 3 8B', () => {
		const cost = new Spending().of(QUESTION);
		// 8,000 tokens at $2.5 a million; 2 · 32 layers · 8 heads · 128 wide · 8,000 tokens · 2 bytes.
		expect(cost.price).toBeCloseTo(0.02, 12);
		expect(cost.windowShare).toBe(0.0625);
		// 9,000 characters are five pages of 1,800.
		expect(cost.pages).toBe(80);
		expect(cost.kvBytes).toBe(1_048_576_000);
	});

	it('says nothing of a price or a window that nobody has said', () => {
		const cost = new Spending().of({ ...QUESTION, pricePerMillion: null, window: null });
		expect([cost.price, cost.windowShare, cost.pages]).toEqual([null, null, null]);
	});

	it('takes a published shape with its numbers, and own figures over it', () => {
		const spending = new Spending();
		spending.choose('GPT-2 (124M)');
		expect([spending.preset?.name, spending.format.name]).toEqual(['GPT-2 (124M)', 'float32']);
		// Weights of a layer 768 · (4 · 768 + 2 · 3072), over 2 · 768.
		expect(spending.evenLength).toBe(4608);
		spending.setField('layers', 24);
		expect([spending.preset, spending.shape.layers, spending.shape.heads]).toEqual([null, 24, 12]);
		spending.setFormat('8 bits');
		expect(spending.format.bytes).toBe(1);
		spending.choose('no such model');
		expect(spending.shape.layers).toBe(24);
	});
});

it('every published shape has heads that its key and value heads divide', () => {
	for (const { name, shape, source } of MODEL_SHAPES) {
		expect(shape.heads % shape.kvHeads, name).toBe(0);
		expect(source, name).toMatch(/^https:/);
	}
});
