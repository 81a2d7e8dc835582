import type { Language, TextMeasure } from '../../src/lib/languages/types';

/** Measurements of a short text. */
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
	...more
});

export const FOUR_LANGUAGES = [
	languageOf('eng', 'English'),
	languageOf('tur', 'Turkish', { ownName: 'Türkçe', bcp47: 'tr' }),
	languageOf('mya', 'Burmese', { script: 'Myanmar', ownName: 'မြန်မာ', bcp47: 'my' }),
	languageOf('shn', 'Shan', { script: 'Myanmar', bcp47: 'shn' })
];
