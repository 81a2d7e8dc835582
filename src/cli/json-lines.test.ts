import { describe, expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { convertLines, jsonIds, jsonString } from './json-lines';

const line = (text: string) => ({ text, name: 'in.jsonl line 7' });

describe('jsonString', () => {
	it('reads escapes of lone surrogates, and takes a carriage return at the end for white space', () => {
		expect(jsonString(line('"a\\ud800b"'))).toBe('a\ud800b');
		expect(jsonString(line('"a"\r'))).toBe('a');
	});

	it.each([
		['', 'got an empty line, expected a JSON string'],
		['bare', 'got "bare", expected a JSON string'],
		['12', 'got 12, expected a JSON string'],
		['["a"]', 'got ["a"], expected a JSON string'],
		['"open', 'got "\\"open", expected a JSON string']
	])('refuses %j, naming the line', (text, message) => {
		expect(() => jsonString(line(text))).toThrow(`in.jsonl line 7: ${message}`);
	});

	it('shows no more than the beginning of a long line', () => {
		expect(() => jsonString(line('x'.repeat(1000)))).toThrow(`got "${'x'.repeat(40)}…", expected`);
	});
});

describe('jsonIds', () => {
	it('reads an array of ids, also an empty one', () => {
		expect(jsonIds(line('[0, 15, 200018]'))).toEqual([0, 15, 200018]);
		expect(jsonIds(line('[]'))).toEqual([]);
	});

	it.each(['[1.5]', '[-1]', '["1"]', '[null]', '[1e300]', '[[1]]'])('refuses %s', (text) => {
		expect(() => jsonIds(line(text))).toThrow(/^in\.jsonl line 7: got .* in the array, expected/);
	});

	it('refuses what is no array', () => {
		expect(() => jsonIds(line('1 2'))).toThrow('got "1 2", expected a JSON array of ids');
		expect(() => jsonIds(line('{"0":1}'))).toThrow('expected a JSON array of ids');
	});
});

describe('convertLines', () => {
	it('answers each chunk before it takes the next', async () => {
		const seen: string[] = [];
		const io = new MemoryIo();
		io.open = async function* () {
			await Promise.resolve();
			for (const text of ['a\nb\n', 'c\n']) {
				yield new TextEncoder().encode(text);
				seen.push(io.output);
			}
		};
		await convertLines(io, io, [], ({ text }) => text.toUpperCase());
		expect(seen).toEqual(['A\nB\n', 'A\nB\nC\n']);
	});
});
