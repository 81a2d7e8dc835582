import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { CLASS_FLAGS, ClassFlag, EXTRA_CASE_FOLDS, rangesOfClass } from './unicode-classes';

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

/** Code points that a one-character regex matches in native tiktoken, which drops what does not match. */
function nativeMatches(regex: string): Uint8Array {
	const encoding = new Tiktoken(singleBytes, {}, regex);
	const matched = new Uint8Array(LAST + 1);
	const kept = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
		Uint8Array.from(encoding.encode_ordinary(allText))
	);
	for (const char of kept) matched[char.codePointAt(0) ?? 0] = 1;
	encoding.free();
	return matched;
}

describe('class tables', () => {
	it.each([
		['[\\p{Lu}\\p{Lt}]', ClassFlag.upper],
		['\\p{Ll}', ClassFlag.lower],
		['[\\p{Lm}\\p{Lo}]', ClassFlag.caseless],
		['\\p{M}', ClassFlag.mark],
		['\\p{N}', ClassFlag.number],
		['[\\p{P}\\p{S}]', ClassFlag.punctuation],
		['\\s', ClassFlag.space],
		['[\\r\\n]', ClassFlag.newline]
	])('flags equal %s of native tiktoken over every code point', (regex, flag) => {
		const native = nativeMatches(regex);
		const ours = CLASS_FLAGS.map((flags) => (flags & flag ? 1 : 0));
		expect(Buffer.compare(ours, native)).toBe(0);
	});

	it.each(['L', 'Lu', 'M', 'N', 'Nd', 'P', 'S', 'Zs', 'Cc', 'Cf', 'White_Space'])(
		'ranges of %s equal native tiktoken over every code point',
		(name) => {
			const ours = new Uint8Array(LAST + 1);
			for (const [first, last] of rangesOfClass(name) ?? []) ours.fill(1, first, last + 1);
			expect(Buffer.compare(ours, nativeMatches(`\\p{${name}}`))).toBe(0);
		}
	);

	it('knows what (?i:…) adds to ASCII letters', () => {
		for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
			const native = nativeMatches(`(?i:${letter})`);
			const found = [...native.keys()].filter((code) => native[code] && code > 0x7f);
			const expected = letter in EXTRA_CASE_FOLDS ? [EXTRA_CASE_FOLDS[letter]] : [];
			expect(found).toEqual(expected);
		}
	});

	it('gives null for a class it does not know', () => {
		expect(rangesOfClass('Greek')).toBeNull();
		expect(rangesOfClass('')).toBeNull();
	});
});
