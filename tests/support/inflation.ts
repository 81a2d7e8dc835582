import type { TextMeasure } from '../../src/lib/analysis/inflation/types';
import type { Language } from '../../src/lib/catalogue/types';

/** A measure of so many tokens; the rest is as a short text would have it. */
export const measureOf = (tokens: number, more: Partial<TextMeasure> = {}): TextMeasure => ({
	tokens,
	bytes: 100,
	chars: 80,
	words: 20,
	oneTokenWords: 10,
	fallbackBytes: 0,
	lostBytes: 0,
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
