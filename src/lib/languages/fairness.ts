import type { Fairness } from './types';

/**
 * Fairness of a tokenizer across the languages whose ratios are given, each counted once.
 *
 * Gini is the mean difference between two ratios over twice their mean (over all pairs, including a ratio
 * with itself): for ratios in ascending order, Σ (2i − n − 1) · rᵢ / (n · Σ rᵢ), i from 1.
 * @param ratios positive numbers
 * @returns `null` for an empty list
 */
export function fairness(ratios: readonly number[]): Fairness | null {
	const languages = ratios.length;
	if (languages === 0) return null;
	const rising = ratios.toSorted((a, b) => a - b);
	const half = languages >>> 1;
	const worst = rising[languages - 1];
	const share = (limit: number) => ratios.filter((ratio) => ratio > limit).length / languages;
	let sum = 0;
	let weighted = 0;
	rising.forEach((ratio, i) => {
		sum += ratio;
		weighted += (2 * i + 1 - languages) * ratio;
	});
	return {
		languages,
		median: languages % 2 === 1 ? rising[half] : (rising[half - 1] + rising[half]) / 2,
		worst,
		worstAt: ratios.indexOf(worst),
		above2: share(2),
		above4: share(4),
		gini: weighted / (languages * sum)
	};
}
