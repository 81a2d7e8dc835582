import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { anyRules, listed } from '../../../../tests/support/training';
import { createPretokenCounter } from './counter';
import { mergePretokenCounts } from './count-table';
import type { CountingRules, PretokenCounts } from './types';
import { EXTRAS } from '../text/all-extras';

const encoder = new TextEncoder();

type Counter = ReturnType<typeof createPretokenCounter>;

/** Adds bytes in parts of these sizes, and the rest. */
function addInParts(counter: Counter, bytes: Uint8Array, sizes: readonly number[]): void {
	let at = 0;
	for (const size of [...sizes, bytes.length]) counter.add(bytes.subarray(at, (at += size)));
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
	const TEXT = 'a \n \nb\r\n';
	it.each<[string, string, CountingRules, string[]]>([
		['every line with its newline', TEXT, lines('gpt2'), ['a', ' \n', ' \n', 'b', '\r\n']],
		['a text as a whole', TEXT, whole('gpt2'), ['a', ' \n ', '\n', 'b', '\r\n']],
		['lines without a pattern', 'a b\nc', lines('none'), ['a b\n', 'c']],
		['a text without a pattern', 'a b\nc', whole('none'), ['a b\nc']],
		[
			'matches and the text between',
			'ab12 cd12',
			lines({ regex: '\\d+' }),
			['ab', '12', ' cd', '12']
		],
		['at an empty match', 'ab', lines({ regex: '(?=b)' }), ['a', 'b']]
	])('splits %s', (_, text, rules, pretokens) => {
		const counts = new Map<string, number>();
		for (const pretoken of pretokens) counts.set(pretoken, (counts.get(pretoken) ?? 0) + 1);
		expect(count([text], rules)).toEqual([...counts]);
	});

	it('lets no pre-token cross the end of a text', () => {
		expect(count(['ab', 'ab'], whole('gpt2'))).toEqual([['ab', 2]]);
		expect(count(['ab', 'ab'], whole('none'))).toEqual([['ab', 2]]);
	});

	it('reports how much was added', () => {
		const counter = createPretokenCounter(lines('gpt2'), EXTRAS);
		counter.add(encoder.encode('é '));
		counter.add(encoder.encode('a'));
		expect([counter.bytes, counter.distinct]).toEqual([4, 0]);
		counter.endText();
		expect([counter.bytes, counter.distinct]).toEqual([4, 2]);
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
			...['a', 'Ab', '\n', '\n\n', ' ', '  ', "'s", '12', '!', 'é', 'ǆ', '日', '\u0301'],
			...['😀', '\r\n', '\0', '/', '\t', '\u3000']
		),
		{ maxLength: 60 }
	)
	.map((parts) => parts.join(''));

describe('whatever way the text arrives', () => {
	it('counts the same for any chunks and any size of buffer', () => {
		fc.assert(
			fc.property(
				texts,
				anyRules,
				fc.array(fc.nat({ max: 9 })),
				fc.integer({ min: 1, max: 16 }),
				(text, rules, sizes, capacity) => {
					const bytes = encoder.encode(text);
					const counter = createPretokenCounter(rules, EXTRAS, { capacity });
					addInParts(counter, bytes, sizes);
					expect(counter.bytes).toBe(bytes.length);
					expect(listed(counter.finish())).toEqual(count([text], rules));
				}
			),
			{ numRuns: sized(300, 1000) }
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
			addInParts(counter, encoder.encode(text), sizes);
			parts.push(counter.finish());
			return parts;
		};
		fc.assert(
			fc.property(
				texts,
				anyRules,
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
			{ numRuns: sized(200, 500) }
		);
	});
});
