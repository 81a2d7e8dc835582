import { tokenAt, vocabularySize, type TokenizerSpec } from '../engine';

/** A few tokens of a vocabulary, enough to recognise it without loading it. */
export interface VocabularySample {
	/** Largest id in the model + 1. */
	readonly size: number;
	/** 16-bit hashes of the tokens at ids spread evenly over the vocabulary; 0 for an id without a token. */
	readonly hashes: readonly number[];
}

const SAMPLED_IDS = 256;

export function sampleVocabulary({ model: { vocabulary } }: TokenizerSpec): VocabularySample {
	const size = vocabularySize(vocabulary);
	const hashes = sampledIds(size).map((id) => hashToken(tokenAt(vocabulary, id)));
	return { size, hashes };
}

/**
 * Estimates, from a sample of one vocabulary, the share of ids that have the same token in another vocabulary. An id
 * that exists in only one vocabulary counts as different. The estimate's standard error is at most 3 percentage points.
 */
export function sameIdShare(known: VocabularySample, { model }: TokenizerSpec): number {
	const size = vocabularySize(model.vocabulary);
	let [same, tried] = [0, 0];
	for (const [i, id] of sampledIds(known.size).entries()) {
		const hash = id < size ? hashToken(tokenAt(model.vocabulary, id)) : 0;
		if (hash === 0 && known.hashes[i] === 0) continue;
		tried++;
		if (hash === known.hashes[i]) same++;
	}
	return tried === 0 ? 0 : (same / tried) * Math.min(1, known.size / size);
}

const sampledIds = (size: number): number[] => {
	const count = Math.min(SAMPLED_IDS, size);
	return Array.from({ length: count }, (_, i) => Math.floor((i * size) / count));
};

/** 32-bit FNV-1a, reduced to 16 bits by XOR folding; 0 only for an empty token. */
function hashToken(bytes: Uint8Array): number {
	if (bytes.length === 0) return 0;
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return ((hash >>> 16) ^ (hash & 0xffff)) % 0xffff || 1;
}

/** Matches names of tokens reserved for later use: `<unused98>`, `<|reserved_special_token_5|>`, `<SPECIAL_20>`. */
export const RESERVED = /^<\W*(unused|reserved|special_|place\W?holder|extra_id)/i;

/** Special tokens, except for those reserved for later use and those that are just numbered. */
export const specialTokensOf = ({
	added_tokens
}: Pick<TokenizerSpec, 'added_tokens'>): readonly (readonly [id: number, content: string])[] =>
	added_tokens
		.filter(({ special, content }) => special && !RESERVED.test(content) && !/\d\W*$/.test(content))
		.map(({ id, content }) => [id, content]);
