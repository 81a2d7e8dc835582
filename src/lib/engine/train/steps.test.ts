import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTraining, countsOf, trainOn } from '../../../../tests/support/training';
import { encodeUtf8 } from '../text/utf8';
import { createExplorer } from './explore';
import { createReplay } from './replay';
import {
	boundariesRemovedBy,
	encodingAfter,
	NEVER,
	pairBoundaries,
	PRETOKEN_END,
	spanAt,
	type MergeSteps
} from './steps';
import { trainedTokens } from './tokens';
import { EXTRAS } from '../text/all-extras';

/** `low lower`: lo (merge 1), low (2), er (3), in pre-tokens `low`, ` lower`. */
const STEPS: MergeSteps = {
	bytes: encodeUtf8('low lower'),
	//                     l  o  w        ␣      l  o  w      e      r
	mergedAt: Int32Array.of(0, 1, 2, PRETOKEN_END, NEVER, 1, 2, NEVER, 3, PRETOKEN_END),
	products: Uint32Array.of(0, 8, 9, 0, 0, 8, 9, 0, 10, 0)
};
describe('encodingAfter', () => {
	it('returns any window as a part of the whole', () => {
		const anyWindow = fc.tuple(fc.nat(70), fc.nat(70));
		const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 60 });
		fc.assert(
			fc.property(anyTraining, text, anyWindow, fc.nat(), (training, text, [a, b], k) => {
				const steps = createReplay(training, EXTRAS).steps(encodeUtf8(text));
				const tokens = trainedTokens(training);
				const merges = k % (training.products.length + 1);
				const [from, to] = [Math.min(a, b), Math.max(a, b)];
				const whole = encodingAfter(steps, merges, tokens);
				const expected = Array.from(whole.ids, (id, i) => ({
					id,
					start: whole.byteStarts[i],
					end: whole.byteEnds[i]
				})).filter(({ start, end }) => from < to && start < to && end > from);
				const { ids, byteStarts, byteEnds } = encodingAfter(steps, merges, tokens, from, to);
				expect(
					Array.from(ids, (id, i) => ({ id, start: byteStarts[i], end: byteEnds[i] }))
				).toEqual(expected);
			})
		);
	});
});

describe('the boundaries of a pair', () => {
	const TOKENS = {
		byteIds: Int32Array.from({ length: 256 }, (_, byte) => byte),
		lengths: Object.assign(new Uint32Array(11), { 8: 2, 9: 3, 10: 2 })
	};
	const pair = (left: string | number, right: string | number) => {
		const idOf = (token: string | number) =>
			typeof token === 'string' ? token.charCodeAt(0) : token;
		return { left: idOf(left), right: idOf(right) };
	};
	const at = (merges: number, ...of: Parameters<typeof pair>) => [
		...pairBoundaries(STEPS, merges, TOKENS, pair(...of))
	];

	it('are where both tokens meet, before they merge', () => {
		expect(at(0, 'l', 'o')).toEqual([1, 5]);
		expect(at(1, 'l', 'o')).toEqual([]);
		expect(at(1, 8, 'w')).toEqual([2, 6]);
		expect(at(2, 9, 'e')).toEqual([7]);
	});

	it('are not between two pre-tokens', () => {
		expect(at(2, 9, ' ')).toEqual([]);
		expect(at(0, 'w', ' ')).toEqual([]);
	});

	it('are those within the window, also if the pair begins before it', () => {
		const inside = (from: number, to: number) => [
			...pairBoundaries(STEPS, 0, TOKENS, pair('l', 'o'), from, to)
		];
		expect(inside(1, 9)).toEqual([1, 5]);
		expect(inside(2, 9)).toEqual([5]);
		expect(inside(0, 5)).toEqual([1]);
	});

	it('are as many as pairs are counted in a training corpus, for any corpus', () => {
		const corpus = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '1'), minLength: 1 });
		fc.assert(
			fc.property(corpus, fc.nat(), (text, k) => {
				const training = trainOn(text, { pattern: 'gpt2' });
				const merges = k % (training.products.length + 1);
				const counts = countsOf(text, training.rules);
				const steps = createReplay(training, EXTRAS).steps(encodeUtf8(text), 'lines');
				for (const { left, right, count } of createExplorer(counts, training).pairsAfter(merges, 9)
					.pairs)
					expect(
						pairBoundaries(steps, merges, trainedTokens(training), { left, right })
					).toHaveLength(count);
			})
		);
	});
});

describe('the boundaries that a merge removed', () => {
	it('are listed within the window', () => {
		expect([...boundariesRemovedBy(STEPS, 0)]).toEqual([]);
		expect([...boundariesRemovedBy(STEPS, 1)]).toEqual([1, 5]);
		expect([...boundariesRemovedBy(STEPS, 1, 2, 9)]).toEqual([5]);
		expect([...boundariesRemovedBy(STEPS, 3)]).toEqual([8]);
	});
});

it('spanAt finds the token that contains a byte', () => {
	expect(spanAt(STEPS, 3, 6)).toEqual({ byteStart: 4, byteEnd: 7 });
	expect(spanAt(STEPS, 0, 6)).toEqual({ byteStart: 6, byteEnd: 7 });
	expect(spanAt(STEPS, 3, 3)).toEqual({ byteStart: 3, byteEnd: 4 });
});
