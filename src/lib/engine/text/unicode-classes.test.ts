import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { withOtherCases } from './regex/case-fold';
import { codePointsOf } from './regex/code-point-set';
import { rangesOfClass } from './unicode-classes';

const { Tiktoken } = createRequire(import.meta.url)('tiktoken');

const LAST = 0x10ffff;
let allText = '';
for (let code = 0; code <= LAST; code++) {
	if (code < 0xd800 || code > 0xdfff) allText += String.fromCodePoint(code);
}
const singleBytes = Array.from(
	{ length: 256 },
	(_, byte) => `${btoa(String.fromCharCode(byte))} ${byte}`
).join('\n');

/** Code points that a one-character regex matches in native tiktoken, which drops text that does not match. */
function nativeMatches(regex: string): Uint8Array {
	const encoding = new Tiktoken(singleBytes, {}, regex);
	const matched = new Uint8Array(LAST + 1);
	const matches = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
		Uint8Array.from(encoding.encode_ordinary(allText))
	);
	for (const char of matches) matched[char.codePointAt(0) ?? 0] = 1;
	encoding.free();
	return matched;
}

it.each(['L', 'Lu', 'M', 'N', 'Nd', 'P', 'S', 'Zs', 'Cc', 'Cf', 'White_Space'])(
	'ranges of %s equal native tiktoken over every code point',
	(name) => {
		const ours = new Uint8Array(LAST + 1);
		for (const [first, last] of rangesOfClass(name) ?? []) ours.fill(1, first, last + 1);
		expect(Buffer.compare(ours, nativeMatches(`\\p{${name}}`))).toBe(0);
	}
);

it('other cases of ASCII letters equal those that (?i:…) matches in native tiktoken', () => {
	for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
		const native = nativeMatches(`(?i:${letter})`);
		const found = [...native.keys()].filter((code) => native[code] && code > 0x7f);
		const code = letter.charCodeAt(0);
		const cases = codePointsOf(withOtherCases([[code, code]]));
		expect([...cases].filter((other) => other > 0x7f)).toEqual(found);
	}
});

it('returns null for an unknown class', () => {
	expect(rangesOfClass('Greek')).toBeNull();
	expect(rangesOfClass('')).toBeNull();
});
