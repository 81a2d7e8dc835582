/** User-facing names of what a fingerprint hashes. */
import type { FingerprintPart } from '../types';

export const PART_LABELS: Readonly<Record<FingerprintPart, string>> = {
	vocabulary: 'vocabulary',
	merges: 'merges',
	addedTokens: 'added tokens',
	normalizer: 'normalizer',
	preTokenizer: 'pre-tokenizer',
	decoder: 'decoder',
	texts: 'ids and text of fixed texts',
	template: 'tokens added around a text',
	file: 'loading, truncation and padding'
};
