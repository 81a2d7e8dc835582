import { expect, it } from 'vitest';
import type { Encoding } from '../../../engine';
import { readSentence } from './misread';

const encoder = new TextEncoder();

/** Tokens in order, with their ids. A list of bytes is part of a character. */
function tokensOf(ids: readonly number[], tokens: readonly (string | readonly number[])[]) {
	const parts = tokens.map((token) =>
		typeof token === 'string' ? encoder.encode(token) : Uint8Array.from(token)
	);
	const byteEnds = Uint32Array.from(
		parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0))
	);
	const byteStarts = Uint32Array.from(parts, ({ length }, i) => byteEnds[i] - length);
	const encoding: Encoding = { ids: Uint32Array.from(ids), byteStarts, byteEnds };
	return { document: Uint8Array.from(parts.flatMap((part) => [...part])), encoding };
}

/** Each entry is an id, its token in B, and its token in A. */
function read(...entries: (readonly [number, string | number[], string | number[]])[]) {
	const ids = entries.map(([id]) => id);
	const b = tokensOf(
		ids,
		entries.map(([, token]) => token)
	);
	return readSentence(
		b.document,
		b.encoding,
		tokensOf(
			ids,
			entries.map(([, , token]) => token)
		)
	);
}

it('shows the first word that is read as a different word, and marks all that is wrong', () => {
	// “ret” begins a longer word.
	const reading = read(
		[1, 'It', 'It'],
		[5, ' ret', ' public'],
		[6, 'ains', 'ains'],
		[2045, ' below', ' waters'],
		[7, ' zero', ' hero'],
		[2, '.', '.']
	);
	expect(reading.example).toEqual({ text: 'below', id: 2045, reads: 'waters' });
	expect(reading.parts).toEqual([
		{ text: 'It', isWrong: false },
		{ text: ' public', isWrong: true },
		{ text: 'ains', isWrong: false },
		{ text: ' waters hero', isWrong: true },
		{ text: '.', isWrong: false }
	]);
});

it('makes do with a part of a word, and with nothing if no letters are misread', () => {
	expect(read([1, 'Ex', 'Th'], [2, 'it', 'it']).example).toEqual({
		text: 'Ex',
		id: 1,
		reads: 'Th'
	});
	expect(read([1, '.', '!']).example).toBeNull();
	expect(read([1, 'a', 'a']).example).toBeNull();
	expect(read()).toEqual({ example: null, parts: [] });
});

it('keeps a character whole that several tokens share', () => {
	expect(read([1, [0xc3], [0xc3]], [2, [0xa9], [0xa9]]).parts).toEqual([
		{ text: 'é', isWrong: false }
	]);
	// Invalid bytes count as different, although they would look the same.
	expect(read([1, [0xc3], [0xc4]]).parts[0].isWrong).toBe(true);
});
