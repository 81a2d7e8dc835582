import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTraining } from '../../../../tests/support/training';
import { encodeUtf8 } from '../text/utf8';
import { createReplay } from './replay';
import {
	boundariesGoneAt,
	encodingAfter,
	NEVER,
	nextOccurrence,
	spanAt,
	type MergeSteps
} from './steps';
import { trainedTokens } from './tokens';
import { EXTRAS } from '../text/all-extras';

/** `low lower`: lo (merge 1), low (2), er (3), in pre-tokens `low`, ` lower`. */
const STEPS: MergeSteps = {
	bytes: encodeUtf8('low lower'),
	//                     l  o  w        ␣      l  o  w      e      r
	mergedAt: Int32Array.of(0, 1, 2, NEVER, NEVER, 1, 2, NEVER, 3, NEVER),
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

describe('occurrences of a merge', () => {
	it('go forwards from one to the next, outside of the token that contains the byte', () => {
		expect(nextOccurrence(STEPS, 2, 0)).toEqual({ byteStart: 0, byteEnd: 3 });
		expect(nextOccurrence(STEPS, 2, 3)).toEqual({ byteStart: 4, byteEnd: 7 });
		expect(nextOccurrence(STEPS, 2, 7)).toBeNull();
		expect(nextOccurrence(STEPS, 4, 0)).toBeNull();
		expect(nextOccurrence(STEPS, 2, 1)).toEqual({ byteStart: 4, byteEnd: 7 });
		expect(nextOccurrence(STEPS, 2, 5)).toBeNull();
		expect(nextOccurrence(STEPS, 0, 0)).toBeNull();
		expect([...boundariesGoneAt(STEPS, 0)]).toEqual([]);
	});

	it('are at the removed boundaries', () => {
		expect([...boundariesGoneAt(STEPS, 1)]).toEqual([1, 5]);
		expect([...boundariesGoneAt(STEPS, 1, 2, 9)]).toEqual([5]);
		expect([...boundariesGoneAt(STEPS, 3)]).toEqual([8]);
	});
});

it('spanAt finds the token that contains a byte', () => {
	expect(spanAt(STEPS, 3, 6)).toEqual({ byteStart: 4, byteEnd: 7 });
	expect(spanAt(STEPS, 0, 6)).toEqual({ byteStart: 6, byteEnd: 7 });
	expect(spanAt(STEPS, 3, 3)).toEqual({ byteStart: 3, byteEnd: 4 });
});
