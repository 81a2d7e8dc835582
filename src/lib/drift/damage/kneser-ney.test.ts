import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KneserNey, TrigramCounts } from './kneser-ney';

function trained(rows: number, texts: readonly (readonly number[])[]): KneserNey {
	const counts = new TrigramCounts(rows);
	for (const text of texts) counts.add(Uint32Array.from(text));
	return new KneserNey(counts);
}

/** P(token | first second). */
const probability = (model: KneserNey, first: number, second: number, token: number): number =>
	model.probability(model.context(first, second), second, model.context(second, token), token);

describe('two texts of three tokens, worked by hand', () => {
	// Rows 0 to 3, with 4 before each text. Trigrams: 440 twice, 401 twice, 010, 101, 012 once, so D₃ = 3/(3 + 2·2) =
	// 3/7. Number of contexts: 40 one, 01 two (4 and 1), 10 one, 12 one; D₂ = 3/(3 + 2·1) = 3/5. Tokens: 0 after two (4
	// and 1), 1 after one, 2 after one, 3 never; D₁ = 2/(2 + 2·1) = 1/2.
	const model = trained(4, [
		[0, 1, 0, 1, 2],
		[0, 1]
	]);

	it('falls back to the number of contexts of a token if the context is unknown', () => {
		// (N − 1/2)/4, plus a quarter per row of the 3 · 1/2 / 4 that was discounted.
		const expected = [15 / 32, 7 / 32, 7 / 32, 3 / 32];
		expected.forEach((p, token) => expect(probability(model, 3, 3, token)).toBeCloseTo(p, 14));
	});

	it('uses the last token if only the pair is new', () => {
		// 0 and 2 follow 1, each in one context: (1 − 3/5)/2 + 3/5 · P(w).
		const expected = [77 / 160, 21 / 160, 53 / 160, 9 / 160];
		expected.forEach((p, token) => expect(probability(model, 2, 1, token)).toBeCloseTo(p, 14));
		// 1 follows 0 in two contexts: (2 − 3/5)/2 + 3/10 · 7/32.
		expect(probability(model, 2, 0, 1)).toBeCloseTo(49 / 64, 14);
	});

	it('uses the pair if it is known', () => {
		// 0 and 2 follow 0 1 once each: (1 − 3/7)/2 + 3/7 · P(w | 1).
		const expected = [551 / 1120, 63 / 1120, 479 / 1120, 27 / 1120];
		expected.forEach((p, token) => expect(probability(model, 0, 1, token)).toBeCloseTo(p, 14));
	});

	it('knows the beginnings of texts', () => {
		// 440 occurs twice: (2 − 3/7)/2 + 3/14 · P(0 | 4), and P(0 | 4) = 2/5 + 3/5 · 15/32.
		const expected = 11 / 14 + (3 / 14) * (2 / 5 + (3 / 5) * (15 / 32));
		expect(probability(model, 4, 4, 0)).toBeCloseTo(expected, 14);
	});

	it('guesses the likeliest token, and knows which it has seen', () => {
		expect(model.best(model.context(0, 1), 1)).toBe(0);
		expect(model.best(model.context(2, 0), 0)).toBe(1);
		expect([0, 1, 2, 3].map((token) => model.isTrained(token))).toEqual([true, true, true, false]);
		expect(model.hasBigram(model.context(0, 1))).toBe(true);
		expect(model.hasBigram(model.context(1, 1))).toBe(false);
		expect(model.hasBigram(model.context(4, 4))).toBe(false);
	});
});

it('without any text takes every row for equally likely', () => {
	const model = trained(5, []);
	expect(probability(model, 5, 5, 3)).toBe(1 / 5);
});

const rows = 6;
const texts = fc.array(fc.array(fc.nat(rows - 2), { maxLength: 30 }), { maxLength: 6 });
/** `rows` precedes each text. The last row doesn't occur in any text. */
const context = fc.tuple(fc.nat(rows), fc.nat(rows));

it('gives probabilities that sum to 1 over all rows, after any context', () => {
	fc.assert(
		fc.property(texts, context, (texts, [first, second]) => {
			const model = trained(rows, texts);
			let sum = 0;
			for (let token = 0; token < rows; token++) {
				const p = probability(model, first, second, token);
				expect(p).toBeGreaterThan(0);
				sum += p;
			}
			expect(sum).toBeCloseTo(1, 12);
		})
	);
});

it('guesses a token than which none is likelier, after any context', () => {
	fc.assert(
		fc.property(texts, context, (texts, [first, second]) => {
			const model = trained(rows, texts);
			const all = Array.from({ length: rows }, (_, token) =>
				probability(model, first, second, token)
			);
			const guess = all[model.best(model.context(first, second), second)];
			expect(guess).toBeCloseTo(Math.max(...all), 14);
		})
	);
});
