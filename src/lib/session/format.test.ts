import { describe, expect, it } from 'vitest';
import type { Progress } from '../workers/protocol';
import {
	describeProgress,
	formatBytes,
	formatChoice,
	formatCount,
	formatDollars,
	formatList,
	formatRatio,
	formatShare,
	formatTimes,
	plural
} from './format';

describe('formatCount', () => {
	it.each([
		[0, '0'],
		[999, '999'],
		[1_234_567, '1,234,567']
	])('groups %d', (value, text) => {
		expect(formatCount(value)).toBe(text);
	});
});

describe('formatTimes', () => {
	it.each([
		[1, 'once'],
		[2, 'twice'],
		[4102, '4,102 times']
	])('writes %d as %s', (count, text) => {
		expect(formatTimes(count)).toBe(text);
	});
});

describe('formatList and formatChoice', () => {
	it('join words', () => {
		expect(formatList(['a', 'b', 'c'])).toBe('a, b and c');
		expect(formatChoice(['lines', 'whole'])).toBe('lines or whole');
	});
});

describe('formatRatio', () => {
	it('writes two decimals', () => {
		expect(formatRatio(3.294)).toBe('3.29');
		expect(formatRatio(4)).toBe('4.00');
		expect(formatRatio(1234.5)).toBe('1,234.50');
	});
});

describe('formatDollars', () => {
	it.each([
		[0, '$0'],
		[0.000_152_6, '$0.000153'],
		[0.000_000_02, '$0.0000000200'],
		[0.008_55, '$0.00855'],
		[0.013_6, '$0.0136'],
		[0.01, '$0.0100'],
		[1.5, '$1.50'],
		[12_345.678, '$12,300']
	])('writes %d with three significant digits', (value, text) => {
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
	it('agrees with the number, which is grouped', () => {
		expect(plural(1, 'token')).toBe('1 token');
		expect(plural(0, 'token')).toBe('0 tokens');
		expect(plural(1200, 'token')).toBe('1,200 tokens');
		expect(plural(2, 'entry', 'entries')).toBe('2 entries');
	});
});

it.each([
	[0, '0 bytes'],
	[1, '1 byte'],
	[999, '999 bytes'],
	[1000, '1 kB'],
	[63_960, '64 kB'],
	[999_499, '999 kB'],
	[999_500, '1.0 MB'],
	[12_345_678, '12.3 MB'],
	[999_949_999, '999.9 MB'],
	[999_950_000, '1.0 GB'],
	[1_639_100_000, '1.6 GB']
])('writes %i bytes as %s', (bytes, text) => {
	expect(formatBytes(bytes)).toBe(text);
});

it.each<[Progress, string]>([
	[
		{ phase: 'download', received: 1_234_567, total: 2_000_000 },
		'Loading the vocabulary: 1,235 kB of 2,000 kB'
	],
	[{ phase: 'download', received: 12_000, total: 0 }, 'Loading the vocabulary: 12 kB'],
	[{ phase: 'texts', received: 12_000, total: 2_200_000 }, 'Loading the texts: 12 kB of 2,200 kB'],
	[{ phase: 'prepare' }, 'Preparing the vocabulary'],
	[{ phase: 'encode', share: 0.256 }, 'Counting: 26 %'],
	[{ phase: 'count', bytes: 1_250_000, total: 100e6 }, 'Counting pre-tokens: 1.3 MB of 100.0 MB'],
	[{ phase: 'count', bytes: 1_250_000, total: 2e9 }, 'Counting pre-tokens: 1.3 MB of 2.0 GB'],
	[
		{ phase: 'merge', merges: 1200, target: 31_744, count: 5321 },
		'Merging: 1,200 of at most 31,744, this pair occurs 5,321 times'
	]
])('%o is "%s"', (progress, words) => {
	expect(describeProgress(progress)).toBe(words);
});
