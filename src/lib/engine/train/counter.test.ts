import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPretokenCounter } from './counter';
import { mergePretokenCounts } from './count-table';
import type { CountingRules, PretokenCounts } from './types';
import { EXTRAS } from '../text/all-extras';

const encoder = new TextEncoder();

/** Counts by pre-token, as strings. */
function listed({ bytes, ends, counts }: PretokenCounts): [string, number][] {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	return Array.from(ends, (end, i) => [
		decoder.decode(bytes.subarray(i > 0 ? ends[i - 1] : 0, end)),
		counts[i]
	]);
}

function count(texts: readonly string[], rules: CountingRules): [string, number][] {
	const counter = createPretokenCounter(rules, EXTRAS);
	for (const text of texts) {
		counter.add(encoder.encode(text));
		counter.endText();
	}
	return listed(counter.finish());
}

const lines = (pattern: CountingRules['pattern']): CountingRules => ({ pattern, feed: 'lines' });
const whole = (pattern: CountingRules['pattern']): CountingRules => ({ pattern, feed: 'whole' });

describe('createPretokenCounter', () => {
	it('counts pre-tokens in the order of first occurrence', () => {
		expect(count(["the cat's the the"], lines('gpt2'))).toEqual([
			['the', 1],
			[' cat', 1],
			["'s", 1],
			[' the', 2]
		]);
	});

	it('splits every line with its newline, or the text as a whole', () => {
		const text = 'a \n \nb\r\n';
		expect(count([text], lines('gpt2'))).toEqual([
			['a', 1],
			[' \n', 2],
			['b', 1],
			['\r\n', 1]
		]);
		expect(count([text], whole('gpt2'))).toEqual([
			['a', 1],
			[' \n ', 1],
			['\n', 1],
			['b', 1],
			['\r\n', 1]
		]);
	});

	it('keeps lines, or the text, whole without a pattern', () => {
		expect(count(['a b\nc'], lines('none'))).toEqual([
			['a b\n', 1],
			['c', 1]
		]);
		expect(count(['a b\nc'], whole('none'))).toEqual([['a b\nc', 1]]);
	});

	it('counts the matches of a regular expression and the text between them', () => {
		expect(count(['ab12 cd12'], lines({ regex: '\\d+' }))).toEqual([
			['ab', 1],
			['12', 2],
			[' cd', 1]
		]);
		expect(count(['ab'], lines({ regex: '(?=b)' }))).toEqual([
			['a', 1],
			['b', 1]
		]);
	});

	it('lets no pre-token cross the end of a text', () => {
		expect(count(['ab', 'ab'], whole('gpt2'))).toEqual([['ab', 2]]);
		expect(count(['ab', 'ab'], whole('none'))).toEqual([['ab', 2]]);
	});

	it('distinguishes strings that differ in NUL bytes and lengths', () => {
		const strings = ['a', 'a\0', 'a\0\0\0\0\0\0', 'aaaaaaaa', 'aaaaaaaa\0', 'aaaaaaaab', 'a'];
		expect(count(strings, whole('none'))).toEqual([
			['a', 2],
			...strings.slice(1, -1).map((text): [string, number] => [text, 1])
		]);
	});

	it('reports how much was added', () => {
		const counter = createPretokenCounter(lines('gpt2'), EXTRAS);
		counter.add(encoder.encode('é '));
		counter.add(encoder.encode('a'));
		expect([counter.bytes, counter.waiting]).toEqual([4, 4]);
		counter.endText();
		expect([counter.bytes, counter.waiting]).toEqual([4, 0]);
		expect(counter.distinct).toBe(2);
	});

	it('reports the first byte that is not UTF-8, and the error in a regular expression', () => {
		const counter = createPretokenCounter(lines('gpt2'), EXTRAS, { byteStart: 100 });
		counter.add(Uint8Array.of(0x61, 0x0a, 0x62, 0xff));
		expect(() => counter.finish()).toThrow('not UTF-8 at byte 103 (0xFF)');
		const second = createPretokenCounter(lines('gpt2'), EXTRAS);
		second.add(encoder.encode('one\n'));
		second.endText();
		second.add(Uint8Array.of(0x61, 0xc3));
		expect(() => second.endText()).toThrow('not UTF-8 at byte 1 (0xC3)');
		expect(() => createPretokenCounter(lines({ regex: 'a(b' }), EXTRAS)).toThrow(
			expect.objectContaining({
				rule: 'pattern',
				message: 'regular expression "a(b": a "(" is never closed (character 3)'
			}) as Error
		);
	});

	it.each<[string, CountingRules, boolean]>([
		['a name', lines('none'), true],
		['a regular expression that is found', lines({ regex: 'x+' }), true],
		['one that is found nowhere', lines({ regex: 'z+' }), false],
		['one that would have to cross the end of a line', lines({ regex: '\\nb' }), false],
		['one that matches nothing but a place', whole({ regex: '(?=x)' }), true],
		['one that is found and splits nothing', whole({ regex: '[\\s\\S]+' }), true]
	])('reports whether the pattern matched: %s', (_, rules, matched) => {
		const counter = createPretokenCounter(rules, EXTRAS);
		counter.add(encoder.encode('axx\nb'));
		counter.finish();
		expect(counter.matched).toBe(matched);
	});
});

const texts = fc
	.array(
		fc.constantFrom(
			'a',
			'Ab',
			'\n',
			'\n\n',
			' ',
			'  ',
			"'s",
			'12',
			'!',
			'é',
			'ǆ',
			'日',
			'\u0301',
			'😀',
			'\r\n',
			'\0',
			'/',
			'\t',
			'\u3000'
		),
		{ maxLength: 60 }
	)
	.map((parts) => parts.join(''));
const rules: fc.Arbitrary<CountingRules> = fc.record({
	pattern: fc.constantFrom<CountingRules['pattern'][]>(
		'gpt2',
		'cl100k',
		'o200k',
		'llama3',
		'qwen2',
		'none',
		{
			regex: '\\s?\\w+'
		}
	),
	feed: fc.constantFrom('lines' as const, 'whole' as const)
});

describe('whatever way the text arrives', () => {
	it('counts the same for any chunks and any size of buffer', () => {
		fc.assert(
			fc.property(
				texts,
				rules,
				fc.array(fc.nat({ max: 9 })),
				fc.integer({ min: 1, max: 16 }),
				(text, rules, sizes, capacity) => {
					const bytes = encoder.encode(text);
					const counter = createPretokenCounter(rules, EXTRAS, { capacity });
					let at = 0;
					for (const size of [...sizes, bytes.length]) {
						counter.add(bytes.subarray(at, at + size));
						at = Math.min(bytes.length, at + size);
					}
					expect(counter.bytes).toBe(bytes.length);
					expect(listed(counter.finish())).toEqual(count([text], rules));
				}
			),
			{ numRuns: 1000 }
		);
	});

	it('hands over the same parts, which add up to all counts', () => {
		const bounds = fc.record({
			maxDistinct: fc.integer({ min: 1, max: 9 }),
			maxDistinctBytes: fc.integer({ min: 1, max: 40 })
		});
		const inParts = (text: string, rules: CountingRules, sizes: number[], bounds: object) => {
			const parts: PretokenCounts[] = [];
			const onFull = (counts: PretokenCounts) => void parts.push(counts);
			const options = { parts: { maxDistinct: 1, maxDistinctBytes: 1, ...bounds, onFull } };
			const counter = createPretokenCounter(rules, EXTRAS, options);
			const bytes = encoder.encode(text);
			let at = 0;
			for (const size of [...sizes, bytes.length]) counter.add(bytes.subarray(at, (at += size)));
			parts.push(counter.finish());
			return parts;
		};
		fc.assert(
			fc.property(
				texts,
				rules,
				fc.array(fc.nat({ max: 9 })),
				bounds,
				(text, rules, sizes, bounds) => {
					const parts = inParts(text, rules, sizes, bounds);
					expect(parts).toEqual(inParts(text, rules, [], bounds));
					expect(listed(mergePretokenCounts(parts))).toEqual(count([text], rules));
					for (const { ends } of parts) expect(ends.length).toBeLessThanOrEqual(bounds.maxDistinct);
					for (const { bytes, ends } of parts.slice(0, -1)) {
						const isFull =
							ends.length === bounds.maxDistinct || bytes.length >= bounds.maxDistinctBytes;
						expect(isFull).toBe(true);
						expect((ends.at(-2) ?? 0) < bounds.maxDistinctBytes).toBe(true);
					}
				}
			),
			{ numRuns: 500 }
		);
	});

	it('counts the same in parts that are added up', () => {
		fc.assert(
			fc.property(fc.array(texts), rules, (texts, rules) => {
				const parts = texts.map((text) => {
					const counter = createPretokenCounter(rules, EXTRAS);
					counter.add(encoder.encode(text));
					return counter.finish();
				});
				expect(listed(mergePretokenCounts(parts))).toEqual(count(texts, rules));
			})
		);
	});
});
