import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import type { Encoding } from '../../engine';
import { graphemesOf, matchesOf } from '../../tokenizers/graphemes';
import { countByToken, gridOf } from './letter-grid';

const spans = (...of: [start: number, end: number][]): Encoding => ({
	ids: Uint32Array.from(of, (_, i) => 1 + i),
	byteStarts: Uint32Array.from(of, ([start]) => start),
	byteEnds: Uint32Array.from(of, ([, end]) => end)
});

function lay(text: string, letter: string, tokens: Encoding) {
	const graphemes = graphemesOf(text);
	const matches = matchesOf(graphemes, letter, 'alike');
	return { graphemes, matches, tokens };
}

function counts(text: string, letter: string, tokens: Encoding) {
	const { graphemes, matches } = lay(text, letter, tokens);
	const { perToken, ...others } = countByToken(graphemes, tokens, matches);
	return { perToken: [...perToken], ...others };
}

it('counts the r’s in str, aw and berry, and a split letter for no token', () => {
	const strawberry = counts('strawberry', 'r', endingAt(3, 5, 10));
	expect(strawberry).toEqual({ perToken: [1, 0, 2], split: 0 });
	// 草 is three bytes, split after two.
	expect(counts('草莓', '草', endingAt(2, 3, 6))).toEqual({ perToken: [0, 0, 0], split: 1 });
});

it('accepts a token without bytes, a gap and overlapping tokens', () => {
	const withMark = spans([0, 0], [0, 2]);
	expect(counts('rr', 'r', withMark)).toMatchObject({ perToken: [0, 2], split: 0 });
	const withGap = spans([1, 2]);
	expect(counts('rr', 'r', withGap)).toMatchObject({ perToken: [1], split: 1 });
	const overlapping = spans([0, 3], [0, 3]);
	// Decomposed by a normalizer: both tokens span all of it, neither holds it alone.
	expect(counts('™', '™', overlapping)).toMatchObject({ perToken: [0, 0], split: 1 });
});

it('adds up to what a reader counts, whatever the split', () => {
	const text = fc.string({
		unit: fc.constantFrom('r', 'R', 'a', 'é', '草', '👩‍🚀', '각'),
		minLength: 1
	});
	fc.assert(
		fc.property(
			text,
			fc.array(fc.nat()),
			fc.constantFrom('r', '草', '👩‍🚀'),
			(word, boundaries, letter) => {
				const graphemes = graphemesOf(word);
				const length = graphemes.ends.at(-1) ?? 0;
				const ends = [...new Set([...boundaries.map((at) => 1 + (at % length)), length])];
				const tokens = endingAt(...ends.sort((a, b) => a - b));
				const matches = matchesOf(graphemes, letter, 'alike');
				const { perToken, split } = countByToken(graphemes, tokens, matches);
				const total = matches.reduce((sum, match) => sum + match, 0);
				expect(perToken.reduce((sum, count) => sum + count, 0) + split).toBe(total);

				const grid = gridOf(graphemes, tokens, matches, Infinity);
				expect(grid.map(({ letters }) => letters)).toEqual([...perToken]);
				// Every byte is shown once, in order.
				const cells = grid.flatMap((token) => token.cells);
				expect(cells.map(({ byteEnd }) => byteEnd).at(-1)).toBe(length);
				cells.forEach(({ byteStart }, i) =>
					expect(byteStart).toBe(i === 0 ? 0 : cells[i - 1].byteEnd)
				);
			}
		)
	);
});

it('lists the letters that each token holds, and splits a character where the tokens do', () => {
	const { graphemes, matches, tokens } = lay('草rst', 'r', endingAt(1, 2, 4, 6));
	const grid = gridOf(graphemes, tokens, matches, 100);
	expect(grid.map(({ id, letters }) => [id, letters])).toEqual([
		[100, 0],
		[101, 0],
		[102, 1],
		[103, 0]
	]);
	expect(grid.slice(1, 3).map(({ cells }) => cells)).toEqual([
		[{ grapheme: 0, byteStart: 1, byteEnd: 2, parts: 3, part: 1 }],
		[
			{ grapheme: 0, byteStart: 2, byteEnd: 3, parts: 3, part: 2 },
			{ grapheme: 1, byteStart: 3, byteEnd: 4, parts: 1, part: 0 }
		]
	]);
	const last = grid[3].cells.map(({ grapheme }) => graphemes.texts[grapheme]);
	expect(last).toEqual(['s', 't']);
});

it('adds no token once the limit of cells is reached', () => {
	const { graphemes, matches, tokens } = lay('rrr', 'r', endingAt(1, 2, 3));
	expect(gridOf(graphemes, tokens, matches, 2)).toHaveLength(2);
});
