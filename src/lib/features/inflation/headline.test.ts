import { describe, expect, it } from 'vitest';
import { amongWords, reasonWords, squareWords } from './headline';

describe('reasonWords', () => {
	const parts = { ratio: 1, bytesPerChar: 1, length: 1, tokensPerByte: 1 };

	it('names the parts that make a ratio, the largest first', () => {
		expect(
			reasonWords({ ratio: 15.7, bytesPerChar: 2.84, length: 1.17, tokensPerByte: 4.73 })
		).toBe(
			'vocabulary 4.73× (tokens a byte) · script 2.84× (bytes a character) · length 1.17× (characters)'
		);
	});

	it('names no morphology where the script is the reason, and no part that makes it cheaper', () => {
		expect(reasonWords({ ...parts, bytesPerChar: 2.9, length: 0.7, tokensPerByte: 1.04 })).toBe(
			'script 2.90× (bytes a character)'
		);
		expect(reasonWords(parts)).toBeNull();
	});
});

it('says of how many a language is the dearest, while not all are measured', () => {
	expect([amongWords(12, 12), amongWords(60, 1521)]).toEqual([
		'all 12',
		'the 60 of 1,521 that have a ratio'
	]);
});

it('sets the real share of the work beside the square', () => {
	const words = squareWords(
		{ tokens: 2000, quadraticShare: 0.07 },
		{ tokens: 8000, quadraticShare: 0.231 },
		'Llama 3 8B'
	);
	expect(words).toBe(
		'4.00× the tokens are 16.0× the attention scores, which are 23 % of a layer’s work at 8,000 tokens and 7 % at 2,000 tokens (Llama 3 8B)'
	);
});
