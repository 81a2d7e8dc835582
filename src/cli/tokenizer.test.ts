import { describe, expect, it } from 'vitest';
import { addedToken, template } from '../../tests/support/spec-parts';
import { MemoryIo } from '../../tests/support/memory-io';
import { createTokenizer } from '../lib/engine';
import { bosIds } from './commands/encode';
import { readAndBuild } from './reading';
import { loadTokenizer, standardInput } from './tokenizer';

/** A tokenizer.json with the tokens a, b and ab, and a template that adds `<s>` before and `</s>` after the text. */
const SMALL = {
	normalizer: null,
	pre_tokenizer: null,
	model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2, '<s>': 3, '</s>': 4 }, merges: ['a b'] },
	post_processor: template([['<s>', 3]], [['</s>', 4]]),
	decoder: null,
	added_tokens: [addedToken(3, '<s>'), addedToken(4, '</s>')]
};

/** The 256 bytes as ranks, followed by `ab`. */
const RANKS = {
	pat_str: '\\w+|\\W+',
	bpe_ranks: `! 0 ${Array.from({ length: 256 }, (_, byte) => btoa(String.fromCharCode(byte))).join(' ')} ${btoa('ab')}`,
	special_tokens: { '<end>': 300 }
};

const load = (content: unknown) =>
	loadTokenizer('x.json', new MemoryIo({ 'x.json': JSON.stringify(content) }));

describe('loadTokenizer', () => {
	it('takes an alias, and keeps the name that was asked for', async () => {
		const { name, spec, descriptor } = await loadTokenizer('r50k_base', new MemoryIo());
		expect([name, descriptor?.id]).toEqual(['r50k_base', 'gpt2']);
		expect(createTokenizer(spec).vocabularySize).toBe(descriptor?.vocabularySize);
	});

	it('takes the name of a model, unless there is a file with that path', async () => {
		expect((await loadTokenizer('gpt-4o', new MemoryIo())).descriptor?.id).toBe('o200k_base');
		const io = new MemoryIo({ 'gpt-4o': JSON.stringify(SMALL) });
		const { spec, descriptor } = await loadTokenizer('gpt-4o', io);
		expect(descriptor).toBeUndefined();
		expect([...createTokenizer(spec).encode('ab').ids]).toEqual([2]);
	});

	it('reads the JSON of a tiktoken encoding', async () => {
		const { spec } = await load(RANKS);
		expect([...createTokenizer(spec).encode('ab!').ids]).toEqual([256, 33]);
	});

	it.each([
		['YQ== 0\nYg== 1\n', 'got only the ranks'],
		['{"a":"b"}', 'JSON without a "model"'],
		['{"a":1}', 'got a vocab.json without'],
		['{"bpe_ranks":1}', 'bpe_ranks: got 1, expected a string'],
		['{"bpe_ranks":"YQ== 0"}', 'pat_str: got nothing, expected a string'],
		[JSON.stringify({ ...SMALL, model: { ...SMALL.model, type: 'WordPiece' } }), 'model.type: got']
	])('refuses the file %j in one line that names it', async (content, message) => {
		const load = loadTokenizer('file', new MemoryIo({ file: content }));
		await expect(load).rejects.toThrow(/^file: [^\n]+$/);
		await expect(load).rejects.toThrow(message);
	});
});

describe('bosIds', () => {
	it.each([
		['llama3', [128000]],
		['gemma3', [2]],
		['cl100k_base', []]
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
