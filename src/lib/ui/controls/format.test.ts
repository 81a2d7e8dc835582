import { describe, expect, it } from 'vitest';
import { formatCount, formatDollars, formatRatio, formatShare, plural } from './format';

describe('formatCount', () => {
	it.each([
		[0, '0'],
		[999, '999'],
		[1_234_567, '1,234,567']
	])('groups %d', (value, text) => {
		expect(formatCount(value)).toBe(text);
	});
});

describe('formatRatio', () => {
	it('gives two digits behind the point', () => {
		expect(formatRatio(3.294)).toBe('3.29');
		expect(formatRatio(4)).toBe('4.00');
		expect(formatRatio(1234.5)).toBe('1,234.50');
	});
});

describe('formatDollars', () => {
	it.each([
		[0, '$0'],
		[0.000_152_6, '$0.000153'],
		[0.000_000_02, '$0.00000002'],
		[0.009_99, '$0.00999'],
		[0.01, '$0.01'],
		[1.5, '$1.50'],
		[12_345.678, '$12,345.68']
	])('writes %d so that small amounts can be told apart', (value, text) => {
		expect(formatDollars(value)).toBe(text);
	});
});

describe('formatShare', () => {
	it.each([
		[0, '0 %'],
		[0.000_484, '0.048 %'],
		[0.1234, '12 %'],
		[1, '100 %'],
		[1.234, '123 %'],
		[12.345, '1,230 %']
	])('writes %d with the digits that matter', (share, text) => {
		expect(formatShare(share)).toBe(text);
	});
});

describe('plural', () => {
	it('fits the number, grouped', () => {
		expect(plural(1, 'token')).toBe('1 token');
		expect(plural(0, 'token')).toBe('0 tokens');
		expect(plural(1200, 'token')).toBe('1,200 tokens');
		expect(plural(2, 'entry', 'entries')).toBe('2 entries');
	});
});
