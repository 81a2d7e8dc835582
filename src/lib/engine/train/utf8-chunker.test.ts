import { expect, it } from 'vitest';
import {
	afterNewline,
	afterNewlineOrWord,
	betweenWords,
	neverSplit,
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

it.each<[string, string, FindBoundary, number, string[]]>([
	['after the last newline in the buffer', 'ab\ncd\nef', afterNewline, 7, ['ab\ncd\n', 'ef']],
	['before a space after anything else', 'ab  cd! e', betweenWords, 8, ['ab  cd!', ' e']],
	['before the first of several spaces', 'ab  \u3000 c', betweenWords, 8, ['ab', '  \u3000 c']],
	[
		'after a newline before a letter and after anything but white space',
		'ab \ncd!\nef\ngé',
		betweenWords,
		12,
		['ab \ncd!\nef\n', 'gé']
	],
	['after a newline between letters', 'é\né!', betweenWords, 5, ['é\n', 'é!']],
	['not after a newline before a digit', 'a\n\nb\n1', betweenWords, 5, ['a\n\nb\n1']],
	['after a newline if there is one', 'ab\ncd ef gh', afterNewlineOrWord, 8, ['ab\n', 'cd ef gh']],
	['between words if there is none', 'cd ef gh ij', afterNewlineOrWord, 8, ['cd ef', ' gh ij']],
	['not at all without a boundary', 'ab cd ef', afterNewline, 2, ['ab cd ef']],
	['nowhere', 'ab\ncd', neverSplit, 2, ['ab\ncd']]
])('splits %s', (_, text, findBoundary, capacity, parts) => {
	expect(gather(text, findBoundary, capacity)).toEqual(parts);
});

it('refuses more bytes than the limit, with the byte where they begin', () => {
	expect(() => gather(`ab\n${'c'.repeat(11)}`, afterNewline, 4, 10)).toThrow(
		/from byte 3 on, expected one within 10 bytes/
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
