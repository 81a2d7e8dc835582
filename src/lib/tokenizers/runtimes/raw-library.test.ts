import { describe, expect, it } from 'vitest';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { LibraryError, startRawLibrary } from './raw-library';

const JS_TIKTOKEN = { name: 'js-tiktoken' } as const;
const TRANSFORMERS_JS = { name: 'transformers.js' } as const;
const AS_TEXT = { special: 'text', bos: false } as const;

describe('a library as users run it', () => {
	it('js-tiktoken returns ids and text, and reads special tokens as text unless they are parsed', async () => {
		const library = await startRawLibrary(JS_TIKTOKEN, smallRanks());
		expect(library.encode('hello he', AS_TEXT)).toEqual([261, 32, 256]);
		expect(library.encode('<|end|>', { special: 'parse', bos: false })).toEqual([300]);
		expect(library.encode('<|end|>', AS_TEXT).length).toBeGreaterThan(1);
		expect(library.decode([261, 32, 256])).toBe('hello he');
	});

	it('transformers.js cleans up spaces when it decodes, as by default', async () => {
		const library = await startRawLibrary(TRANSFORMERS_JS, smallSentencePiece());
		const ids = library.encode('a !', AS_TEXT);
		expect(library.decode(ids)).toBe('a!');
	});

	it('throws a LibraryError for what the library does not know', async () => {
		const spec = { ...smallSentencePiece(), normalizer: { type: 'Nmt' } as const };
		const started = startRawLibrary(TRANSFORMERS_JS, spec);
		await expect(started).rejects.toThrow(LibraryError);
		await expect(started).rejects.toThrow('transformers.js: Unknown Normalizer type: Nmt');
	});

	it.each([
		[JS_TIKTOKEN, smallRanks()],
		[TRANSFORMERS_JS, smallSentencePiece()]
	])('$0.name reports each part that may take seconds', async (library, spec) => {
		let steps = 0;
		await startRawLibrary(library, spec, () => steps++);
		// Writing the file, reading it, and encoding the first text.
		expect(steps).toBe(3);
	});

	it('js-tiktoken only gets rank files: another spec is an error of the lab', async () => {
		const started = startRawLibrary(JS_TIKTOKEN, smallSentencePiece());
		await expect(started).rejects.toThrow('js-tiktoken runs rank files only');
		await expect(started).rejects.not.toThrow(LibraryError);
	});

	it('only gets short texts: a long one is an error of the lab', async () => {
		const library = await startRawLibrary(JS_TIKTOKEN, smallRanks());
		const long = () => library.encode('a'.repeat(2001), AS_TEXT);
		expect(long).toThrow('got 2001 units, expected at most 2000');
		expect(long).not.toThrow(LibraryError);
	});
});
