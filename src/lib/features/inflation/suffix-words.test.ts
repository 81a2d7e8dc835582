import { expect, it } from 'vitest';
import { compareBoundaries } from './suffix-words';

it.each([
	// ·ev|leri|miz: one of two boundaries, and one inside a suffix.
	[['ev', 'ler', 'imiz'], [3, 7, 10], { suffixes: 2, matched: 1, inside: 1 }],
	[['ev', 'ler', 'imiz'], [10], { suffixes: 2, matched: 0, inside: 0 }],
	// A token that is only the space does not count.
	[['ev', 'ler', 'imiz'], [1, 3, 6, 10], { suffixes: 2, matched: 2, inside: 0 }],
	// Letters of several bytes.
	[['ház', 'ai'], [5, 7], { suffixes: 1, matched: 1, inside: 0 }]
])('counts tokens of %j that end at suffixes and inside parts: %j', (parts, ends, boundaries) => {
	const word = { parts: parts.map((text) => ({ text, meaning: '' })) };
	expect(compareBoundaries(word, Uint32Array.from(ends))).toEqual(boundaries);
});
