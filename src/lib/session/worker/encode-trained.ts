import {
	encodingAfter,
	type MergeSteps,
	type TrainedTokens,
	type Training
} from '../../engine/train';
import { countDistinct } from '../../tokenizers/ids';
import type { EncodeResult } from './tokenizing';

/** Encodes a text with the first `merges` merges of a training. */
export function encodeTrained(
	{ training, tokens }: { readonly training: Training; readonly tokens: TrainedTokens },
	steps: MergeSteps,
	merges: number
): EncodeResult {
	const encoding = encodingAfter(steps, merges, tokens);
	const made = training.products.subarray(0, merges);
	return {
		encoding,
		distinct: countDistinct(encoding.ids),
		vocabularySize: made.reduce((size, id) => Math.max(size, id + 1), training.alphabet.length)
	};
}
