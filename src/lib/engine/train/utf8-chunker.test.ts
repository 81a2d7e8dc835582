import { describe, expect, it } from 'vitest';
import {
	afterNewline,
	afterNewlineOrWord,
	betweenWords,
	nowhere,
	Utf8Chunker,
	type FindBoundary
} from './utf8-chunker';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function gather(
	text: string,
	findBoundary: FindBoundary,
	capacity: number,
	limit = 1000
): string[] {
	const given: string[] = [];
	const take = (bytes: Uint8Array, end: number) =>
		given.push(decoder.decode(bytes.subarray(0, end)));
	const chunker = new Utf8Chunker(take, findBoundary, { limit, capacity });
	chunker.add(encoder.encode(text));
	chunker.end();
	return given;
}

describe('Utf8Chunker', () => {
	it('splits after the last newline in the buffer', () => {
		expect(gather('ab\ncd\nef', afterNewline, 7)).toEqual(['ab\ncd\n', 'ef']);
	});

	it('splits before a space after anything but white space', () => {
		expect(gather('ab  cd! e', betweenWords, 8)).toEqual(['ab  cd!', ' e']);
		expect(gather('ab  \u3000 c', betweenWords, 8)).toEqual(['ab', '  \u3000 c']);
	});

	it('splits after a newline only before a letter and after anything but white space', () => {
		expect(gather('ab \ncd!\nef\ngé', betweenWords, 12)).toEqual(['ab \ncd!\nef\n', 'gé']);
		expect(gather('é\né!', betweenWords, 5)).toEqual(['é\n', 'é!']);
		expect(gather('a\n\nb\n1', betweenWords, 5)).toEqual(['a\n\nb\n1']);
	});

	it('splits a line between words only if the buffer has no newline', () => {
		expect(gather('ab\ncd ef gh', afterNewlineOrWord, 8)).toEqual(['ab\n', 'cd ef gh']);
		expect(gather('cd ef gh ij', afterNewlineOrWord, 8)).toEqual(['cd ef', ' gh ij']);
	});

	it('grows if there is no boundary', () => {
		expect(gather('ab cd ef', afterNewline, 2)).toEqual(['ab cd ef']);
		expect(gather('ab\ncd', nowhere, 2)).toEqual(['ab\ncd']);
	});

	it('refuses more bytes than the limit, with the byte where they begin', () => {
		expect(() => gather(`ab\n${'c'.repeat(11)}`, afterNewline, 4, 10)).toThrow(
			/from byte 3 on: expected one within 10 bytes/
		);
		expect(gather('c'.repeat(10), afterNewline, 4, 10)).toHaveLength(1);
	});

	it('restarts its byte offsets with every text', () => {
		const chunker = new Utf8Chunker(() => undefined, afterNewline, { limit: 100, byteStart: 7 });
		chunker.add(encoder.encode('abc'));
		chunker.end();
		chunker.add(Uint8Array.of(0x61, 0x80));
		expect(() => chunker.end()).toThrow('byte 1 (0x80)');
	});
});
