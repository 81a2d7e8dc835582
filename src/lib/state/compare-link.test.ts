import { describe, expect, it } from 'vitest';
import { readTokenizers, writeTokenizers } from './compare-link';

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

	it('names what does not exist, and keeps the rest', () => {
		expect(read('?t=gpt2,gpt5,toString')).toEqual({ ids: ['gpt2'], unknown: ['gpt5', 'toString'] });
		expect(read('?t=gpt5')).toEqual({ ids: null, unknown: ['gpt5'] });
	});
});

describe('writeTokenizers', () => {
	it('writes what is not the default, in order', () => {
		expect(writeTokenizers(['b', 'a'], ['a', 'b'])).toBe('?t=b,a');
		expect(writeTokenizers(['a'], ['a', 'b'])).toBe('?t=a');
	});

	it('writes nothing for the default', () => {
		expect(writeTokenizers(['a', 'b'], ['a', 'b'])).toBe('');
	});

	it('writes what is read back', () => {
		const ids = ['gemma3', 'gpt2'];
		expect(read(writeTokenizers(ids, [])).ids).toEqual(ids);
	});
});
