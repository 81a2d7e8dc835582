import { describe, expect, it } from 'vitest';
import {
	attentionCost,
	evenLength,
	kvCacheBytes,
	layerWeights,
	pagesInWindow
} from './attention-cost';
import type { ModelShape } from './types';

/** Source: https://arxiv.org/abs/2407.21783, table 3. */
const LLAMA_3_8B: ModelShape = {
	...{ layers: 32, hidden: 4096, heads: 32, kvHeads: 8, headDim: 128 },
	...{ ffn: 14336, ffnMatrices: 3 }
};
/** Source: https://arxiv.org/abs/2005.14165, table 2.1. */
const GPT_3: ModelShape = {
	...{ layers: 96, hidden: 12288, heads: 96, kvHeads: 96, headDim: 128 },
	...{ ffn: 49152, ffnMatrices: 2 }
};
/** OPT-13B (https://arxiv.org/abs/2205.01068, table 1). */
const OPT_13B: ModelShape = {
	...{ layers: 40, hidden: 5120, heads: 40, kvHeads: 40, headDim: 128 },
	...{ ffn: 20480, ffnMatrices: 2 }
};

describe('a context window', () => {
	it('holds pages that are as long as the baseline’s in every language', () => {
		// 80 copies of 9,000 characters (5 pages each); half as many in a language that needs twice the tokens.
		expect(pagesInWindow(1600, 128_000, 9000)).toBe(400);
		expect(pagesInWindow(3200, 128_000, 9000)).toBe(200);
		expect(pagesInWindow(256_000, 128_000, 1800)).toBe(0.5);
		expect(pagesInWindow(0, 128_000, 9000)).toBe(Infinity);
	});
});

describe('layerWeights', () => {
	it('gives the published number of parameters of Llama 3 8B', () => {
		// The published weights have 8,030,261,248 parameters, including input and output embeddings and 65 norms.
		const embeddings = 2 * 128_256 * 4096;
		const norms = 65 * 4096;
		expect(32 * layerWeights(LLAMA_3_8B) + embeddings + norms).toBe(8_030_261_248);
	});

	it('is 12 · hidden² for plain heads and a feed-forward of four times the width', () => {
		// Kaplan et al. 2020, table 1: N = 12 · layers · d², which is 174 billion for GPT-3.
		expect(layerWeights(GPT_3)).toBe(12 * 12288 ** 2);
		expect(96 * layerWeights(GPT_3)).toBe(173_946_175_488);
	});
});

describe('attentionCost', () => {
	it('gives the figures of a worked example', () => {
		// One layer, two heads of width 4, hidden 8, feed-forward 16; 10 tokens.
		// Scores 2 · 10² = 200; 4 · 200 · 4 = 3200. Weights 4 · 8 · 8 + 2 · 8 · 16 = 512; 2 · 512 · 10 = 10240.
		const shape: ModelShape = {
			...{ layers: 1, hidden: 8, heads: 2, kvHeads: 2, headDim: 4 },
			...{ ffn: 16, ffnMatrices: 2 }
		};
		expect(attentionCost(10, shape)).toEqual({
			scores: 200,
			quadratic: 3200,
			linear: 10_240,
			quadraticShare: 3200 / 13_440
		});
	});

	it('splits the work into halves at the even length', () => {
		// 218,103,808 / (2 · 4096) = 26,624 tokens.
		expect(evenLength(LLAMA_3_8B)).toBe(26_624);
		expect(attentionCost(26_624, LLAMA_3_8B).quadraticShare).toBe(0.5);
		expect(attentionCost(0, LLAMA_3_8B).quadraticShare).toBe(0);
	});
});

describe('kvCacheBytes', () => {
	it('gives the published 800 KB per token of OPT-13B, and 1.6 GB for 2048 tokens', () => {
		// Kwon et al. 2023, section 3: 2 · 5120 · 40 · 2 bytes.
		expect(kvCacheBytes(1, OPT_13B, 2)).toBe(800 * 1024);
		expect(kvCacheBytes(2048, OPT_13B, 2) / 2 ** 30).toBeCloseTo(1.56, 2);
	});

	it('is a quarter if four query heads share a key/value head', () => {
		const plain = { ...LLAMA_3_8B, kvHeads: 32 };
		expect(kvCacheBytes(1, LLAMA_3_8B, 2)).toBe(128 * 1024);
		expect(kvCacheBytes(1, plain, 2)).toBe(512 * 1024);
	});
});
