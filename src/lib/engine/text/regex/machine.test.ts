import { describe, expect, it } from 'vitest';
import { sized } from '../../../../../tests/support/size';
import { IntBuffer } from '../../structures/arrays';
import { findInText } from '../pattern';
import { compileRegex } from './matcher';

/** Start and exclusive end of each match in UTF-16 code units. */
function find(regex: string, text: string): number[] {
	const matches = new IntBuffer();
	findInText(compileRegex(regex), text, matches);
	return [...matches.toArray()];
}

describe('a long text without a break', () => {
	const letters = 'é'.repeat(2_800_000);

	it.each([
		'[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}',
		'(?:\\p{Lu}|\\p{L}\\p{M}*)+',
		'(?>\\p{L}+)',
		"[\\p{Lu}\\p{Lt}]*[\\p{Ll}\\p{Lm}]+(?i:'s|'t)?|\\s"
	])('is matched as a whole by %s', (regex) => {
		expect(find(regex, letters)).toEqual([0, letters.length]);
	});
});

describe('a pattern that backtracks', () => {
	const patterns = [
		['(?:\\p{L}*)*!', 'é'.repeat(60)],
		['(a+)+$', `${'a'.repeat(40)}!`],
		['(?:\\S+)+(?=\\d)', 'x'.repeat(60)],
		['(?:a|aa)+b', 'a'.repeat(60)]
	];

	// Each takes seconds.
	it.each(patterns.slice(0, sized(1, patterns.length)))(
		'%s is given up with one error',
		(regex, text) => {
			expect(() => find(regex, text)).toThrow(
				/^regular expression "[^\n]+": gave up at byte \d+ of the text after [\d,]+ steps, because it backtracks; write it without a repetition in a repetition$/
			);
		}
	);

	it('is given up if it keeps too many choices open', () => {
		expect(() => find('(?:a|a.)*b', 'a'.repeat(9_000_000))).toThrow('choices open');
	});

	it('takes steps in proportion to the text if it is an ordinary one', () => {
		const matcher = compileRegex("'s| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");
		const text = "It's a text, with 1,000 words…  And more.\n".repeat(1000);
		findInText(matcher, text, new IntBuffer());
		expect(matcher.steps).toBeLessThan(2 * text.length);
	});
});

it('reads a class of 40,000 scattered characters in proportion to its length', () => {
	const members = Array.from(
		{ length: 40_000 },
		(_, i) => `\\x{${(0x10000 + 3 * i).toString(16)}}`
	);
	const text = String.fromCodePoint(0x10000, 0x10001, 0x10003);
	expect(find(`[${members.join('')}]`, text)).toEqual([0, 2, 4, 6]);
});

it('refuses a pattern that tells too many characters apart', () => {
	const words = Array.from({ length: 30_000 }, (_, i) => String.fromCodePoint(0x4e00 + i, 0x61));
	expect(() => compileRegex(words.join('|'))).toThrow(
		/^regular expression .*: distinguishes [\d,]+ classes of characters in [\d,]+ sets; write a simpler one$/
	);
});

it('finds matches of a lookbehind only within the section', () => {
	const matches = new IntBuffer();
	const bytes = new TextEncoder().encode('xaxa');
	const matcher = compileRegex('(?<=x)a|^a|a$');
	matcher.findInBytes(bytes, 1, 3, matches);
	expect([...matches.toArray()]).toEqual([1, 2]);
});

it('does not let what follows an atomic group change how it matches', () => {
	expect(find('(?>|\\w)\\s', 'a b')).toEqual([1, 2]);
	expect(find('(?:[a ]b)*+.', ' b')).toEqual([1, 2]);
});
