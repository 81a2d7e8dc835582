import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { hasTokenizerContent, START_BYTES } from './tokenizer-content';

const isRecognised = (content: string | Uint8Array): Promise<boolean> => {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	return hasTokenizerContent(bytes.subarray(0, START_BYTES), () => Promise.resolve(bytes));
};

const ids = (count: number, step = 1) =>
	JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, i * step])));

it.each([
	['a tokenizer.json', '{"model":{"type":"Unigram","vocab":[]}}'],
	['one whose model comes late', `{"padding":"${' '.repeat(9999)}","model":{"vocab":{}}}`],
	['one whose keys are escaped', '{"mo\\u0064el":{"v\\u006fcab":{}}}'],
	['one that is cut off', '{"model":{"vocab":{"a":0'],
	['a tekken.json', '{"config":{"pattern":""},"vocab":[]}'],
	['JSON of a tiktoken encoding', '{"pat_str":"","mergeable_ranks":{}}'],
	['a vocabulary', ids(300)],
	['ranks', 'IQ== 0\nIg== 1\nYWJj 2\n'],
	['CLIP’s merges', '"bpe_simple_vocab_16e6.txt#version: 0.2\ni n\n'],
	['the same in gzip', gzipSync('"bpe_simple_vocab_16e6.txt#version: 0.2\ni n\n')],
	['merges', '#version: 0.2\na b\n'],
	['a model of minbpe', 'minbpe v1\n'],
	['a vocabulary for WordPiece', '[PAD]\n[UNK]\n'],
	['GGUF', 'GGUF\x03'],
	['a SentencePiece model', readFileSync('tests/oracle/formats/small.model')]
])('recognises %s', async (_, content) => {
	expect(await isRecognised(content)).toBe(true);
});

it.each([
	['a list of words with counts', 'the 31\nof 20\nand 9\n'],
	['labels with ids', ids(100)],
	['counts of words', ids(300, 7)],
	['other JSON with a model', '{"model":"gpt2","vocab":1,"config":{}}'],
	['damaged JSON', '{"a":1'],
	['another protocol buffer', Uint8Array.of(10, 9, 10, 3, 97, 98, 99, 18, 2, 65, 66)],
	['text', '# version 1\n'],
	['text in gzip', gzipSync('#version: 0.2')],
	['damaged gzip', Uint8Array.of(0x1f, 0x8b, 8, 0)],
	['nothing', '']
])('does not recognise %s', async (_, content) => {
	expect(await isRecognised(content)).toBe(false);
});
