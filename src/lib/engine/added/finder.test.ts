import { describe, expect, it } from 'vitest';
import { IntBuffer } from '../structures/int-buffer';
import { encodeUtf8 } from '../text/utf8';
import { createFinder } from './finder';
import { EXTRAS } from '../text/all-extras';

type Flags = Partial<Record<'single_word' | 'lstrip' | 'rstrip', boolean>>;

type Token = string | [string, Flags];

/** Finds tokens (`content` or `[content, flags]`). Returns the text of each match. */
function find(text: string, ...tokens: Token[]): string[] {
	const bytes = encodeUtf8(text);
	const { data, length } = matches(bytes, tokens);
	return Array.from({ length: length / 3 }, (_, i) =>
		new TextDecoder().decode(bytes.subarray(data[3 * i + 1], data[3 * i + 2]))
	);
}

function matches(bytes: Uint8Array, tokens: readonly Token[]): IntBuffer {
	const sought = tokens.map((token, id) => {
		const [content, flags] = typeof token === 'string' ? [token, {}] : token;
		const spec = {
			id,
			content,
			single_word: false,
			lstrip: false,
			rstrip: false,
			normalized: false,
			special: true,
			...flags
		};
		return { token: spec, content: encodeUtf8(content) };
	});
	const found = new IntBuffer();
	createFinder(sought, EXTRAS)?.find({ bytes, start: 0, end: bytes.length, origin: null }, found);
	return found;
}

describe('added tokens', () => {
	it('are found from left to right, the longest first', () => {
		expect(find('aaab', 'a', 'aa', 'aab')).toEqual(['aa', 'a']);
		expect(find('<unused12>', '<unused1>', '<unused12>', '<')).toEqual(['<unused12>']);
		expect(find('<unused1x', '<unused1>', '<')).toEqual(['<']);
	});

	it('include any white space if they strip', () => {
		expect(find('a \u3000<x>\n\tb', ['<x>', { lstrip: true }])).toEqual([' \u3000<x>']);
		expect(find('a \u3000<x>\n\u0085b', ['<x>', { rstrip: true }])).toEqual(['<x>\n\u0085']);
	});

	it('exclude white space that the previous one includes', () => {
		const both = { lstrip: true, rstrip: true };
		expect(find('<x> <x> ', ['<x>', both])).toEqual(['<x> ', '<x> ']);
	});

	it('are whole words with single_word', () => {
		expect(find('cat cats concat cat', ['cat', { single_word: true }])).toEqual(['cat', 'cat']);
		expect(find('é<x>', ['<x>', { single_word: true }])).toEqual([]);
		expect(find('\u0301<x>', ['<x>', { single_word: true }])).toEqual([]);
		expect(find('-<x>-', ['<x>', { single_word: true }])).toEqual(['<x>']);
	});

	it('are not found within matches that are no whole words', () => {
		expect(find('cab ab', ['ab', { single_word: true }], 'b')).toEqual(['ab']);
	});

	it('take linear time however long they are', () => {
		const long = 'a'.repeat(20_000);
		expect(find(`${long.repeat(20)}b`, `${long}b`, `c${long}`)).toEqual([`${long}b`]);
	});

	it.each([{ lstrip: true }, { rstrip: true }])('take linear time with %o', (flags) => {
		const tabs = encodeUtf8('\t'.repeat(100_000));
		expect(matches(tabs, [['\t', flags]]).length / 3).toBe(100_000);
	});

	it('have no finder if there are none, or only empty ones', () => {
		expect(createFinder([], EXTRAS)).toBeNull();
		expect(find('abc', '')).toEqual([]);
	});
});
