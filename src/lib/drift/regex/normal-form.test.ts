import { describe, expect, it } from 'vitest';
import { leavesNoGap, normalRegex, partition } from './normal-form';

describe('normalRegex', () => {
	it.each([
		['[0-9]', '(?:[0-9])'],
		['a|b|c', '[a-c]'],
		['\\p{L}\\p{L}*', '\\p{L}+'],
		['\\p{N}{1,}', '\\p{N}+'],
		['(?i:s)', '[sSſ]'],
		['[^\\s]', '\\S'],
		['a{1}b{2}', 'ab{2}'],
		["'s|'t|x|y", "'s|'t|[xy]"]
	])('%s and %s are one pattern', (a, b) => {
		expect(normalRegex(a)).toBe(normalRegex(b));
	});

	it.each([
		['\\p{N}{1,3}', '\\p{N}'],
		['\\s+(?!\\S)|\\s+', '\\s+'],
		['ab|a', 'a|ab'],
		['a+', 'a+?'],
		['a++', 'a+'],
		['\\p{Zs}', '[ \\x{a0}]'],
		['(?<=a)b', '(?<!a)b']
	])('%s and %s are two', (a, b) => {
		expect(normalRegex(a)).not.toBe(normalRegex(b));
	});
});

describe('leavesNoGap', () => {
	const cl100k =
		"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

	it('sees that every character is matched by some alternative', () => {
		expect(leavesNoGap(cl100k)).toBe(true);
		expect(leavesNoGap('\\p{L}+|\\P{L}')).toBe(true);
	});

	it.each([
		['no alternative matches a digit', '\\p{L}+|\\s+'],
		['a space only matches before another', '\\S+|\\s+(?!\\S)'],
		['an earlier alternative may match nothing', '\\s*|\\p{L}|[^\\p{L}]'],
		['two letters are needed', '\\p{L}{2}|\\P{L}']
	])('does not claim it if %s', (_, pattern) => {
		expect(leavesNoGap(pattern)).toBe(false);
	});
});

it('parts Unicode so that every set is a union of parts', () => {
	const letters = [[0x61, 0x7a]] as const;
	const vowels = [[0x61, 0x65]] as const;
	expect(partition([letters, vowels, letters])).toEqual([
		[[0x61, 0x65]],
		[[0x66, 0x7a]],
		[
			[0, 0x60],
			[0x7b, 0x10ffff]
		]
	]);
});
