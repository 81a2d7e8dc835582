import type { NormalizerSpec, PreTokenizerSpec } from './spec';

/** Flattens a normalizer into its steps, in order. */
export function normalizerSteps(
	spec: NormalizerSpec | null
): Exclude<NormalizerSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.normalizers.flatMap(normalizerSteps) : [spec];
}

/** Flattens a pre-tokenizer into its steps, in order. */
export function preTokenizerSteps(
	spec: PreTokenizerSpec | null
): Exclude<PreTokenizerSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.pretokenizers.flatMap(preTokenizerSteps) : [spec];
}
