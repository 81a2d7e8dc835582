/** Hostile text for property tests, and assertions that such text is harmless in output. */
import fc from 'fast-check';
import { parsers } from 'prettier/plugins/markdown';
import { expect } from 'vitest';

/** Strings with a special meaning in a terminal, GitHub's logs, HTML or Markdown. */
const HOSTILE = [
	...['\u001b[31m', '\u0007', '\u0000', '\u009b2J', '\u202e', '\u2066', '\u2028', '\u2029'],
	...['\u0085', '\r\n', '\n'],
	...['\n::error::x', '::error file=a,line=1::x', '##[error]x', '%0A::error::', ',title=x:'],
	...['|', '\\', '\\|', '`', '``', '```\n', '"', '\\"', '(', ')', '[', ']', ' ', '  '],
	...['<script>alert(1)</script>', '<img src=x>', '&lt;', '<!--', '<a@b.c>', '<https://a.b>'],
	...['[x](javascript:alert(1))', '![x](http://a.b)', '[x]: http://a.b', '[x][y]', '[^1]'],
	...['[1](x)'],
	...['@user', '#123', 'GH-12', 'o/r#1', 'http://a.b', 'www.a.b', 'a@b.c', '$x$', ':smile:'],
	...['deadbeefdeadbeefdeadbeefdeadbeefdeadbeef', '**b**', '_i_', '~~s~~', '---', '==='],
	...['- x', '1. x', '> x', '# x'],
	...['=1+1', '=cmd|x!A0', '+1', '-1', '@SUM(1)', '\t', '\r', ',', ';', "'", '＝1'],
	...['</text>', '</svg>', ']]>', '<![CDATA[', '&#0;', '&x;', '" onload="x', "' onload='x"],
	...['\ud800', '\ufffe'],
	...['a', '3', '▁', 'é', '🦙']
];

/** Text composed of hostile strings. */
export const hostileText = fc
	.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 6 })
	.map((parts) => parts.join(''));

/** Characters other than newlines that have an effect in a terminal. */
export const CONTROL = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** Expects lines that have no special effect in a terminal or in GitHub's logs. */
export function expectSafeLines(output: string): void {
	expect(output).not.toMatch(CONTROL);
	expect(output).not.toContain('##[');
	for (const line of output.split('\n')) expect(line).not.toMatch(/^\s*::/);
}

interface Node {
	readonly type: string;
	readonly value?: string;
	readonly children?: readonly Node[];
}

const HARMLESS_NODES = new Set([
	...['root', 'heading', 'paragraph', 'text', 'strong', 'inlineCode', 'break'],
	...['table', 'tableRow', 'tableCell', 'list', 'listItem']
]);

/** Plain text that GitHub turns into links. */
const GITHUB_LINK = /@\w|#\d|\bGH-\d|\b[0-9a-f]{40}\b|:\w+:|\$|www\.|:\/\//i;

/** @returns all nodes in the Markdown's syntax tree, in order */
export function markdownNodes(markdown: string): Node[] {
	const walk = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(walk)];
	return walk(parsers.markdown.parse(markdown, {} as never) as Node);
}

/** Expects Markdown that contains only text, code, lists, and tables with rows of equal length. */
export function expectSafeMarkdown(markdown: string): void {
	expectSafeLines(markdown);
	for (const { type, value = '', children = [] } of markdownNodes(markdown)) {
		expect([...HARMLESS_NODES]).toContain(type);
		if (type === 'text') expect(value).not.toMatch(GITHUB_LINK);
		if (type === 'table') {
			expect(new Set(children.map((row) => row.children?.length)).size).toBe(1);
		}
	}
}
