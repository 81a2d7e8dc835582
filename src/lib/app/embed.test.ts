import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embedSnippet, unembed } from './embed';

test('the README has the snippet', () => {
	const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
	const squeeze = (text: string) => text.replace(/\s+/g, '');
	const snippet = squeeze(embedSnippet('https://example.org/strawberry/'));
	expect(squeeze(readme).includes(snippet)).toBe(true);
});

test('leaves the frame with the same address', () => {
	const site = 'https://example.org/lab/';
	expect(unembed(`${site}?embed#v1.t=x`)).toBe(`${site}#v1.t=x`);
	expect(unembed(`${site}?embed&t=a,b&letter=%C3%9F`)).toBe(`${site}?t=a,b&letter=%C3%9F`);
	expect(unembed(`${site}?t=a&embed=1&b=2`)).toBe(`${site}?t=a&b=2`);
	expect(unembed(`${site}?embedding=1`)).toBe(`${site}?embedding=1`);
});
