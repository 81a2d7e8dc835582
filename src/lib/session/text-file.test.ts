import { expect, it } from 'vitest';
import { encodeUtf8 } from '../engine/text/utf8';
import { MAX_TEXT_FILE_BYTES, readTextFile, type ReadableFile } from './text-file';

const fileOf = (content: string | number[], name = 'notes.txt') =>
	new File([typeof content === 'string' ? content : Uint8Array.from(content)], name);

/** A file that no longer exists. */
const unreadable = (name: string, size: number) => ({
	name,
	size,
	arrayBuffer: () => Promise.reject(new Error('gone'))
});

const refusal = (promise: Promise<unknown>): Promise<Error> =>
	promise.then(
		() => new Error('the file was accepted'),
		(error: unknown) => error as Error
	);

it('keeps BOM, NUL, CR and CRLF, and notes them', async () => {
	const text = '\ufeffa\r\nb\rc\0d\u0085e\r\n';
	expect(await readTextFile(fileOf(text))).toEqual({
		text,
		name: 'notes.txt',
		bytes: encodeUtf8(text).length,
		notes: [
			'The file begins with a byte order mark (U+FEFF), which is kept and counted.',
			'Line endings are kept: 2 CRLF and 1 CR.'
		]
	});
	expect((await readTextFile(fileOf('plain\n'))).notes).toEqual([]);
});

it('decodes a large file in steps that split characters, and finds an error after the first step', async () => {
	const text = 'x' + '中'.repeat(800_000);
	expect((await readTextFile(fileOf(text))).text === text).toBe(true);
	const bytes = encodeUtf8(text);
	const { message } = await refusal(readTextFile(new File([bytes.subarray(0, -1)], 'cut')));
	expect(message).toContain(`byte ${(bytes.length - 3).toLocaleString('en')} is 0xE4`);
});

it.each([
	['a little-endian BOM', [0xff, 0xfe, 0x61, 0], 'UTF-16 LE'],
	['a big-endian BOM', [0xfe, 0xff, 0, 0x61], 'UTF-16 BE'],
	['NULs after Latin letters', [0x61, 0, 0x62, 0, 0x63, 0, 0x64, 0, 0xe9, 0], 'UTF-16 LE'],
	['NULs before Latin letters', [0, 0x61, 0, 0x62, 0, 0x63, 0, 0x64, 0, 0xe9], 'UTF-16 BE']
])('recognises %s', async (_, bytes, guess) => {
	const { message } = await refusal(readTextFile(fileOf(bytes)));
	expect(message).toContain(`The file looks like ${guess}. Save it as UTF-8`);
});

it('reads ASCII in UTF-16, which is valid UTF-8, and notes the likely encoding', async () => {
	const { text, notes } = await readTextFile(fileOf([0x61, 0, 0x62, 0, 0x63, 0, 0x64, 0]));
	expect(text).toBe('a\0b\0c\0d\0');
	expect(notes[0]).toContain('as in UTF-16 LE');
});

it.each<[ReadableFile, string, object?]>([
	[fileOf([0x63, 0x61, 0x66, 0xe9, 0x0a]), 'is not UTF-8: byte 3 is 0xE9. Save it as UTF-8'],
	[fileOf(''), 'notes.txt is empty. Open a file with text.'],
	[fileOf('', 'src'), 'src is a folder. Open one text file instead.', { isDirectory: true }],
	[unreadable('x', 1), 'x could not be read (gone)'],
	// Rejected because of its size alone.
	[
		unreadable('big.txt', MAX_TEXT_FILE_BYTES + 4.5e6),
		'big.txt is 24.5 MB. The page opens at most 20.0 MB. Open a part of the file.'
	]
])('refuses %o: %s', async (file, words, options = {}) => {
	const { message } = await refusal(readTextFile(file, options));
	expect(message).toContain(words);
});
