import type { Language } from '../../languages/types';

/** Of the characters that the middle text of a script has: what is shorter leaves passages out. */
export const SHORT = 0.55;
/** Scripts of fewer languages have no middle to be measured by. */
const ENOUGH = 10;

/** Languages whose declaration is far shorter than others in its script, in the order given. */
export function shortTexts(languages: readonly Language[]): readonly Language[] {
	const lengths = new Map<string, number[]>();
	for (const { script, chars } of languages) {
		lengths.set(script, [...(lengths.get(script) ?? []), chars]);
	}
	const middles = new Map<string, number>();
	for (const [script, all] of lengths) {
		if (all.length >= ENOUGH) middles.set(script, all.toSorted((a, b) => a - b)[all.length >> 1]);
	}
	return languages.filter(({ script, chars }) => chars < SHORT * (middles.get(script) ?? 0));
}
