import { describe, expect, it } from 'vitest';
import { nativePretokens } from '../../../../../tests/support/native-stages';
import { IntBuffer } from '../../structures/arrays';
import { findInText } from '../pattern';
import { compileRegex } from './matcher';
import { parseRegex } from './oniguruma';

let allCharacters = '';
for (let code = 0; code < 0x110000; code++) {
	// Surrogates, and planes that are unassigned or private.
	const isOmitted = (code >= 0xd800 && code < 0xe000) || (code >= 0x40000 && code < 0xe0000);
	if (!isOmitted && code < 0xf0100) allCharacters += String.fromCodePoint(code);
}

/** The characters that a one-character pattern matches in the native library (Oniguruma). */
const nativeMatches = (regex: string): string =>
	nativePretokens({
		...{ type: 'Split', pattern: { Regex: `(?:${regex})+` } },
		...{ behavior: 'Removed', invert: true }
	})(allCharacters).join('');

function matchedCharacters(regex: string): string {
	const matches = new IntBuffer();
	findInText(compileRegex(`(?:${regex})+`), allCharacters, matches);
	let matched = '';
	for (let i = 0; i < matches.length; i += 2) {
		matched += allCharacters.slice(matches.data[i], matches.data[i + 1]);
	}
	return matched;
}

describe('a class matches the same code points as in the native library', () => {
	it.each([
		...['\\s', '\\d', '\\w', '\\h', '[\\w]', '[^\\w]', '[\\W]', '[\\p{Word}]', '\\p{Word}', '.'],
		...'Alpha Alnum Upper Lower Punct Graph Print Blank Cntrl XDigit'
			.split(' ')
			.flatMap((name) => [`\\p{${name}}`, `[\\P{${name}}]`, `[[:${name.toLowerCase()}:]]`]),
		...['Han', 'Latin', 'Grek', 'Zyyy', 'Emoji', 'Extended_Pictographic', 'Math', 'Dash', 'LC'].map(
			(name) => `\\p{${name}}`
		),
		'[[:word:]]',
		'(?i:s)',
		'(?i:k)',
		'(?i:[a-z])',
		'(?i:[^s])',
		'(?i:[σå])',
		'[^\\s\\p{L}\\p{N}]',
		'[\\p{L}&&[^a-z]]'
	])('%s', (pattern) => {
		const ours = matchedCharacters(pattern);
		const theirs = nativeMatches(pattern);
		// `toBe` on the texts would print two megabytes.
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
		['\\x{110000}', `"110000" isn't the hexadecimal number of a character`],
		['\\p{L', 'ends too early'],
		['(?i:maß)', `"ß" in a case-insensitive group isn't supported; write it differently`],
		['(?i:class)', `"ss" in a case-insensitive group isn't supported`],
		['(?i)s(?:s)', `"ss" in a case-insensitive group isn't supported`],
		['(?i:ẞ)', `"ẞ" in a case-insensitive group isn't supported`],
		['(?<=(?>a))b', "an atomic group in a lookbehind isn't supported"],
		['(a)\\1', "\\1 isn't supported"],
		['(?<n>a)\\g<n>', "\\g isn't supported"],
		['(?~a)', "(?~ isn't supported"],
		['\\p{Nonsense}', 'unknown property \\p{Nonsense}'],
		['\\Ga', "\\G isn't supported"],
		['\\X', "\\X isn't supported"],
		['a\\Kb', "\\K isn't supported"],
		['\\xe9', "the byte \\xe9 isn't supported"],
		['[a-[b]]', `a "-" here in a class isn't supported`],
		['(?=a)*', "an anchor or a lookaround can't be repeated"],
		['(?:'.repeat(20_000), 'groups and repetitions are nested more than 200 deep'],
		['a' + '{1}'.repeat(20_000), 'groups and repetitions are nested more than 200 deep'],
		['['.repeat(20_000), 'groups and repetitions are nested more than 200 deep']
	])('%s', (pattern, message) => {
		expect(() => parseRegex(pattern)).toThrow(message);
		expect(() => parseRegex(pattern)).toThrow(/^regular expression "[^\n]{1,400}$/);
	});
});
