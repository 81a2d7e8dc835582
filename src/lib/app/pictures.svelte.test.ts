import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codePoint } from '../../../tests/support/arbitrary-text';
import { endingAt } from '../../../tests/support/fake-calls';
import { hostileText } from '../../../tests/support/hostile-text';
import { encodeUtf8 } from '../engine/text';
import { tokenPicture } from '../ui/picture/token-picture';

const text = fc.oneof(hostileText, fc.string({ unit: codePoint, maxLength: 8 }));

/** Splits the bytes of a text, followed by invalid bytes and an incomplete character, into tokens of these lengths. */
function tokensOf(content: string, lengths: readonly number[]) {
	const document = Uint8Array.of(...encodeUtf8(content.toWellFormed()), 0xff, 0xe2, 0x80);
	const ends: number[] = [];
	for (let at = 0, i = 0; at < document.length; i++) {
		at = Math.min(document.length, at + lengths[i % lengths.length]);
		ends.push(at);
	}
	return { document, encoding: endingAt(...ends) };
}

/** Everything that a picture may contain. None of it loads, runs or links to anything. */
const ELEMENTS = ['svg', 'title', 'rect', 'text', 'tspan', 'line', 'circle'];
const ATTRIBUTES =
	/^(?:xmlns|xml:space|width|height|viewBox|fill|stroke|stroke-(?:width|dasharray|opacity)|x|y|dx|cx|cy|r|rx|x1|y1|x2|y2|font-(?:family|size|weight)|text-anchor|textLength|lengthAdjust|style)$/;

it('draws tokens as well-formed XML without other elements, attributes or references', () => {
	fc.assert(
		fc.property(
			fc.tuple(text, text, text),
			fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
			([title, name, content], lengths) => {
				const svg = tokenPicture(title, [
					{ name, ...tokensOf(content, lengths), differs: null },
					{ name, ...tokensOf(content, [1]), differs: null, nameOf: () => name }
				]);
				const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
				const elements = [...parsed.querySelectorAll('*')];
				const attributes = elements.flatMap((element) => [...element.attributes]);
				expect(parsed.querySelector('parsererror')?.textContent).toBeUndefined();
				expect(elements.filter(({ nodeName }) => !ELEMENTS.includes(nodeName))).toEqual([]);
				expect(attributes.filter(({ name }) => !ATTRIBUTES.test(name))).toEqual([]);
				expect(
					attributes.filter(({ name, value }) => name !== 'xmlns' && /url|var\(|:\/\//i.test(value))
				).toEqual([]);
				expect(svg).not.toMatch(/<[!?]/);
				expect(parsed.documentElement.textContent).not.toMatch(/(?!\s)\p{Cc}|[\u202a-\u202e]/u);
			}
		),
		{ seed: 20261125, numRuns: 300 }
	);
});
