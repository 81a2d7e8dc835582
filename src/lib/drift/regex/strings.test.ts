import { describe, expect, it } from 'vitest';
import { PACKED_IDS, packedSpec } from '../../../../tests/support/packed-tokenizers';
import { IntBuffer, scannerFor } from '../../engine/stages';
import { compileRegex, parseRegex } from '../../engine/text';
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
			matcher.findInText(text, found);
			return found.length > 0;
		});
		expect(matches.length).toBeGreaterThan(0);
	});

	it('includes the text that lookarounds look at', () => {
		expect(stringsOf('(?<=[0-9])-(?=[0-9])')).toContainEqual(expect.stringMatching(/^\d-\d$/));
	});

	it('exceeds every count by one, and falls short by one', () => {
		const lengths = new Set(stringsOf('a{3,5}').map(({ length }) => length));
		expect([...lengths].sort()).toEqual(expect.arrayContaining([2, 3, 4, 5, 6]));
	});

	it('takes a character of each part of a class', () => {
		// a and é are lowercase letters, so one is enough.
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

	const specs = PACKED_IDS.map(packedSpec);
	const published = patternsOf(specs).filter(({ source }) => scannerFor(source));
	it.each(published)('finds none for $source, which has a scanner', (pattern) => {
		expect(endlessText(pattern, partsOf(patternsOf(specs)))).toBeNull();
	});
});
