import { expect, it } from 'vitest';
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
	isolate,
	plural,
	withoutControls
} from './format';

it.each([
	[formatCount(0), '0'],
	[formatCount(999), '999'],
	[formatCount(1_234_567), '1,234,567'],
	[formatTimes(1), 'once'],
	[formatTimes(2), 'twice'],
	[formatTimes(4102), '4,102 times'],
	[formatList(['a', 'b', 'c']), 'a, b and c'],
	[formatChoice(['lines', 'whole']), 'lines or whole'],
	[formatRatio(3.294), '3.29'],
	[formatRatio(4), '4.00'],
	[formatRatio(0.973), '0.97'],
	[formatRatio(0.004_2), '0.0042'],
	[formatRatio(9.996), '10.0'],
	[formatRatio(15.7), '15.7'],
	[formatRatio(99.96), '100'],
	[formatRatio(1234.5), '1,235'],
	[formatDollars(0), '$0'],
	[formatDollars(0.000_152_6), '$0.000153'],
	[formatDollars(0.000_000_02), '$0.0000000200'],
	[formatDollars(0.008_55), '$0.00855'],
	[formatDollars(0.01), '$0.0100'],
	[formatDollars(1.5), '$1.50'],
	[formatDollars(12_345.678), '$12,300'],
	[formatShare(0), '0%'],
	[formatShare(0.000_484), '0.048%'],
	[formatShare(0.002), '0.2%'],
	[formatShare(0.07), '7%'],
	[formatShare(0.1234), '12.3%'],
	[formatShare(0.997), '99.7%'],
	[formatShare(0.9997), 'over 99.9%'],
	[formatShare(1), '100%'],
	[formatShare(1.0001), 'over 100%'],
	[formatShare(1.2345), '123.5%'],
	[formatShare(12.345), '1,235%'],
	[plural(1, 'token'), '1 token'],
	[plural(0, 'token'), '0 tokens'],
	[plural(1200, 'token'), '1,200 tokens'],
	[plural(2, 'entry', 'entries'), '2 entries']
])('%s', (written, expected) => {
	expect(written).toBe(expected);
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
	[{ phase: 'download', received: 1_234_567, total: 2e6 }, 'vocabulary: 1.2 MB of 2.0 MB'],
	[{ phase: 'download', received: 12_000, total: 0 }, 'Loading the vocabulary: 12 kB'],
	[{ phase: 'texts', received: 12_000, total: 2_200_000 }, 'Loading the texts: 12 kB of 2.2 MB'],
	[{ phase: 'prepare' }, 'Preparing the vocabulary'],
	[{ phase: 'encode', share: 0.256 }, 'Counting: 25%'],
	[{ phase: 'count', bytes: 1_250_000, total: 100e6 }, 'Counting pre-tokens: 1.3 MB of 100.0 MB'],
	[{ phase: 'count', bytes: 1_250_000, total: 2e9 }, 'Counting pre-tokens: 1.3 MB of 2.0 GB'],
	[
		{ phase: 'merge', merges: 1200, target: 31_744, count: 5321 },
		'Merging: 1,200 of at most 31,744, this pair occurs 5,321 times'
	]
])('%o is "%s"', (progress, words) => {
	expect(describeProgress(progress)).toContain(words);
});

it('keeps the isolates of a message, and no other control character', () => {
	const message = `Opened ${isolate('שלום')}, a\u202eb\u0007.`;
	expect(withoutControls(message)).toBe('Opened \u2068שלום\u2069, ab .');
});
