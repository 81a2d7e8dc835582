import { concatenate } from './arrays';

/**
 * A vocabulary as two arrays: token `id` is `bytes.subarray(ends[id - 1], ends[id])`; token 0 starts at 0. An id
 * without a token in the model has an empty range. Bytes take less memory than strings.
 */
export interface Vocabulary {
	/** Bytes of all tokens, back to back. */
	readonly bytes: Uint8Array;
	/** End byte (exclusive) of each token, by id; never decreases. */
	readonly ends: Uint32Array;
}

/** Number of ids, including ids without a token. */
export function vocabularySize(vocabulary: Vocabulary): number {
	return vocabulary.ends.length;
}

/** Bytes of a token, as a view into the vocabulary. @throws RangeError for an id out of range */
export function tokenAt(vocabulary: Vocabulary, id: number): Uint8Array {
	const { bytes, ends } = vocabulary;
	if (!Number.isInteger(id) || id < 0 || id >= ends.length) {
		throw new RangeError(`token id ${id} is out of range: expected 0 to ${ends.length - 1}`);
	}
	return bytes.subarray(id === 0 ? 0 : ends[id - 1], ends[id]);
}

/** Builds a vocabulary from the bytes of each token, in order of id; `undefined` if an id has no token. */
export function buildVocabulary(tokens: ArrayLike<Uint8Array | undefined>): Vocabulary {
	const contents = Array.from(tokens, (token) => token ?? new Uint8Array(0));
	let end = 0;
	const ends = Uint32Array.from(contents, ({ length }) => (end += length));
	return { bytes: concatenate(contents), ends };
}
