/** Languages by what people call them. */
import type { Language } from '../../languages/types';

/**
 * Languages that a search finds, in one script or in any (null): by name, own name, code, script ("Cyrillic",
 * "Cyrl"), another English name ("Persian" for Farsi), or the country where most speak them ("Myanmar").
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
		const { text, country } = words.length > 0 ? knownAs(language) : NOWHERE;
		return words.every((word) => text.includes(word) || country.has(word));
	});
}

interface KnownAs {
	/** What a word of a search may be a part of. */
	readonly text: string;
	/** Words that it has to be whole: "german" should not find all that is spoken in Germany. */
	readonly country: ReadonlySet<string>;
}

const NOWHERE: KnownAs = { text: '', country: new Set() };
const known = new WeakMap<Language, KnownAs>();

function knownAs(language: Language): KnownAs {
	let found = known.get(language);
	if (!found) known.set(language, (found = lookUp(language)));
	return found;
}

/** Names beyond the declaration's come from Unicode's CLDR, which browsers carry. */
function lookUp({ name, ownName, code, bcp47, script }: Language): KnownAs {
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

/** Without case and accents, so that "gaelige" and "francais" are found. */
const fold = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
