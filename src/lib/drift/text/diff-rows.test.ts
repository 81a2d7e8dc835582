import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensAt } from '../../../../tests/support/encodings';
import { endingAt } from '../../../../tests/support/fake-calls';
import { SpanState } from './align';
import { differencesOf, diffRows } from './diff-rows';

const { sameIds, otherIds, otherSplit } = SpanState;
const range = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => from + i + 1);

/** Builds AlignedSpans from pairs of end and state. */
const stretches = (...list: [number, SpanState][]) => ({
	ends: Uint32Array.from(list, ([end]) => end),
	states: Uint8Array.from(list, ([, state]) => state)
});

const spans = (rows: ReturnType<typeof diffRows>) =>
	rows.map(({ kind, start, end }) => [kind, start, end]);

describe('diffRows', () => {
	it('keeps three tokens around a difference and hides the rest', () => {
		// 40 one-byte tokens. A has "20..22" as one token.
		const a = endingAt(...range(0, 20), 22, ...range(22, 40));
		const b = endingAt(...range(0, 40));
		const rows = diffRows(a, b, stretches([20, sameIds], [22, otherSplit], [40, sameIds]));
		expect(spans(rows)).toEqual([
			['alike', 0, 17],
			['tokens', 17, 25],
			['alike', 25, 40]
		]);
		expect(rows[1]).toMatchObject({ fromA: 17, toA: 24, fromB: 17, toB: 25 });
	});

	it('hides no run of fewer than four tokens', () => {
		const ends = range(0, 13);
		const alignment = stretches([2, otherSplit], [11, sameIds], [13, otherSplit]);
		const a = endingAt(2, ...ends.slice(2, 11), 13);
		expect(spans(diffRows(a, endingAt(...ends), alignment))).toEqual([['tokens', 0, 13]]);
		const longer = range(0, 14);
		const four = stretches([2, otherSplit], [12, sameIds], [14, otherSplit]);
		const other = endingAt(2, ...longer.slice(2, 12), 14);
		expect(spans(diffRows(other, endingAt(...longer), four))).toEqual([
			['tokens', 0, 5],
			['alike', 5, 9],
			['tokens', 9, 14]
		]);
	});

	it('divides a text that differs everywhere into rows', () => {
		const a = endingAt(...range(0, 100));
		expect(spans(diffRows(a, a, stretches([100, otherIds])))).toEqual([
			['tokens', 0, 40],
			['tokens', 40, 80],
			['tokens', 80, 100]
		]);
	});

	it('shows the beginning of a text without differences', () => {
		const [short, long] = [endingAt(...range(0, 10)), endingAt(...range(0, 100))];
		expect(spans(diffRows(short, short, stretches([10, sameIds])))).toEqual([['tokens', 0, 10]]);
		expect(spans(diffRows(long, long, stretches([100, sameIds])))).toEqual([
			['tokens', 0, 40],
			['alike', 40, 100]
		]);
		expect(diffRows(endingAt(), endingAt(), stretches())).toEqual([]);
	});

	it('keeps tokens without bytes, at the beginning and at the end', () => {
		const a = tokensAt([1, 0, 0], [2, 0, 5], [3, 5, 5]);
		const rows = diffRows(a, endingAt(5), stretches([5, otherSplit]));
		expect(rows).toEqual([
			{ kind: 'tokens', fromA: 0, toA: 3, fromB: 0, toB: 1, start: 0, end: 5 }
		]);
	});

	it('has every token once and every byte once, whatever the stretches', () => {
		const stretch = fc.record({
			state: fc.constantFrom(sameIds, otherIds, otherSplit),
			tokens: fc.integer({ min: 1, max: 60 })
		});
		fc.assert(
			fc.property(fc.array(stretch, { maxLength: 12 }), (list) => {
				const ends = { a: [] as number[], b: [] as number[] };
				const marks: [number, SpanState][] = [];
				let byte = 0;
				for (const { state, tokens } of list) {
					for (let i = 0; i < tokens; i++) {
						byte += 2;
						if (state === otherSplit) ends.b.push(byte - 1);
						ends.a.push(byte);
						ends.b.push(byte);
					}
					marks.push([byte, state]);
				}
				const a = endingAt(...ends.a);
				const b = endingAt(...ends.b);
				const rows = diffRows(a, b, stretches(...marks));
				let at = { a: 0, b: 0, byte: 0 };
				for (const row of rows) {
					expect(row).toMatchObject({ fromA: at.a, fromB: at.b, start: at.byte });
					if (row.kind === 'alike') expect(row.toA - row.fromA).toBe(row.toB - row.fromB);
					at = { a: row.toA, b: row.toB, byte: row.end };
				}
				expect(at).toEqual({ a: ends.a.length, b: ends.b.length, byte });
			})
		);
	});
});

describe('differencesOf', () => {
	it('are all differences, or between strangers the spans that they split differently', () => {
		const alignment = stretches([20, sameIds], [22, otherIds], [30, sameIds], [34, otherSplit]);
		expect([...differencesOf(alignment)]).toEqual([20, 22, 30, 34]);
		const strangers = stretches([20, otherIds], [22, otherSplit], [30, otherIds], [31, sameIds]);
		expect([...differencesOf(strangers)]).toEqual([20, 22]);
		expect([...differencesOf(stretches([20, otherIds], [21, sameIds]))]).toEqual([0, 20]);
		expect([...differencesOf(stretches([20, sameIds]))]).toEqual([]);
	});
});
