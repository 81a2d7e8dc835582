import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { IntBuffer, scannerFor } from '../../engine/stages';
import { compileRegex, findInText, parseRegex } from '../../engine/text';
import { partsOf, patternsOf } from '../probes/characters';
import { endlessText, regexStrings } from './strings';

const stringsOf = (pattern: string) => {
	const node = parseRegex(pattern);
	return regexStrings(node, partsOf([{ node }]));
};

describe('regexStrings', () => {
	it.each([
		'\\d{4}-\\d{2}-\\d{2}',
		'(?:[a-z0-9]+\\.)*[a-z0-9]+@[a-z0-9]+\\.[a-z]{2,}',
		'\\(\\d{3}\\) \\d{3}-\\d{4}',
		"(?i:'s|'ll)",
		'\\s+(?!\\S)'
	])('makes texts that %s matches as a whole', (pattern) => {
		const matcher = compileRegex(`\\A(?:${pattern})\\z`);
		const matches = stringsOf(pattern).filter((text) => {
			const found = new IntBuffer();
			findInText(matcher, text, found);
			return found.length > 0;
		});
		expect(matches.length).toBeGreaterThan(0);
	});

	it('covers lookarounds, counts and the parts of classes', () => {
		expect(stringsOf('(?<=[0-9])-(?=[0-9])')).toContainEqual(expect.stringMatching(/^\d-\d$/));
		const lengths = new Set(stringsOf('a{3,5}').map(({ length }) => length));
		expect([...lengths].sort()).toEqual(expect.arrayContaining([2, 3, 4, 5, 6]));
		// a and é are both lowercase letters, so one of them is enough.
		expect(stringsOf('[aé中]').sort()).toEqual(['a', '中']);
	});
});

describe('endlessText', () => {
	const find = (source: string) => {
		const node = parseRegex(source);
		return endlessText({ source, node }, partsOf([{ node }]));
	};

	it.each(['(a+)+$|.', '(?:\\p{L}+)+!|.', '(?:x|xx)*y|[^y]'])('finds one for %s', (pattern) => {
		expect(find(pattern)).toMatch(/^(.)\1{15,}/u);
	});

	it.each([
		"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
		'\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+',
		'(?:a|b)*c|.'
	])('finds none for %s', (pattern) => {
		expect(find(pattern)).toBeNull();
	});

	const specs = ['cl100k_base', 'o200k_base', 'deepseek-v3', 'kimi-k2'].map(packedSpec);
	const patterns = patternsOf(specs);
	const parts = partsOf(patterns);
	const scanned = patterns.filter(({ source }) => scannerFor(source));
	it.each(scanned)('finds none for $source, which has a scanner', (pattern) => {
		expect(endlessText(pattern, parts)).toBeNull();
	});
});
