import { expect, it } from 'vitest';
import type { Progress } from '../workers/protocol';
import { wordsOfProgress } from './progress-words';

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
	[
		{ phase: 'merge', merges: 1200, target: 31_744, count: 5321 },
		'Merging: 1,200 of at most 31,744, this pair stands 5,321 times'
	]
])('%o is "%s"', (progress, words) => {
	expect(wordsOfProgress(progress)).toBe(words);
});
