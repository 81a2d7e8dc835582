import type { Fairness } from './types';

/**
 * Fairness of a tokenizer across the languages whose premiums are given, each counted once.
 * @param premiums positive numbers
 * @returns `null` for an empty list
 */
export function fairness(premiums: readonly number[]): Fairness | null {
	const languages = premiums.length;
	if (languages === 0) return null;
	const rising = premiums.toSorted((a, b) => a - b);
	const half = languages >>> 1;
	const worst = rising[languages - 1];
	const share = (limit: number) => premiums.filter((premium) => premium > limit).length / languages;
	return {
		languages,
		median: languages % 2 === 1 ? rising[half] : (rising[half - 1] + rising[half]) / 2,
		worst,
		worstAt: premiums.indexOf(worst),
		above2: share(2),
		above4: share(4)
	};
}
