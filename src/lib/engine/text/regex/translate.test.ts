import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { translateRegex } from './translate';

const native = createRequire(import.meta.url)('tokenizers');

let allCharacters = '';
for (let code = 0; code < 0x110000; code++) {
	if (code < 0xd800 || code > 0xdfff) allCharacters += String.fromCodePoint(code);
}

/** The characters that a one-character pattern matches in the native library (Oniguruma). */
function nativeMatches(regex: string): string {
	const tokenizer = native.Tokenizer.fromString(
		JSON.stringify({
			version: '1.0',
			added_tokens: [],
			normalizer: null,
			pre_tokenizer: {
				type: 'Split',
				pattern: { Regex: `(?:${regex})+` },
				behavior: 'Removed',
				invert: true
			},
			post_processor: null,
			decoder: null,
			model: { type: 'BPE', vocab: {}, merges: [] }
		})
	);
	const pieces: [string][] = tokenizer.getPreTokenizer().preTokenizeString(allCharacters);
	return pieces.map(([piece]) => piece).join('');
}

describe('a class matches the same code points as in the native library', () => {
	it.each([
		'\\s',
		'\\d',
		'\\w',
		'\\p{Alpha}',
		'\\p{Alnum}',
		'\\p{Upper}',
		'\\p{Lower}',
		'\\p{Han}',
		'\\p{Latin}',
		'[[:punct:]]',
		'[[:graph:]]',
		'[[:print:]]',
		'[[:word:]]',
		'(?i:s)',
		'(?i:k)',
		'(?i:[a-z])',
		'(?i:[^s])',
		'(?i:[σå])',
		'[^\\s\\p{L}\\p{N}]',
		'[\\p{L}&&[^a-z]]',
		'.'
	])('%s', (pattern) => {
		const ours = allCharacters.match(translateRegex(pattern))?.join('') ?? '';
		const theirs = nativeMatches(pattern);
		// A message would have two megabytes.
		expect(ours === theirs, `${ours.length} units against ${theirs.length}`).toBe(true);
	});
});

describe('errors', () => {
	it.each([
		['(', 'a "(" is never closed'],
		['a)', 'a ")" has no "("'],
		['[a', 'a "[" is never closed'],
		['*a', '"*" has nothing to repeat'],
		['[z-a]', 'a range ends before it begins'],
		['\\x{110000}', '"110000" is not the hexadecimal number of a character'],
		['\\p{L', 'ends too early'],
		['(?i:maß)', 'cannot translate "ß" in a case-insensitive group'],
		['(?i:class)', 'cannot translate "ss" in a case-insensitive group'],
		['(?<=(?>a))b', 'cannot translate an atomic group in a lookbehind']
	])('%s', (pattern, message) => {
		expect(() => translateRegex(pattern)).toThrow(
			`regular expression ${JSON.stringify(pattern)}: ${message}`
		);
	});
});
