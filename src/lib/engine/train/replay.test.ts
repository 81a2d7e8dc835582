import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { anyTraining, trainOn } from '../../../../tests/support/training';
import type { Encoding } from '../encoding';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { encodeUtf8 } from '../text/utf8';
import { createPretokenReplay, createReplay } from './replay';
import { trainedSpec } from './spec';
import { encodingAfter } from './steps';
import { trainedTokens } from './tokens';
import type { Training } from './types';
import { EXTRAS } from '../text/all-extras';

const parts = ({ ids, byteStarts, byteEnds, droppedBytes }: Encoding) => ({
	ids,
	byteStarts,
	byteEnds,
	droppedBytes
});

/** Text of the alphabet, mixed with other characters. */
const anyText = fc.oneof(
	fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 100 }),
	fc.string({ unit: fc.constantFrom('a', 'a', 'b', 'c', 'é', ' ', '日'), maxLength: 60 })
);

function expectStepsToBeEncodings(training: Training, text: string): void {
	const steps = createReplay(training, EXTRAS).steps(encodeUtf8(text));
	const tokens = trainedTokens(training);
	for (let k = 0; k <= training.products.length; k++) {
		const encoding = parts(createTokenizer(trainedSpec(training, k)).encode(text));
		expect(encodingAfter(steps, k, tokens)).toEqual(encoding);
	}
}

describe('steps after k merges', () => {
	it('equal the tokenizer of the first k merges, for any merges', () => {
		fc.assert(fc.property(anyTraining, anyText, expectStepsToBeEncodings), {
			numRuns: sized(100, 300)
		});
	});

	it('equal it for trained merges too', () => {
		const corpus = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: 1 });
		const rules = fc.record({
			pattern: fc.constantFrom('none' as const, 'gpt2' as const, 'cl100k' as const),
			ties: fc.constantFrom('huggingface' as const, 'first-seen' as const),
			alphabet: fc.constantFrom('observed' as const, 'bytes' as const)
		});
		fc.assert(
			fc.property(corpus, rules, fc.string({ maxLength: 20 }), (text, changed, other) => {
				const training = trainOn(text, changed);
				expectStepsToBeEncodings(training, text);
				expectStepsToBeEncodings(training, other);
			}),
			{ numRuns: sized(30, 60) }
		);
	});

	it('hold for pre-tokens long enough for the queue', () => {
		const training = trainOn('abcab'.repeat(60), { vocabularySize: 20 });
		expectStepsToBeEncodings(training, 'abcab'.repeat(40));
		expectStepsToBeEncodings(training, 'ab'.repeat(100) + 'é' + 'c'.repeat(100));
	});

	it('of pre-tokens equal those of their text', () => {
		const training = trainOn('the cat the cats that cat', { pattern: 'gpt2' });
		const bytes = encodeUtf8(' the cat cats');
		const replay = createReplay(training, EXTRAS);
		const ends = Uint32Array.of(4, 8, 13);
		expect(createPretokenReplay(training).stepsOfPretokens({ bytes, ends })).toEqual(
			replay.steps(bytes)
		);
	});
});
