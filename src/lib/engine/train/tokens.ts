import { concatenate } from '../structures/arrays';
import { buildVocabulary, tokenAt, type Vocabulary } from '../structures/vocabulary';
import type { MergingRules, Training } from './types';

/** The tokens of a training run, by id. Special tokens are included only if their ids precede those of the alphabet. */
export interface TrainedTokens {
	/** Bytes of each token; empty for special tokens. */
	readonly vocabulary: Vocabulary;
	/** Length of each token in bytes; 0 for special tokens. */
	readonly lengths: Uint32Array;
	/** Index of the merge that produces each token; -1 for bytes and special tokens. */
	readonly producingMerge: Int32Array;
	/** 256 entries: id of the one-byte token; -1 for a byte that is not in the alphabet. */
	readonly byteIds: Int32Array;
}

/** Id of the alphabet's first byte. Special tokens come before it only if the alphabet is `observed`. */
export function firstByteId({ alphabet, specialTokens }: MergingRules): number {
	return alphabet === 'observed' ? specialTokens.length : 0;
}

/**
 * Lists the tokens after the first `merges` merges (all by default).
 * @throws RangeError if `merges` is not a whole number from 0 to the number of merges
 */
export function trainedTokens(
	training: Training,
	merges = training.products.length
): TrainedTokens {
	checkMerges(training, merges);
	const first = firstByteId(training.rules);
	const size = training.products
		.subarray(0, merges)
		.reduce((size, id) => Math.max(size, id + 1), first + training.alphabet.length);
	const tokens = new Array<Uint8Array | undefined>(size);
	const producingMerge = new Int32Array(size).fill(-1);
	const byteIds = new Int32Array(256).fill(-1);
	training.alphabet.forEach((byte, i) => {
		tokens[first + i] = Uint8Array.of(byte);
		byteIds[byte] = first + i;
	});
	for (let i = 0; i < merges; i++) {
		const product = training.products[i];
		if (tokens[product]) continue;
		const left = tokens[training.merges[2 * i]];
		const right = tokens[training.merges[2 * i + 1]];
		if (!left || !right)
			throw new Error(`merge ${i}: got ids of later merges, expected ids of earlier ones`);
		tokens[product] = concatenate([left, right]);
		producingMerge[product] = i;
	}
	const vocabulary = buildVocabulary(tokens);
	const lengths = Uint32Array.from({ length: size }, (_, id) => tokenAt(vocabulary, id).length);
	return { vocabulary, lengths, producingMerge, byteIds };
}

/** @throws RangeError if `merges` is not a whole number from 0 to the number of merges */
export function checkMerges({ products }: Training, merges: number): void {
	if (Number.isInteger(merges) && merges >= 0 && merges <= products.length) return;
	throw new RangeError(`got ${merges} merges, expected 0 to ${products.length}`);
}
