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
		// Settings that may belong to another one are given to none.
		['a.json b.json tokenizer_config.json', 'a.json a.json', 'b.json b.json']
	])('%s are %s', (paths, ...groups) => {
		expect(groupsOf(...paths.split(' '))).toEqual(grouped(...groups));
	});
});

describe('a folder', () => {
	it.each([
		// Everything directly in it.
		['m/tokenizer.json m/config.json m/original/a.gguf', 'm m/tokenizer.json m/config.json'],
		// If it has none, it stands for the tokenizers in its folders.
		['m/README.md m/a/tokenizer.json m/b/x.gguf m/c/a.txt', 'a m/a/tokenizer.json', 'b m/b/x.gguf'],
		// In the order of their names, wherever they are listed.
		['m/v10/x.gguf m/v9/x.gguf', 'v9 m/v9/x.gguf', 'v10 m/v10/x.gguf'],
		// Without any, it is still opened, so that its reader says so.
		['m/a.txt', 'm m/a.txt'],
		// Beside others.
		['b.gguf m/x.gguf n/x.gguf', 'b.gguf b.gguf', 'm m/x.gguf', 'n n/x.gguf']
	])('with %s is %s', (paths, ...groups) => {
		expect(groupsOf(...paths.split(' '))).toEqual(grouped(...groups));
	});
});
