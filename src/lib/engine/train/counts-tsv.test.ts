import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPretokenCounter } from './counter';
import { CountsTsvReader, writeCountsTsv } from './counts-tsv';
import type { PretokenCounts } from './types';
import { EXTRAS } from '../text/all-extras';

function counted(text: string): PretokenCounts {
	const counter = createPretokenCounter({ pattern: 'gpt2', feed: 'whole' }, EXTRAS);
	counter.add(new TextEncoder().encode(text));
	return counter.finish();
}

const write = (counts: PretokenCounts) => [...writeCountsTsv(counts)].join('');

function read(parts: Iterable<string>): PretokenCounts {
	const reader = new CountsTsvReader();
	for (const part of parts) reader.add(part);
	return reader.finish();
}

describe('counts as text', () => {
	it('are lines of a JSON string, a tab and a number, in the order of first occurrence', () => {
		expect(write(counted('say "é"\t say\0'))).toBe(
			'"say"\t1\n" \\""\t1\n"é"\t1\n"\\""\t1\n"\\t"\t1\n" say"\t1\n"\\u0000"\t1\n'
		);
	});

	it('are read back unchanged, however the text is split', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat({ max: 12 })), (text, sizes) => {
				const counts = counted(text);
				const tsv = write(counts);
				const reader = new CountsTsvReader();
				let at = 0;
				for (const size of [...sizes, tsv.length]) reader.add(tsv.slice(at, (at += size)));
				expect(reader.finish()).toEqual(counts);
			})
		);
	});

	it('add up if a pre-token is repeated', () => {
		const counts = read(['"a"\t2\n"b"\t1\n', '"a"\t3\n']);
		expect(write(counts)).toBe('"a"\t5\n"b"\t1\n');
	});

	it('may be large, and add up beyond 2^31', () => {
		const counts = read(['"a"\t2147483647\n"a"\t1\n"a"\t4294967296\n"b"\t9007199254740991']);
		expect([...counts.counts]).toEqual([2 ** 31 + 2 ** 32, Number.MAX_SAFE_INTEGER]);
	});

	it('may begin with a byte order mark, end lines with CRLF, lack the last newline, or be none', () => {
		expect(write(read(['\ufeff"a"\t1\r\n', '"b"\t2']))).toBe('"a"\t1\n"b"\t2\n');
		expect(() => read(['"a"\t1\n\ufeff"b"\t2'])).toThrow(/^line 2/);
		expect(read([]).ends).toHaveLength(0);
	});

	it.each([
		['"a" 1', 'line 2: got "\\"a\\" 1", expected a JSON string, a tab and a count'],
		['', 'line 2: got "", expected a JSON string, a tab and a count'],
		['a\t1', 'line 2: got "a", expected a JSON string before the tab'],
		['1\t1', 'line 2: got "1", expected a JSON string before the tab'],
		['""\t1', 'line 2: got "\\"\\"", expected a pre-token of at least one character'],
		['"\\ud800"\t1', 'expected a pre-token without lone surrogates'],
		['"a"\t0', 'line 2: got "0", expected a whole number from 1 to 9007199254740991'],
		['"a"\t1.5', 'line 2: got "1.5"'],
		['"a"\t1e3', 'line 2: got "1e3"'],
		['"a"\t-1', 'line 2: got "-1"'],
		['"a"\t9007199254740992', 'line 2: got "9007199254740992"'],
		['"a"\t', 'line 2: got ""']
	])('refuse %j and name the line', (line, message) => {
		expect(() => read([`"ok"\t1\n${line}\n"later"\t1\n`])).toThrow(message);
	});
});
