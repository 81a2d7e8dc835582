import { expect, test } from 'vitest';
import { isPageLink, unembed } from './page-link';

const site = 'https://example.org/lab/';

test('leaves the frame with the same address', () => {
	expect(unembed(`${site}?embed#v1.t=x`)).toBe(`${site}#v1.t=x`);
	expect(unembed(`${site}?embed&t=a,b&letter=%C3%9F`)).toBe(`${site}?t=a,b&letter=%C3%9F`);
	expect(unembed(`${site}?t=a&embed=1&b=2`)).toBe(`${site}?t=a&b=2`);
	expect(unembed(`${site}?embedding=1`)).toBe(`${site}?embedding=1`);
});

test('an address is a link if it asks for more than a frame', () => {
	for (const plain of ['', '?', '?embed', '?embed=1', '?embed#text', '#text'])
		expect(isPageLink(site + plain), plain).toBe(false);
	for (const link of ['?a=gpt2', '?embed&a=gpt2', '?a=gpt2&embed', '?embed#v1.t=x', '#v1.t=x'])
		expect(isPageLink(site + link), link).toBe(true);
});
