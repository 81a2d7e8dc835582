/** Sorts, counts and searches languages. */
import type { Language } from '../../languages/types';

const collator = new Intl.Collator('en');

/**
 * Sorts languages by name, ignoring leading punctuation as in "(Bataknese)". Sort only once, because locale-aware
 * comparison is slow.
 */
export const byName = (languages: readonly Language[]): readonly Language[] =>
	languages
		.map((language) => ({ language, name: language.name.replace(/^\P{L}+/u, '') }))
		.sort((a, b) => collator.compare(a.name, b.name))
		.map(({ language }) => language);

/** Lists the scripts and the number of languages in each, most common first. */
export function scriptsOf(
	languages: readonly Language[]
): { readonly script: string; readonly languages: number }[] {
	const counts = new Map<string, number>();
	for (const { script } of languages) counts.set(script, (counts.get(script) ?? 0) + 1);
	return [...counts]
		.map(([script, count]) => ({ script, languages: count }))
		.sort((a, b) => b.languages - a.languages || collator.compare(a.script, b.script));
}

/** A declaration shorter than this share of the median length in its script is assumed to leave passages out. */
export const SHORT_TEXT_SHARE = 0.55;
/** A script with fewer languages than this has no meaningful median. */
const MIN_LANGUAGES_FOR_MEDIAN = 10;

/** Finds languages whose declarations are far shorter than others in the same script, keeping the given order. */
export function shortTexts(languages: readonly Language[]): readonly Language[] {
	const lengths = new Map<string, number[]>();
	for (const { script, chars } of languages) {
		lengths.set(script, [...(lengths.get(script) ?? []), chars]);
	}
	const medians = new Map<string, number>();
	for (const [script, all] of lengths) {
		if (all.length < MIN_LANGUAGES_FOR_MEDIAN) continue;
		medians.set(script, all.toSorted((a, b) => a - b)[all.length >> 1]);
	}
	return languages.filter(
		({ script, chars }) => chars < SHORT_TEXT_SHARE * (medians.get(script) ?? 0)
	);
}

/**
 * Finds languages in one script, or in any script (`null`), that match a search by name, own name, code, script
 * ("Cyrillic", "Cyrl"), a different English name ("Persian" for Farsi), or the country where most of their speakers
 * live ("Myanmar").
 */
export function findLanguages(
	languages: readonly Language[],
	search: string,
	script: string | null
): readonly Language[] {
	const words = fold(search).split(/\s+/).filter(Boolean);
	if (words.length === 0 && script === null) return languages;
	return languages.filter((language) => {
		if (script !== null && language.script !== script) return false;
		const { text, country } = words.length > 0 ? searchTermsOf(language) : NO_TERMS;
		return words.every((word) => text.includes(word) || country.has(word));
	});
}

interface SearchTerms {
	/** Text in which each word of a search can match anywhere. */
	readonly text: string;
	/** Words that a search must match in full, so that "german" doesn't find every language spoken in Germany. */
	readonly country: ReadonlySet<string>;
}

const NO_TERMS: SearchTerms = { text: '', country: new Set() };
const knownTerms = new WeakMap<Language, SearchTerms>();

function searchTermsOf(language: Language): SearchTerms {
	let terms = knownTerms.get(language);
	if (!terms) knownTerms.set(language, (terms = findSearchTerms(language)));
	return terms;
}

/** Collects a language's names and codes. Adds names from Unicode's CLDR, which every browser includes. */
function findSearchTerms({ name, ownName, code, bcp47, script }: Language): SearchTerms {
	const locale = new Intl.Locale(bcp47).maximize();
	const other = locale.language === 'und' ? undefined : names.of(bcp47);
	const text = [name, ownName, other, code, bcp47, script, locale.script];
	const country = locale.region === undefined ? undefined : regions.of(locale.region);
	return {
		text: fold(text.filter((part) => typeof part === 'string').join(' ')),
		country: new Set(fold(country ?? '').split(/[\s()]+/))
	};
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Removes case and accents so that searches such as "gaelige" and "francais" match. */
const fold = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
