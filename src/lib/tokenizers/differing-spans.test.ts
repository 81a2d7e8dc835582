import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../tests/support/size';
import {
	compareBoundaries,
	compareWith,
	spanAfter,
	spanBefore,
	spanCount,
	type TokenSpans
} from './differing-spans';

/** Builds spans from pairs: `spans([0, 3], [3, 5])`. */
function spans(...pairs: readonly (readonly [number, number])[]): TokenSpans {
	return {
		byteStarts: Uint32Array.from(pairs, ([start]) => start),
		byteEnds: Uint32Array.from(pairs, ([, end]) => end)
	};
}

/** The definition taken literally: quadratic, so for small inputs only. */
function bruteForce(encodings: readonly TokenSpans[], length: number) {
	const tokens = encodings.map(({ byteStarts, byteEnds }) =>
		Array.from(byteStarts, (start, token) => ({ start, end: byteEnds[token], token }))
	);
	const shared = Array.from({ length: length + 1 }, (_, byte) => byte).filter((byte) =>
		tokens.flat().every(({ start, end }) => !(start < byte && byte < end))
	);
	const differs = tokens.map((list) => list.map(({ start, end }) => Number(start === end)));
	const differences: number[] = [];
	for (let i = 0; i + 1 < shared.length; i++) {
		const [from, to] = [shared[i], shared[i + 1]];
		const within = tokens.map((list) =>
			list.filter(({ start, end }) => start < end && start >= from && end <= to)
		);
		const written = within.map((list) => list.map(({ start, end }) => `${start}-${end}`).join());
		if (written.every((one) => one === written[0])) continue;
		differences.push(from, to);
		within.forEach((list, e) => list.forEach(({ token }) => (differs[e][token] = 1)));
	}
	if (encodings.length < 2) differs.forEach((list) => list.fill(0));
	return { differences: encodings.length < 2 ? [] : differences, differs };
}

const plain = (encodings: readonly TokenSpans[], length: number) => {
	const { differences, differs } = compareBoundaries(encodings, length);
	return { differences: [...differences], differs: differs.map((list) => [...list]) };
};

/** Encodings with gaps, overlaps and empty tokens. Starts and ends never decrease. */
const encodingOf = (length: number): fc.Arbitrary<TokenSpans> =>
	fc
		.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 })), {
			maxLength: 14
		})
		.map((steps) => {
			const pairs: [number, number][] = [];
			let start = 0;
			let end = 0;
			for (const [step, size] of steps) {
				// As in real encodings, most tokens begin where the previous one ends.
				start = step < 2 ? end : Math.min(length, start + step - 2);
				end = Math.max(end, Math.min(length, start + size));
				pairs.push([start, end]);
			}
			return spans(...pairs);
		});

const input = fc.integer({ min: 0, max: 16 }).chain((length) =>
	fc.record({
		length: fc.constant(length),
		encodings: fc.array(encodingOf(length), { minLength: 0, maxLength: 4 })
	})
);

describe('compareBoundaries', () => {
	it('equals the definition on random spans with gaps, overlaps and empty tokens', () => {
		fc.assert(
			fc.property(input, ({ encodings, length }) => {
				expect(plain(encodings, length)).toEqual(bruteForce(encodings, length));
			}),
			{ numRuns: sized(1000, 2000) }
		);
	});
});

describe('compareWith', () => {
	it('marks where each encoding differs from the base, and the base where any does', () => {
		const base = spans([0, 2], [2, 4], [4, 6], [6, 8]);
		const first = spans([0, 1], [1, 2], [2, 4], [4, 6], [6, 8]);
		const second = spans([0, 2], [2, 4], [4, 8]);
		const { differences, differs } = compareWith([first, base, second], 8, 1);
		expect([...differences]).toEqual([0, 2, 4, 8]);
		expect(differs.map((marks) => marks.join(''))).toEqual(['11000', '1011', '001']);
	});

	it('joins overlapping spans of two pairs, and keeps adjacent ones apart', () => {
		const base = spans([0, 2], [2, 4], [4, 6]);
		const overlapping = compareWith([base, spans([0, 4], [4, 6]), spans([0, 2], [2, 6])], 6, 0);
		expect([...overlapping.differences]).toEqual([0, 6]);
		const adjacent = compareWith([base, spans([0, 1], [1, 2], [2, 4], [4, 5], [5, 6])], 6, 0);
		expect([...adjacent.differences]).toEqual([0, 2, 4, 6]);
	});

	it('equals the definition for two encodings, and marks nothing without a second one', () => {
		fc.assert(
			fc.property(input, ({ encodings, length }) => {
				if (encodings.length === 0) return;
				const pair = encodings.slice(0, 2);
				const { differences, differs } = compareWith(pair, length, 0);
				const found = {
					differences: [...differences],
					differs: differs.map((marks) => [...marks])
				};
				expect(found).toEqual(bruteForce(pair, length));
			})
		);
	});
});

describe('search for differing spans', () => {
	const differences = Uint32Array.of(2, 5, 5, 6, 9, 12);

	it('counts them', () => {
		expect(spanCount(differences)).toBe(3);
		expect(spanCount(new Uint32Array(0))).toBe(0);
	});

	it('steps forward from before the text to the last span and no further', () => {
		const walked: number[] = [];
		for (let byte = -1; ;) {
			const span = spanAfter(differences, byte);
			if (span < 0) break;
			walked.push(span);
			byte = differences[2 * span];
		}
		expect(walked).toEqual([0, 1, 2]);
	});

	it('steps back from anywhere', () => {
		expect([100, 9, 5, 2, 0].map((byte) => spanBefore(differences, byte))).toEqual([
			2, 1, 0, -1, -1
		]);
	});
});
