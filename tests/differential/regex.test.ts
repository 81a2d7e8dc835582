/**
 * Compares both regex dialects with the native libraries: generated patterns, and every class of differences found so
 * far.
 */
import { describe, expect, it } from 'vitest';
import { SEED } from '../support/random-texts';
import { sized } from '../support/size';
import { comparePattern, comparePatterns, DIALECTS } from '../fuzz/regex/compare';

describe.each(DIALECTS)('%s', (dialect) => {
	it('agrees on generated patterns, or they are refused', () => {
		const { counts, failures } = comparePatterns(dialect, sized(500, 3000), SEED);
		expect(failures).toEqual([]);
		// Most patterns that the reference accepts must be supported.
		expect(counts.equal).toBeGreaterThan((dialect === 'rust' ? 2 : 4) * counts.refused);
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
		['(?:ab){1,2}+', 'ababab'],
		['(?:ab){1,2}+a', 'ababa'],
		['\\p{N}{1,3}+', '1234567'],
		['a{2}?b', 'aab b'],
		['a{,2}', 'aaa'],
		['[a-z&&[^b]]+', 'abc'],
		['\\w+|\\W', 'a²³\u200db'],
		['[\\w-]+', 'a-²\u200d'],
		['\\d{1,3}(?=(?:\\d{3})*\\b)', '1234567 89'],
		["(?i:'s|[kt])+", "'Sſ'ſK\u212aT"],
		['(?P<n>a)b', 'ab'],
		['\\p{Script=Greek}+', 'αa'],
		['\\pL+', 'aé1'],
		['\\xe9|\\u{e8}', 'éè'],
		['(?<=a|bc)d', 'adbcd']
	])('%s', (pattern, text) => {
		expect(comparePattern('rust', pattern, [text])).toEqual({ outcome: 'equal' });
	});

	it.each([
		...['a**', '(?<=a*)b', '[z-a]', '[A-[b]', '\\Z', '\\p{Cs}', '[a-\\d]', '(?<=(a|bc))d', '[\\b]']
	])('%s is refused by both', (pattern) => {
		expect(comparePattern('rust', pattern, [])).toEqual({ outcome: 'both refuse' });
	});

	it.each([
		...[
			'(?m)^a',
			'(?s).',
			'(?i)a',
			'[[:alpha:]]',
			'[\\p{L}--[aeiou]]',
			'[a-f~~d-k]',
			'(?i:\\p{Lu})'
		],
		...['(?i:[a-z&&[^k]])', '(?:a?)*b', '(?<=a{2})b', 'a{2}{3}']
	])('%s is refused by the lab', (pattern) => {
		expect(comparePattern('rust', pattern, [])).toEqual({ outcome: 'refused' });
	});
});
