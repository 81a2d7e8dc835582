import type { MeasureCache } from '../../src/lib/features/inflation/measure-cache';
import type { Measures } from '../../src/lib/features/inflation/rows';
import type { Language, TextMeasure } from '../../src/lib/languages/types';

/** A measure of a short text. */
export const measureOf = (tokens: number, more: Partial<TextMeasure> = {}): TextMeasure => ({
	tokens,
	bytes: 100,
	chars: 80,
	words: 20,
	oneTokenWords: 10,
	fallbackBytes: 0,
	droppedBytes: 0,
	partTokens: null,
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
	...more
});

/** A cache in memory. It records which tokenizers were read. */
export function fakeMeasureCache(
	first: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>
): Pick<MeasureCache, 'read' | 'write'> & {
	readonly written: Map<string, Measures>;
	readonly reads: string[];
} {
	const written = new Map<string, Measures>(
		Object.entries(first).map(([id, of]) => [id, new Map(Object.entries(of))])
	);
	const reads: string[] = [];
	return {
		written,
		reads,
		read: (id) => {
			reads.push(id);
			return Promise.resolve(written.get(id) ?? new Map());
		},
		write: (id, measures) => {
			written.set(id, measures);
			return Promise.resolve();
		}
	};
}
