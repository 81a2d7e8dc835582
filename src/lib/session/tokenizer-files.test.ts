import { describe, expect, it } from 'vitest';
import { groupTokenizerFiles } from './tokenizer-files';

const groupsOf = (...paths: readonly string[]) =>
	groupTokenizerFiles(paths.map((path) => ({ path, file: new Blob() }))).map(({ name, files }) => [
		name,
		...files.map(({ path }) => path)
	]);

describe('files that are chosen together', () => {
	it.each([
		[
			['a.json', 'b.json'],
			[
				['a.json', 'a.json'],
				['b.json', 'b.json']
			]
		],
		[['merges.txt', 'vocab.json'], [['vocab.json', 'vocab.json', 'merges.txt']]],
		[
			['gpt2-vocab.json', 'other.gguf', 'gpt2-merges.txt'],
			[
				['gpt2', 'vocab.json', 'merges.txt'],
				['other.gguf', 'other.gguf']
			]
		],
		[
			['a-vocab.json', 'b-merges.txt'],
			[
				['a-vocab.json', 'a-vocab.json'],
				['b-merges.txt', 'b-merges.txt']
			]
		],
		[
			['tokenizer_config.json', 'tokenizer.json'],
			[['tokenizer.json', 'tokenizer.json', 'tokenizer_config.json']]
		],
		[['tokenizer_config.json'], [['tokenizer_config.json', 'tokenizer_config.json']]]
	])('%j are %j', (paths, expected) => {
		expect(groupsOf(...paths)).toEqual(expected);
	});

	it('are not given settings that may belong to another one', () => {
		expect(groupsOf('a.json', 'b.json', 'tokenizer_config.json')).toEqual([
			['a.json', 'a.json'],
			['b.json', 'b.json']
		]);
	});
});

describe('a folder', () => {
	it('is one tokenizer with everything directly in it', () => {
		expect(groupsOf('m/tokenizer.json', 'm/config.json', 'm/original/tokenizer.model')).toEqual([
			['m', 'm/tokenizer.json', 'm/config.json']
		]);
	});

	it('stands for the tokenizers in its folders if it has none', () => {
		expect(groupsOf('m/README.md', 'm/a/tokenizer.json', 'm/b/x.gguf', 'm/c/a.txt')).toEqual([
			['a', 'm/a/tokenizer.json'],
			['b', 'm/b/x.gguf']
		]);
	});

	it('gives its tokenizers in the order of their names, wherever they are listed', () => {
		const paths = ['m/v10/tokenizer.json', 'm/v9/tokenizer.json', 'm/a/v11/tokenizer.json'];
		expect(groupsOf(...paths).map(([name]) => name)).toEqual(['v11', 'v9', 'v10']);
	});

	it('without any tokenizer is still opened, so that its reader says so', () => {
		expect(groupsOf('m/a.txt')).toEqual([['m', 'm/a.txt']]);
	});

	it('is a tokenizer beside others', () => {
		expect(groupsOf('b.gguf', 'm/tokenizer.json', 'n/tokenizer.json')).toEqual([
			['b.gguf', 'b.gguf'],
			['m', 'm/tokenizer.json'],
			['n', 'n/tokenizer.json']
		]);
	});
});
