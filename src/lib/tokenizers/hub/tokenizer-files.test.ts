import { describe, expect, it } from 'vitest';
import { findTokenizers } from './tokenizer-files';

const found = (...paths: string[]) =>
	findTokenizers(paths.map((path) => ({ path, size: 1 }))).map(({ name, files }) => [
		name,
		...files.map(({ path }) => path)
	]);

describe('findTokenizers', () => {
	it('takes tokenizer.json with the settings beside it, and leaves the rest of the model', () => {
		expect(
			found(
				'README.md',
				'config.json',
				'model.safetensors',
				'special_tokens_map.json',
				'tokenizer.json',
				'tokenizer_config.json',
				'chat_template.jinja'
			)
		).toEqual([
			[
				'tokenizer.json',
				'tokenizer.json',
				'special_tokens_map.json',
				'tokenizer_config.json',
				'chat_template.jinja'
			]
		]);
	});

	it('takes vocab.json and merges.txt together, and neither alone', () => {
		expect(found('merges.txt', 'vocab.json')).toEqual([
			['vocab.json and merges.txt', 'vocab.json', 'merges.txt']
		]);
		expect(found('vocab.json')).toEqual([]);
		expect(found('merges.txt')).toEqual([]);
	});

	it('offers every tokenizer of a repository, the one that is usually loaded first', () => {
		expect(
			found(
				'original/tokenizer.model',
				'qwen.tiktoken',
				'merges.txt',
				'vocab.json',
				'tokenizer.json'
			).map(([name]) => name)
		).toEqual([
			'tokenizer.json',
			'vocab.json and merges.txt',
			'qwen.tiktoken',
			'original/tokenizer.model'
		]);
	});

	it('takes the settings of the same folder only', () => {
		expect(found('tokenizer_config.json', 'tokenizer/tokenizer.json')).toEqual([
			['tokenizer/tokenizer.json', 'tokenizer/tokenizer.json']
		]);
	});

	it('finds none where there is none', () => {
		expect(found('README.md', 'tekken.json', 'tokenizer_config.json')).toEqual([]);
	});

	it('takes GGUF files last and without settings, of several parts only the first', () => {
		expect(
			found(
				'b-00002-of-00012.gguf',
				'b-00010-of-00012.gguf',
				'b-00001-of-00012.gguf',
				'a.gguf',
				'tokenizer.model',
				'tokenizer_config.json'
			)
		).toEqual([
			['tokenizer.model', 'tokenizer.model', 'tokenizer_config.json'],
			['b-00001-of-00012.gguf', 'b-00001-of-00012.gguf'],
			['a.gguf', 'a.gguf']
		]);
	});
});
