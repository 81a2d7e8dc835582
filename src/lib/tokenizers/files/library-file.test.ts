import { describe, expect, it } from 'vitest';
import { smallUnigram, smallWordPiece } from '../../../../tests/support/library-files';
import { smallRanks } from '../../../../tests/support/small-specs';
import { writePacked } from '../../engine/packed';
import { encodeUtf8 } from '../../engine/text';
import { libraryModelOf, readLibraryFile, writeLibraryFile } from './library-file';
import { parseLibraryJson } from './library-json';
import { readLibraryFiles } from './read-library';
import type { SlicedFile } from './types';

const sliced = (name: string, content: unknown): SlicedFile => {
	const bytes = encodeUtf8(typeof content === 'string' ? content : JSON.stringify(content));
	return {
		name,
		size: bytes.length,
		read: (start, end) => Promise.resolve(bytes.slice(start, end))
	};
};

describe('stored files', () => {
	it('are read as they were written, and told from a packed file', () => {
		const file = {
			model: 'Unigram',
			tokenizer: JSON.stringify(smallUnigram()),
			config: null
		} as const;
		const bytes = writeLibraryFile(file);
		expect(libraryModelOf(bytes)).toBe('Unigram');
		expect(readLibraryFile(bytes)).toEqual(file);
		expect(libraryModelOf(writePacked('x', smallRanks()))).toBeNull();
	});

	it('are refused if they are damaged', () => {
		const bytes = writeLibraryFile({ model: 'WordPiece', tokenizer: '', config: null });
		expect(() => readLibraryFile(bytes.subarray(0, -1))).toThrow('got damaged files');
		expect(() => readLibraryFile(new Uint8Array())).toThrow('got damaged files');
	});
});

describe('readLibraryFiles', () => {
	it('takes a tokenizer.json with its settings', async () => {
		const files = [
			sliced('tokenizer.json', smallWordPiece()),
			sliced('tokenizer_config.json', { remove_space: true }),
			sliced('README.md', 'text')
		];
		expect(await readLibraryFiles(files)).toEqual({
			model: 'WordPiece',
			tokenizer: JSON.stringify(smallWordPiece()),
			config: '{"remove_space":true}'
		});
	});

	it('leaves files of other models', async () => {
		const bpe = { model: { type: 'BPE', vocab: {}, merges: [] } };
		expect(await readLibraryFiles([sliced('tokenizer.json', bpe)])).toBeNull();
		expect(await readLibraryFiles([sliced('a.model', '\n\u0001')])).toBeNull();
	});

	it('refuses settings that are not an object', async () => {
		const files = [sliced('tokenizer.json', smallUnigram()), sliced('tokenizer_config.json', '[]')];
		await expect(readLibraryFiles(files)).rejects.toThrow(
			'tokenizer_config.json: got no JSON object'
		);
	});
});

describe('parseLibraryJson', () => {
	const wordPiece = smallWordPiece();
	const unigram = smallUnigram();

	it.each([
		[{ ...wordPiece, model: { ...wordPiece.model, vocab: [] } }, 'model.vocab: got [], expected'],
		[
			{ ...wordPiece, model: { ...wordPiece.model, vocab: { '[UNK]': -1 } } },
			'model.vocab["[UNK]"]: got -1, expected an id'
		],
		[{ ...wordPiece, model: { ...wordPiece.model, vocab: {} } }, 'model.vocab: got 0 tokens'],
		[
			{ ...unigram, model: { ...unigram.model, vocab: [['a', 0], ['b']] } },
			'model.vocab[1]: got ["b"], expected a token with its score'
		],
		[
			{ ...unigram, added_tokens: [{ id: 0 }] },
			'added_tokens[0]: got {"id":0}, expected a token with its id'
		]
	])('refuses %#', (json, message) => {
		expect(() => parseLibraryJson(JSON.stringify(json))).toThrow(message);
	});

	it('leaves what is no WordPiece or Unigram tokenizer.json', () => {
		expect(parseLibraryJson('no JSON')).toBeNull();
		expect(parseLibraryJson('[]')).toBeNull();
		expect(parseLibraryJson('{"model":{"type":"BPE"}}')).toBeNull();
	});
});
