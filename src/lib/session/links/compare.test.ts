import { describe, expect, it } from 'vitest';
import { readLiveTokenizer, readTokenizers, writeSearch } from './compare';

const known = new Set(['llama3', 'cl100k_base', 'gpt2', 'qwen3', 'gemma3']);
const read = (search: string) => readTokenizers(new URLSearchParams(search), (id) => known.has(id));

describe('readTokenizers', () => {
	it('reads the tokenizers in order', () => {
		expect(read('?t=llama3,cl100k_base')).toEqual({ ids: ['llama3', 'cl100k_base'], unknown: [] });
	});

	it('asks for none when the address names none', () => {
		expect(read('')).toEqual({ ids: null, unknown: [] });
		expect(read('?t=')).toEqual({ ids: null, unknown: [] });
		expect(read('?t=,,')).toEqual({ ids: null, unknown: [] });
	});

	it('takes each once, and spaces around it as nothing', () => {
		expect(read('?t=gpt2,+gpt2+,qwen3').ids).toEqual(['gpt2', 'qwen3']);
	});

	it('takes an alias as its tokenizer', () => {
		expect(read('?t=r50k_base,gpt2,qwen3')).toEqual({ ids: ['gpt2', 'qwen3'], unknown: [] });
	});

	it('names what does not exist, and keeps the rest', () => {
		expect(read('?t=gpt2,gpt5,toString')).toEqual({ ids: ['gpt2'], unknown: ['gpt5', 'toString'] });
		expect(read('?t=gpt5')).toEqual({ ids: null, unknown: ['gpt5'] });
	});
});

const AS_IS = { corpus: null, merges: null };

describe('writeSearch', () => {
	it('writes what is not the default, in order', () => {
		expect(writeSearch(['b', 'a'], ['a', 'b'], AS_IS)).toBe('?t=b,a');
		expect(writeSearch(['a'], ['a', 'b'], AS_IS)).toBe('?t=a');
	});

	it('writes nothing for the default', () => {
		expect(writeSearch(['a', 'b'], ['a', 'b'], AS_IS)).toBe('');
	});

	it('writes what is read back', () => {
		const ids = ['gemma3', 'gpt2'];
		expect(read(writeSearch(ids, [], AS_IS)).ids).toEqual(ids);
	});
});

describe('the tokenizer trained on the spot', () => {
	const read = (search: string) => readLiveTokenizer(new URLSearchParams(search));

	it('is read as it was written', () => {
		for (const onTheSpot of [AS_IS, { corpus: 'english', merges: 0 }, { corpus: null, merges: 40 }])
			expect(read(writeSearch(['a'], ['a'], onTheSpot))).toEqual({ ...onTheSpot, problems: [] });
	});

	it('stands beside the tokenizers', () => {
		expect(writeSearch(['a', 'b'], [], { corpus: 'code', merges: 7 })).toBe(
			'?t=a,b&corpus=code&merges=7'
		);
	});

	it('says what it cannot be', () => {
		const { problems, ...rest } = read('?corpus=klingon&merges=-1');
		expect(rest).toEqual(AS_IS);
		expect(problems).toEqual([
			'The link asks for the example “klingon”, which the lab does not have.',
			'The link has merges “-1”: expected a whole number from 0 up.'
		]);
	});
});
