import { describe, expect, it } from 'vitest';
import { groupTokenizerFiles } from './dropped-tokenizers';

const groupsOf = (...paths: readonly string[]) =>
	groupTokenizerFiles(paths.map((path) => ({ path, file: new Blob() }))).map(({ name, files }) => [
		name,
		...files.map(({ path }) => path)
	]);

/** Groups, each as its name and its files. */
const grouped = (...groups: readonly string[]) => groups.map((group) => group.split(' '));

describe('files that are chosen together', () => {
	it.each([
		['a.json b.json', 'a.json a.json', 'b.json b.json'],
		['merges.txt vocab.json', 'vocab.json vocab.json merges.txt'],
		['gpt2-vocab.json a.gguf gpt2-merges.txt', 'gpt2 vocab.json merges.txt', 'a.gguf a.gguf'],
		['a-vocab.json b-merges.txt', 'a-vocab.json a-vocab.json', 'b-merges.txt b-merges.txt'],
		['tokenizer_config.json tokenizer.json', 'tokenizer.json tokenizer.json tokenizer_config.json'],
		['tokenizer_config.json', 'tokenizer_config.json tokenizer_config.json'],
		// Settings could belong to either tokenizer, so they are ignored.
		['a.json b.json tokenizer_config.json', 'a.json a.json', 'b.json b.json']
	])('%s are %s', (paths, ...groups) => {
		expect(groupsOf(...paths.split(' '))).toEqual(grouped(...groups));
	});
});

describe('a folder', () => {
	it.each([
		// Includes everything directly in the folder.
		['m/tokenizer.json m/config.json m/original/a.gguf', 'm m/tokenizer.json m/config.json'],
		// Without a tokenizer of its own, the folder is searched for tokenizers in subfolders.
		['m/README.md m/a/tokenizer.json m/b/x.gguf m/c/a.txt', 'a m/a/tokenizer.json', 'b m/b/x.gguf'],
		// Ordered by name, regardless of the order in which they are listed.
		['m/v10/x.gguf m/v9/x.gguf', 'v9 m/v9/x.gguf', 'v10 m/v10/x.gguf'],
		// A folder without tokenizers is opened anyway, so that the reader reports what is missing.
		['m/a.txt', 'm m/a.txt'],
		// Next to other files.
		['b.gguf m/x.gguf n/x.gguf', 'b.gguf b.gguf', 'm m/x.gguf', 'n n/x.gguf']
	])('with %s is %s', (paths, ...groups) => {
		expect(groupsOf(...paths.split(' '))).toEqual(grouped(...groups));
	});
});
