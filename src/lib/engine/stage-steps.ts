import type { NormalizerSpec, PreTokenizerSpec } from './spec';

/** The steps of a normalizer in order, sequences within each other taken apart. */
export function normalizerSteps(
	spec: NormalizerSpec | null
): Exclude<NormalizerSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.normalizers.flatMap(normalizerSteps) : [spec];
}

/** The steps of a pre-tokenizer, likewise. */
export function preTokenizerSteps(
	spec: PreTokenizerSpec | null
): Exclude<PreTokenizerSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.pretokenizers.flatMap(preTokenizerSteps) : [spec];
}
