import { describe, expect, it } from 'vitest';
import { formatPercent, quote } from './messages';

describe('quote', () => {
	it('spells what cannot be told by looking', () => {
		expect(quote('café')).toBe('"café"');
		expect(quote('cafe\u0301')).toBe('"cafe\\u0301"');
		expect(quote(' \ufeffa\u0085\u00a0\u3000\u200d\n')).toBe(
			'" \\ufeffa\\u0085\\u00a0\\u3000\\u200d\\n"'
		);
		expect(quote('\u{e0041}')).toBe('"\\u{e0041}"');
		expect(quote('नमस्ते 中文')).toBe('"नमस्ते 中文"');
	});

	it('cuts a long text at a character', () => {
		expect(quote('😀😀😀', 2)).toBe('"😀😀…"');
	});
});

describe('formatPercent', () => {
	it('keeps a digit that says something', () => {
		expect([
			formatPercent(0, 0),
			formatPercent(1, 8),
			formatPercent(1, 300),
			formatPercent(1, 5000)
		]).toEqual(['0 %', '12.5 %', '0.33 %', '0.02 %']);
	});
});
