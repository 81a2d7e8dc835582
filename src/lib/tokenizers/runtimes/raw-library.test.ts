import { describe, expect, it } from 'vitest';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { LibraryError, startRawLibrary } from './raw-library';

const JS_TIKTOKEN = { name: 'js-tiktoken' } as const;
const STRINGS = { name: 'transformers.js', merges: 'strings' } as const;
const ARRAYS = { name: 'transformers.js', merges: 'arrays' } as const;
const AS_TEXT = { special: 'text', bos: false } as const;

describe('a library as people run it', () => {
	it('js-tiktoken gives ids and text, special tokens as text unless parsed', async () => {
		const library = await startRawLibrary(JS_TIKTOKEN, smallRanks());
		expect(library.encode('hello he', AS_TEXT)).toEqual([261, 32, 256]);
		expect(library.encode('<|end|>', { special: 'parse', bos: false })).toEqual([300]);
		expect(library.encode('<|end|>', AS_TEXT).length).toBeGreaterThan(1);
		expect(library.decode([261, 32, 256])).toBe('hello he');
	});

	it('transformers.js cleans spaces up when it decodes, as it does unless told not to', async () => {
		const library = await startRawLibrary(STRINGS, smallSentencePiece());
		const ids = library.encode('a !', AS_TEXT);
		expect(library.decode(ids)).toBe('a!');
	});

	it('transformers.js stops at merges that are arrays, with an error that is known as its own', async () => {
		await expect(startRawLibrary(ARRAYS, smallSentencePiece())).rejects.toThrow(LibraryError);
		await expect(startRawLibrary(ARRAYS, smallSentencePiece())).rejects.toThrow(
			'transformers.js: x.split is not a function'
		);
	});

	it('js-tiktoken is not given what is no rank file: that is an error of the lab', async () => {
		const started = startRawLibrary(JS_TIKTOKEN, smallSentencePiece());
		await expect(started).rejects.toThrow('js-tiktoken runs rank files only');
		await expect(started).rejects.not.toThrow(LibraryError);
	});

	it('is not given long texts: that is an error of the lab, not of the library', async () => {
		const library = await startRawLibrary(JS_TIKTOKEN, smallRanks());
		const long = () => library.encode('a'.repeat(2001), AS_TEXT);
		expect(long).toThrow('got 2001 units, expected at most 2000');
		expect(long).not.toThrow(LibraryError);
	});
});
