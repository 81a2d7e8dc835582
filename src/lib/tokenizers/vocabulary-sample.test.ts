import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import type { TokenizerSpec } from '../engine';
import { sameIdShare, sampleVocabulary } from './vocabulary-sample';

const shareOf = (known: TokenizerSpec, spec: TokenizerSpec) =>
	sameIdShare(sampleVocabulary(known), spec);

describe('the share of equal ids', () => {
	it('is 1 for the same vocabulary, whatever else differs', () => {
		const spec = packedSpec('gpt2');
		expect(shareOf(spec, { ...spec, normalizer: { type: 'NFC' } })).toBe(1);
	});

	it('is high for a vocabulary that extends another, and lower the more it adds', () => {
		// They share 50,257 of p50k_base's 50,281 ids, and 100,000 of llama3's 128,000.
		expect(shareOf(packedSpec('gpt2'), packedSpec('p50k_base'))).toBeGreaterThan(0.95);
		const share = shareOf(packedSpec('cl100k_base'), packedSpec('llama3'));
		expect(share).toBeGreaterThan(0.7);
		expect(share).toBeLessThan(0.85);
		expect(shareOf(packedSpec('llama3'), packedSpec('cl100k_base'))).toBeCloseTo(share, 1);
	});

	it('is near 0 for an unrelated vocabulary', () => {
		expect(shareOf(packedSpec('gpt2'), packedSpec('o200k_base'))).toBeLessThan(0.02);
	});
});
