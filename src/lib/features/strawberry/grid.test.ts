import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemesOf, matchesOf } from '../../tokenizers/graphemes';
import { countByToken, gridOf } from './grid';

/** Tokens that end at these bytes, each beginning where the one before it ends. */
const endingAt = (...byteEnds: number[]) => ({
	ids: byteEnds.map((_, i) => 100 + i),
	byteStarts: byteEnds.map((_, i) => (i === 0 ? 0 : byteEnds[i - 1])),
	byteEnds
});

function laid(text: string, letter: string, tokens: ReturnType<typeof endingAt>) {
	const graphemes = graphemesOf(text);
	const matches = matchesOf(graphemes, letter, 'alike');
	return { graphemes, matches, tokens };
}

function counts(text: string, letter: string, tokens: ReturnType<typeof endingAt>) {
	const { graphemes, matches } = laid(text, letter, tokens);
	const { perToken, ...others } = countByToken(graphemes, tokens, matches);
	return { perToken: [...perToken], ...others };
}

describe('countByToken', () => {
	it('says how many r’s stand in str, aw and berry', () => {
		expect(counts('strawberry', 'r', endingAt(3, 5, 10))).toEqual({ perToken: [1, 0, 2], cut: 0 });
	});

	it('gives a letter that is cut to no token', () => {
		// 草 is three bytes, cut after two.
		expect(counts('草莓', '草', endingAt(2, 3, 6))).toEqual({ perToken: [0, 0, 0], cut: 1 });
	});

	it('takes a token without bytes, a gap and overlapping tokens', () => {
		const withMark = { ids: [1, 2], byteStarts: [0, 0], byteEnds: [0, 2] };
		expect(counts('rr', 'r', withMark)).toMatchObject({ perToken: [0, 2], cut: 0 });
		const withGap = { ids: [1], byteStarts: [1], byteEnds: [2] };
		expect(counts('rr', 'r', withGap)).toMatchObject({ perToken: [1], cut: 1 });
		const overlapping = { ids: [1, 2], byteStarts: [0, 0], byteEnds: [3, 3] };
		// Taken apart by a normalizer: both tokens stand for all of it, neither holds it.
		expect(counts('™', '™', overlapping)).toMatchObject({ perToken: [0, 0], cut: 1 });
	});

	it('adds up to what a reader counts, whatever the cuts', () => {
		const text = fc.string({
			unit: fc.constantFrom('r', 'R', 'a', 'é', '草', '👩‍🚀', '각'),
			minLength: 1
		});
		fc.assert(
			fc.property(
				text,
				fc.array(fc.nat()),
				fc.constantFrom('r', '草', '👩‍🚀'),
				(word, cuts, letter) => {
					const graphemes = graphemesOf(word);
					const length = graphemes.ends.at(-1) ?? 0;
					const ends = [...new Set([...cuts.map((cut) => 1 + (cut % length)), length])];
					const tokens = endingAt(...ends.sort((a, b) => a - b));
					const matches = matchesOf(graphemes, letter, 'alike');
					const { perToken, cut } = countByToken(graphemes, tokens, matches);
					const total = matches.reduce((sum, match) => sum + match, 0);
					expect(perToken.reduce((sum, count) => sum + count, 0) + cut).toBe(total);

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
});

describe('gridOf', () => {
	it('lays letters above the tokens that hold them', () => {
		const { graphemes, matches, tokens } = laid('strawberry', 'r', endingAt(3, 5, 10));
		const grid = gridOf(graphemes, tokens, matches, 100);
		expect(
			grid.map(({ id, cells, letters }) => [
				id,
				cells.map(({ grapheme }) => graphemes.texts[grapheme]).join(''),
				letters
			])
		).toEqual([
			[100, 'str', 1],
			[101, 'aw', 0],
			[102, 'berry', 2]
		]);
	});

	it('shows a character cut where tokens cut it', () => {
		const { graphemes, matches, tokens } = laid('草r', 'r', endingAt(1, 2, 4));
		const grid = gridOf(graphemes, tokens, matches, 100);
		expect(grid.map(({ cells }) => cells)).toEqual([
			[{ grapheme: 0, byteStart: 0, byteEnd: 1, parts: 3, part: 0 }],
			[{ grapheme: 0, byteStart: 1, byteEnd: 2, parts: 3, part: 1 }],
			[
				{ grapheme: 0, byteStart: 2, byteEnd: 3, parts: 3, part: 2 },
				{ grapheme: 1, byteStart: 3, byteEnd: 4, parts: 1, part: 0 }
			]
		]);
	});

	it('lays no token once there are as many cells as asked for', () => {
		const { graphemes, matches, tokens } = laid('rrr', 'r', endingAt(1, 2, 3));
		expect(gridOf(graphemes, tokens, matches, 2)).toHaveLength(2);
	});
});
