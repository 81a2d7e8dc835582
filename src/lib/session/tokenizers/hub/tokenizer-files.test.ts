import { expect, it } from 'vitest';
import { findTokenizers } from './tokenizer-files';

const found = (...paths: string[]) =>
	findTokenizers(paths.map((path) => ({ path, size: 1 }))).map(({ name, files }) => [
		name,
		...files.map(({ path }) => path)
	]);

it.each<[string, string[], string[][]]>([
	[
		'takes tokenizer.json with the settings beside it, and leaves the rest of the model',
		[
			...['README.md', 'config.json', 'model.safetensors', 'special_tokens_map.json'],
			...['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja']
		],
		[
			[
				...['tokenizer.json', 'tokenizer.json', 'special_tokens_map.json'],
				...['tokenizer_config.json', 'chat_template.jinja']
			]
		]
	],
	[
		'takes vocab.json and merges.txt together',
		['merges.txt', 'vocab.json'],
		[['vocab.json and merges.txt', 'vocab.json', 'merges.txt']]
	],
	['does not take vocab.json alone', ['vocab.json'], []],
	['does not take merges.txt alone', ['merges.txt'], []],
	[
		'offers every tokenizer of a repository, the one that is usually loaded first',
		[
			...['original/tokenizer.model', 'qwen.tiktoken', 'merges.txt', 'vocab.json'],
			'tokenizer.json'
		],
		[
			['tokenizer.json', 'tokenizer.json'],
			['vocab.json and merges.txt', 'vocab.json', 'merges.txt'],
			['qwen.tiktoken', 'qwen.tiktoken'],
			['original/tokenizer.model', 'original/tokenizer.model']
		]
	],
	[
		'takes the settings of the same folder only',
		['tokenizer_config.json', 'tokenizer/tokenizer.json'],
		[['tokenizer/tokenizer.json', 'tokenizer/tokenizer.json']]
	],
	['finds none where there is none', ['README.md', 'tokenizer_config.json'], []],
	[
		'takes GGUF files last and without settings, of several parts only the first',
		[
			...['b-00002-of-00012.gguf', 'b-00010-of-00012.gguf', 'b-00001-of-00012.gguf'],
			...['a.gguf', 'tokenizer.model', 'tokenizer_config.json']
		],
		[
			['tokenizer.model', 'tokenizer.model', 'tokenizer_config.json'],
			['b-00001-of-00012.gguf', 'b-00001-of-00012.gguf'],
			['a.gguf', 'a.gguf']
		]
	]
])('%s', (_, paths, expected) => {
	expect(found(...paths)).toEqual(expected);
});
