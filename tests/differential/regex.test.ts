/** Both regex dialects against the native libraries: generated patterns, and every class of differences found so far. */
import { describe, expect, it } from 'vitest';
import { SEED } from '../support/random-texts';
import { sized } from '../support/size';
import { comparePattern, comparePatterns, DIALECTS } from '../fuzz/regex/compare';

describe.each(DIALECTS)('%s', (dialect) => {
	it('agrees on generated patterns, or they are refused', () => {
		const { counts, failures } = comparePatterns(dialect, sized(500, 3000), SEED);
		expect(failures).toEqual([]);
		// Most patterns that the reference accepts must be read.
		expect(counts.equal).toBeGreaterThan(4 * counts.refused);
	});
});

describe('Oniguruma', () => {
	it.each([
		['[\\w]+', 'a²³¹¼½¾b'],
		['[\\W]+', 'a²³¹¼½¾b'],
		['[^\\w]+|\\w', 'a²³¹¼½¾b'],
		['[\\p{Word}]+', 'a²b'],
		['\\w+|[^\\w\\s]+|\\s+', 'x² + ½ y'],
		['\\pL+', 'pLLLxab'],
		['(?:|a)*', 'aab'],
		['(?:|a)+b', 'aab'],
		['(?:|a){2,}b', 'aab'],
		['(?:a??)*b', 'aab'],
		['(?:a*)*b', 'aab'],
		['(?x)a\u3000b', 'a\u3000b ab'],
		['(?x)a b # c', 'ab'],
		['(?x)a +', 'aaa'],
		['a(?#c)+', 'aaa'],
		['a{2}?b', 'b aab'],
		['a{2}+', 'aaaaaaa'],
		['\\p{Extended_Pictographic}+', '☀\u{1fae8}\u{1fadc}a'],
		['(?i:[a-z]+)', 'aſ\u212a'],
		['a(?i)b|c', 'aBCac'],
		['$', 'a\nb\n'],
		['^', 'a\nb\n']
	])('%s', (pattern, text) => {
		expect(comparePattern('oniguruma', pattern, [text])).toEqual({ outcome: 'equal' });
	});

	it.each([
		...['^*a', '(?=a)*a', '(?:a|\\b)+', '[a-\\d]', '[\\d-a]', '[[:foo:]]', '(?s).', '\\x80'],
		...['{2}a', '(?<!(a))b', '(?<=b?a?)c']
	])('%s is refused by both', (pattern) => {
		expect(comparePattern('oniguruma', pattern, [])).toEqual({ outcome: 'both refuse' });
	});
});

describe('Rust', () => {
	it.each([
		['\\p{L}+', 'ab 12 cd'],
		['^a|b$', 'a\na\nb\nb'],
		['(?m)^a|b$', 'a\na\nb\nb\n'],
		['(?:ab){1,2}+', 'ababab'],
		['(?:ab){1,2}+a', 'ababa'],
		['\\p{N}{1,3}+', '1234567'],
		['[[:alpha:]]+', 'aéb'],
		['(?i:\\p{Lu})+', 'aBé'],
		['(?i:[[:upper:]])+', 'aBſ'],
		['[\\p{L}--[aeiou]]+', 'abcdef'],
		['[a-z&&[^b]]+', 'abc'],
		['[a-f~~d-k]+', 'abcdefghijkl'],
		['\\w+', 'a²³\u200db'],
		['(?s).+', 'a\nb'],
		['(?u)\\w+', 'é'],
		['(?P<n>a)b', 'ab'],
		['\\p{Script=Greek}+', 'αa'],
		['(?i)ß+', 'ßẞss'],
		['(?U)a+b', 'aab'],
		['((?i)a)b', 'AB'],
		['a{2}{3}', 'aa{3}'],
		['\\pL+', 'aé1'],
		['(?<=a|bc)d', 'adbcd']
	])('%s', (pattern, text) => {
		expect(comparePattern('rust', pattern, [text])).toEqual({ outcome: 'equal' });
	});

	it.each([
		...['a**', '(?<=a*)b', '[z-a]', '[A-[b]', '\\Z', '\\p{Cs}', '[a-\\d]', '(?<=(a|bc))d', '[\\b]']
	])('%s is refused by both', (pattern) => {
		expect(comparePattern('rust', pattern, [])).toEqual({ outcome: 'both refuse' });
	});
});
