import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codePoint } from '../../../tests/support/arbitrary-text';
import { endingAt } from '../../../tests/support/fake-calls';
import { hostileText } from '../../../tests/support/hostile-text';
import { encodeUtf8 } from '../engine/text';
import { tokenPicture } from '../ui/picture/token-picture';

const text = fc.oneof(hostileText, fc.string({ unit: codePoint, maxLength: 8 }));

/** Bytes of a text and of a part of a character, split into tokens of these lengths. */
function tokensOf(content: string, lengths: readonly number[]) {
	const document = Uint8Array.of(...encodeUtf8(content.toWellFormed()), 0xff, 0xe2, 0x80);
	const ends: number[] = [];
	for (let at = 0, i = 0; at < document.length; i++) {
		at = Math.min(document.length, at + lengths[i % lengths.length]);
		ends.push(at);
	}
	return { document, encoding: endingAt(...ends) };
}

/** Every picture that a page can save, of the same hostile strings. */
const PICTURES = {
	tokens: ([title, name, content]: readonly string[], lengths: readonly number[]) =>
		tokenPicture(title, [
			{ name, ...tokensOf(content, lengths), differs: null },
			{ name, ...tokensOf(content, [1]), differs: null, nameOf: () => name }
		])
};

/** All that the pictures draw with. Nothing of it loads, runs or links to anything. */
const ELEMENTS = ['svg', 'title', 'rect', 'text', 'tspan', 'line', 'circle'];
const ATTRIBUTES =
	/^(?:xmlns|xml:space|width|height|viewBox|fill|stroke|stroke-(?:width|dasharray|opacity)|x|y|dx|cx|cy|r|rx|x1|y1|x2|y2|font-(?:family|size|weight)|text-anchor|textLength|lengthAdjust|style)$/;

it.each(Object.entries(PICTURES))(
	'draws %s as well-formed XML without other elements, attributes or references',
	(_, draw) => {
		fc.assert(
			fc.property(
				fc.tuple(text, text, text),
				fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
				(strings, lengths) => {
					const svg = draw(strings, lengths);
					const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
					expect(parsed.querySelector('parsererror')?.textContent).toBeUndefined();
					for (const element of parsed.querySelectorAll('*')) {
						expect(ELEMENTS).toContain(element.nodeName);
						for (const { name, value } of element.attributes) {
							expect(name).toMatch(ATTRIBUTES);
							if (name !== 'xmlns') expect(value).not.toMatch(/url|var\(|:\/\//i);
						}
					}
					expect(svg).not.toMatch(/<[!?]/);
					expect(parsed.documentElement.textContent).not.toMatch(/(?!\s)\p{Cc}|[\u202a-\u202e]/u);
				}
			),
			{ seed: 20261125, numRuns: 300 }
		);
	}
);
