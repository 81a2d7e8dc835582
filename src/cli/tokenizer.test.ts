import { describe, expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { CATALOGUE } from '../lib/tokenizers/catalogue';
import { createTokenizer } from '../lib/engine';
import { bosIds } from './commands/encode';
import { readAndBuild } from './reading';
import { loadTokenizer, standardInput } from './tokenizer';

const ADDED = { single_word: false, lstrip: false, rstrip: false, normalized: false };

/** A tokenizer.json with the tokens a, b, ab and a template that puts `<s>` before and `</s>` after. */
const SMALL = {
	normalizer: null,
	pre_tokenizer: null,
	model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2, '<s>': 3, '</s>': 4 }, merges: ['a b'] },
	post_processor: {
		type: 'TemplateProcessing',
		single: [
			{ SpecialToken: { id: '<s>', type_id: 0 } },
			{ Sequence: { id: 'A', type_id: 0 } },
			{ SpecialToken: { id: '</s>', type_id: 0 } }
		],
		pair: [],
		special_tokens: {
			'<s>': { id: '<s>', ids: [3], tokens: ['<s>'] },
			'</s>': { id: '</s>', ids: [4], tokens: ['</s>'] }
		}
	},
	decoder: null,
	added_tokens: [
		{ ...ADDED, id: 3, content: '<s>', special: true },
		{ ...ADDED, id: 4, content: '</s>', special: true }
	]
};

/** Bytes as ranks, `ab` after them. */
const RANKS = {
	pat_str: '\\w+|\\W+',
	bpe_ranks: `! 0 ${Array.from({ length: 256 }, (_, byte) => btoa(String.fromCharCode(byte))).join(' ')} ${btoa('ab')}`,
	special_tokens: { '<end>': 300 }
};

const load = (content: unknown) =>
	loadTokenizer('x.json', new MemoryIo({ 'x.json': JSON.stringify(content) }));

describe('loadTokenizer', () => {
	it.each(CATALOGUE.map(({ id }) => id))('loads %s with the size of the catalogue', async (id) => {
		const { spec, descriptor } = await loadTokenizer(id, new MemoryIo());
		expect(createTokenizer(spec).vocabularySize).toBe(descriptor?.vocabularySize);
	});

	it('takes an alias, and keeps the name that was asked for', async () => {
		const { name, descriptor } = await loadTokenizer('r50k_base', new MemoryIo());
		expect([name, descriptor?.id]).toEqual(['r50k_base', 'gpt2']);
	});

	it('reads a tokenizer.json', async () => {
		const { spec, descriptor } = await load(SMALL);
		expect(descriptor).toBeUndefined();
		expect([...createTokenizer(spec).encode('abb').ids]).toEqual([2, 1]);
	});

	it('reads the JSON of a tiktoken encoding', async () => {
		const { spec } = await load(RANKS);
		expect([...createTokenizer(spec).encode('ab!').ids]).toEqual([256, 33]);
	});

	it('names the known ones for a name that is no file', async () => {
		await expect(loadTokenizer('gpt-5', new MemoryIo())).rejects.toThrow(
			/^unknown tokenizer "gpt-5": expected gpt2, .*llama3.*, or the path of a tokenizer file or folder$/
		);
	});

	it.each([
		['YQ== 0\nYg== 1\n', 'got only ranks'],
		['hello', 'got text that is no tokenizer'],
		['{"a":"b"}', 'JSON without a "model"'],
		['{"a":1}', 'got a vocab.json alone'],
		['{"bpe_ranks":1}', 'bpe_ranks: expected a string'],
		['{"bpe_ranks":"YQ== 0"}', 'pat_str: expected a string'],
		[JSON.stringify({ ...SMALL, model: { ...SMALL.model, type: 'WordPiece' } }), 'model.type: got']
	])('refuses the file %j in one line that names it', async (content, message) => {
		const load = loadTokenizer('file', new MemoryIo({ file: content }));
		await expect(load).rejects.toThrow(/^file: [^\n]+$/);
		await expect(load).rejects.toThrow(message);
	});
});

describe('bosIds', () => {
	it.each([
		['llama2', [1]],
		['llama3', [128000]],
		['mistral-tekken', [1]],
		['deepseek-v3', [0]],
		['gemma3', [2]],
		['cl100k_base', []],
		['qwen3', []]
	])('of %s are %j', async (id, expected) => {
		expect(await bosIds(await loadTokenizer(id, new MemoryIo()))).toEqual(expected);
	});

	it('of a file are what its template puts before the text, not after', async () => {
		expect(await bosIds(await load(SMALL))).toEqual([3]);
		expect(await bosIds(await load({ ...SMALL, post_processor: null }))).toEqual([]);
	});
});

describe('the thread that reads a file', () => {
	const build = (runtime: 'lab' | 'js-tiktoken' | 'transformers.js') => {
		const bytes = new TextEncoder().encode(JSON.stringify(SMALL));
		return readAndBuild('reading', [standardInput(bytes)], {}, runtime);
	};

	it('starts the library that will run the tokenizer, so that its limits are those of reading', async () => {
		await expect(build('lab')).resolves.toMatchObject({ format: 'tokenizer.json' });
		await expect(build('transformers.js')).resolves.toMatchObject({ format: 'tokenizer.json' });
		await expect(build('js-tiktoken')).rejects.toThrow(/js-tiktoken|rank/);
	});
});
