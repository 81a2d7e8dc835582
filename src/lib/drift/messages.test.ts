import { describe, expect, it } from 'vitest';
import { percent, quoted } from './messages';

describe('quoted', () => {
	it('spells what cannot be told by looking', () => {
		expect(quoted('café')).toBe('"café"');
		expect(quoted('cafe\u0301')).toBe('"cafe\\u0301"');
		expect(quoted(' \ufeffa\u0085\u00a0\u3000\u200d\n')).toBe(
			'" \\ufeffa\\u0085\\u00a0\\u3000\\u200d\\n"'
		);
		expect(quoted('\u{e0041}')).toBe('"\\u{e0041}"');
		expect(quoted('नमस्ते 中文')).toBe('"नमस्ते 中文"');
	});

	it('cuts a long text at a character', () => {
		expect(quoted('😀😀😀', 2)).toBe('"😀😀…"');
	});
});

describe('percent', () => {
	it('keeps a digit that says something', () => {
		expect([percent(0, 0), percent(1, 8), percent(1, 300), percent(1, 5000)]).toEqual([
			'0 %',
			'12.5 %',
			'0.33 %',
			'0.02 %'
		]);
	});
});
