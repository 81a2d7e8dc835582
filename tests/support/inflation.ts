import type { TextMeasure } from '../../src/lib/languages/types';
import type { EarlierMeasures } from '../../src/lib/features/inflation/atlas-types';
import type { Measures } from '../../src/lib/features/inflation/rows';
import type { Language } from '../../src/lib/languages/types';

/** A measure of so many tokens; the rest is as a short text would have it. */
export const measureOf = (tokens: number, more: Partial<TextMeasure> = {}): TextMeasure => ({
	tokens,
	bytes: 100,
	chars: 80,
	words: 20,
	oneTokenWords: 10,
	fallbackBytes: 0,
	droppedBytes: 0,
	...more
});

export const languageOf = (code: string, name: string, more: Partial<Language> = {}): Language => ({
	code,
	bcp47: code.slice(0, 2),
	name,
	ownName: null,
	script: 'Latin',
	direction: 'ltr',
	bytes: 100,
	chars: 80,
	words: 20,
	...more
});

/** Measures of earlier visits in memory, and which tokenizers were asked for. */
export function earlierOf(
	first: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>
): EarlierMeasures & { readonly kept: Map<string, Measures>; readonly reads: string[] } {
	const kept = new Map<string, Measures>(
		Object.entries(first).map(([id, of]) => [id, new Map(Object.entries(of))])
	);
	const reads: string[] = [];
	return {
		kept,
		reads,
		read: (id) => {
			reads.push(id);
			return Promise.resolve(kept.get(id) ?? new Map());
		},
		write: (id, measures) => {
			kept.set(id, measures);
			return Promise.resolve();
		}
	};
}
