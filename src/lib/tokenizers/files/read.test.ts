import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BYTE_LETTERS } from '../../../../tests/support/spec-parts';
import {
	BYTE_PIECES,
	ggufFile,
	sentencePieceFile,
	slicedFile,
	type SentencePieceContents,
	type GgufContents
} from '../../../../tests/support/tokenizer-files';
import { createTokenizer } from '../../engine';
import { writeCharsmap } from '../../../tools/charsmap.mjs';
import { readTokenizer } from './read';
import type { SlicedFile } from './types';
import { lossesOf } from './write';

const encoder = new TextEncoder();
const text = (content: string, name = 'file') => slicedFile(encoder.encode(content), name);
const json = (content: unknown, name: string) => text(JSON.stringify(content), name);

async function idsOf(files: readonly SlicedFile[], input: string, special?: 'parse') {
	const { spec } = await readTokenizer(files);
	return [...createTokenizer(spec).encode(input, { special: special ?? 'text' }).ids];
}

/** The byte alphabet, then `ab`, `Ġab`, and special tokens. */
const GPT2: GgufContents = {
	'general.architecture': 'gpt2',
	'tokenizer.ggml.model': 'gpt2',
	'tokenizer.ggml.pre': 'gpt-2',
	'tokenizer.ggml.tokens': [...BYTE_LETTERS, 'ab', 'Ġab', '<end>', '<user>'],
	'tokenizer.ggml.token_type': [...BYTE_LETTERS.map(() => 1), 1, 1, 3, 4],
	'tokenizer.ggml.merges': ['a b', 'Ġ ab', 'a b'],
	'general.file_type': 7
};

const PIECES = [
	['<unk>', 0, 2],
	['<s>', 0, 3],
	...BYTE_PIECES.map((piece) => [piece, 0, 6] as const),
	['▁', -5],
	['a', -6],
	['b', -7],
	['ab', -1],
	['▁a', -2],
	['▁ab', -3],
	['<user>', 0, 4]
] as const;
const [SPACE, A, B, SPACE_A, SPACE_AB] = [258, 259, 260, 262, 263];

describe('GGUF', () => {
	it('is read as llama.cpp reads it, control tokens only if parsed', async () => {
		const file = slicedFile(ggufFile(GPT2));
		expect(await idsOf([file], 'ab ab')).toEqual([256, 257]);
		expect(await idsOf([file], '<user>ab')).toEqual([259, 256]);
		expect(await idsOf([file], '<end>ab', 'parse')).toEqual([258, 256]);
		expect((await idsOf([file], '<end>')).length).toBe(5);
	});

	it('says which pattern the word means, and that a missing word is the default', async () => {
		const named = await readTokenizer([slicedFile(ggufFile(GPT2))]);
		expect(named.stated).toContain(
			'tokenizer.ggml.pre is "gpt-2": GPT-2’s pattern, from llama.cpp’s src/llama-vocab.cpp.'
		);
		const rest = Object.fromEntries(
			Object.entries(GPT2).filter(([key]) => key !== 'tokenizer.ggml.pre')
		);
		const unnamed = await readTokenizer([slicedFile(ggufFile(rest))]);
		expect(unnamed.assumed.join()).toContain('tokenizer.ggml.pre is missing');
	});

	it('reads only the header of a file of 40 GB', async () => {
		const header = ggufFile(GPT2);
		let read = 0;
		const file: SlicedFile = {
			name: 'large.gguf',
			size: 40e9,
			read(start, end) {
				read += end - start;
				const bytes = new Uint8Array(end - start);
				bytes.set(header.subarray(start, end));
				return Promise.resolve(bytes);
			}
		};
		expect((await readTokenizer([file])).format).toBe('GGUF');
		expect(read).toBeLessThan(3e6);
	});

	it('merges by score if the model is llama, with a space before the text', async () => {
		const file = slicedFile(
			ggufFile({
				'tokenizer.ggml.model': 'llama',
				'tokenizer.ggml.tokens': PIECES.map(([piece]) => piece),
				'tokenizer.ggml.scores': PIECES.map(([, score]) => score),
				'tokenizer.ggml.token_type': PIECES.map(([, , type = 1]) => type),
				'tokenizer.ggml.bos_token_id': 1
			})
		);
		// "▁ab" merges to ab (-1) before ▁a (-2), then to ▁ab (-3).
		expect(await idsOf([file], 'ab')).toEqual([SPACE_AB]);
		expect(await idsOf([file], 'ba\n')).toEqual([SPACE, B, A, 2 + 10]);
		const { spec } = await readTokenizer([file]);
		const encoding = createTokenizer(spec).encode('a', { addSpecialTokens: true });
		expect([...encoding.ids]).toEqual([1, SPACE_A]);
	});

	it.each<[string, GgufContents]>([
		['"bert" (WordPiece', { ...GPT2, 'tokenizer.ggml.model': 'bert' }],
		['"t5" (Unigram', { ...GPT2, 'tokenizer.ggml.model': 't5' }],
		['got "nonsense", expected a name', { ...GPT2, 'tokenizer.ggml.pre': 'nonsense' }],
		["can't reproduce exactly", { ...GPT2, 'tokenizer.ggml.pre': 'afmoe' }],
		['merges[0]: got "a c"', { ...GPT2, 'tokenizer.ggml.merges': ['a c'] }],
		[
			'got "ab" twice',
			{ ...GPT2, 'tokenizer.ggml.tokens': [...BYTE_LETTERS, 'ab', 'ab', 'c', 'd'] }
		],
		['got a value of a different type, expected strings', { ...GPT2, 'tokenizer.ggml.merges': 3 }],
		['got 2 numbers, expected one for', { ...GPT2, 'tokenizer.ggml.token_type': [1, 1] }],
		['expected a language model', { 'general.architecture': 'clip' }]
	])('is refused: %s', async (message, contents) => {
		await expect(readTokenizer([slicedFile(ggufFile(contents))])).rejects.toThrow(message);
	});
});

describe('SentencePiece', () => {
	const model = { pieces: PIECES, byteFallback: true };

	it('is written as tokenizer.json only if nothing of it is lost', async () => {
		const lossesOfFile = async (contents: SentencePieceContents) => {
			const { spec } = await readTokenizer([slicedFile(sentencePieceFile(contents))]);
			return lossesOf(spec, 'tokenizer.json', {});
		};
		const pieces = PIECES.filter(([, , type]) => type !== 4);
		expect(await lossesOfFile({ ...model, pieces, removesSpaces: true })).toEqual([]);
		const charsmap = writeCharsmap([['①', '1']]);
		expect(await lossesOfFile({ ...model, charsmap })).toEqual([
			'how SentencePiece matches user-defined symbols'
		]);
	});

	it('may have runs of one character with the same score', async () => {
		const runs = ['▁▁', '▁▁▁', '▁▁▁▁▁'].map((piece) => [piece, -9] as const);
		const file = slicedFile(sentencePieceFile({ ...model, pieces: [...PIECES, ...runs] }));
		// Ids from sentencepiece 0.2.3.
		expect(await idsOf([file], ' '.repeat(4))).toEqual([267]);
		expect(await idsOf([file], ' '.repeat(7))).toEqual([267, 266]);
		expect(await idsOf([file], `${' '.repeat(6)}ab`)).toEqual([267, SPACE, SPACE_AB]);
	});

	it('skips fields that the format leaves to other programs', async () => {
		const bytes = sentencePieceFile(model);
		// Field 200, one byte long.
		const extended = slicedFile(Uint8Array.from([...bytes, 0xc2, 0x0c, 1, 0]));
		expect(await idsOf([extended], 'ab')).toEqual([SPACE_AB]);
		const damaged = slicedFile(Uint8Array.from([...bytes, 0x3a, 1, 0]));
		await expect(readTokenizer([damaged])).rejects.toThrow(
			'got the field 7, expected 1 to 5); download it again'
		);
	});

	it.each([
		['got the type Unigram, which chooses the most probable split', { ...model, modelType: 1 }],
		['got the score -1 for both "ab" and "▁b"', { ...model, pieces: [...PIECES, ['▁b', -1]] }],
		['got treat_whitespace_as_suffix', { ...model, treatsSpaceAsSuffix: true }],
		['got the unused piece "x"', { ...model, pieces: [...PIECES, ['x', 0, 5]] }],
		['got byte fallback with 0 byte pieces', { pieces: [['a', 0]], byteFallback: true }],
		['got the piece "a" twice', { ...model, pieces: [...PIECES, ['a', 0]] }]
	] as const)('is refused: %s', async (message, contents) => {
		await expect(readTokenizer([slicedFile(sentencePieceFile(contents))])).rejects.toThrow(message);
	});
});

it.each([
	['GGUF', ggufFile(GPT2)],
	// A file truncated after the last required field can't be detected.
	['SentencePiece', sentencePieceFile({ pieces: PIECES, byteFallback: true })]
])('a %s file is refused if it is cut off before its end', async (_, bytes) => {
	const read: number[] = [];
	for (let length = 0; length < bytes.length; length++) {
		const attempt = readTokenizer([slicedFile(bytes.subarray(0, length))]);
		await attempt.then(
			() => read.push(length),
			() => {}
		);
	}
	expect(read).toEqual([]);
});

describe('folders', () => {
	const SMALL = {
		model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] },
		added_tokens: []
	};
	const tokenizer = json(SMALL, 'tokenizer.json');

	it('are one tokenizer with the settings beside it', async () => {
		const config = json(
			{
				eos_token: { content: '</s>' },
				added_tokens_decoder: { 3: { content: '<x>', special: false } },
				chat_template: '{{ x }}',
				tokenizer_class: 'LlamaTokenizer'
			},
			'tokenizer_config.json'
		);
		const reading = await readTokenizer([config, tokenizer]);
		expect(reading.files).toEqual(['tokenizer.json', 'tokenizer_config.json']);
		expect(
			reading.spec.added_tokens.map(({ id, content, special }) => [id, content, special])
		).toEqual([
			[3, '<x>', false],
			[4, '</s>', true]
		]);
		expect(reading.chatTemplate).toBe('{{ x }}');
		expect(reading.unsupported.join()).toContain('LlamaTokenizer');
	});

	it('may have vocab.json and merges.txt', async () => {
		const vocab = json({ a: 0, b: 1, ab: 2, '<|endoftext|>': 3 }, 'vocab.json');
		const merges = text('#version: 0.2\na b\n', 'merges.txt');
		expect(await idsOf([vocab, merges], 'ab<|endoftext|>', 'parse')).toEqual([2, 3]);
		await expect(readTokenizer([vocab])).rejects.toThrow('a vocab.json without its merges.txt');
		await expect(readTokenizer([merges])).rejects.toThrow('a merges.txt without');
		const broken = text('#version: 0.2\na b c\n', 'merges.txt');
		await expect(readTokenizer([vocab, broken])).rejects.toThrow('merges.txt line 2: got "a b c"');
	});

	it('without a tokenizer, or with two, are refused', async () => {
		await expect(readTokenizer([text('', 'a.txt'), text('', 'b.txt')])).rejects.toThrow(
			'got a folder without a tokenizer (a.txt, b.txt)'
		);
		await expect(readTokenizer([text('', 'a.gguf'), text('', 'b.gguf')])).rejects.toThrow(
			'got a folder with 2 tokenizers (a.gguf, b.gguf)'
		);
	});
});

describe('other files are refused in words', () => {
	it.each([
		['', 'got an empty file'],
		['PK\u0003\u0004', 'got a zip archive'],
		['hello world, this is prose.\n', "got text that isn't a tokenizer"],
		['[1,2]', 'expected a tokenizer.json'],
		['{"a": 1', 'not JSON at line 1'],
		['[['.repeat(100), 'nested more than 127 levels deep'],
		['YQ== 0\n', "a vocabulary that BPE Lab doesn't recognise"],
		['version https://git-lfs.github.com/spec/v1\n', 'a Git LFS pointer'],
		['GGUF\u0001\u0000\u0000\u0000'.padEnd(40, '\u0000'), 'got version 1, expected 2 or 3'],
		['GGUF\u0003\u0000\u0000\u0000', 'got the end of the file']
	])('%j', async (content, message) => {
		await expect(readTokenizer([text(content)])).rejects.toThrow(message);
	});

	it('takes a pattern for ranks that it does not know', async () => {
		const ranks = text('YQ== 0\nYg== 1\nYWI= 2\n');
		const { spec } = await readTokenizer([ranks], { pattern: '[ab]+' });
		expect([...createTokenizer(spec).encode('abb').ids]).toEqual([2, 1]);
	});
});

it('opens a tokenizer.json with dropout, which skips merges at random, and says that none is skipped', async () => {
	const model = { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'], dropout: 0.9 };
	const files = [json({ model }, 'tokenizer.json')];
	expect((await readTokenizer(files)).unsupported).toEqual([
		'model.dropout is set, which skips merges at random; the lab always applies them all.'
	]);
	expect(await idsOf(files, 'abab')).toEqual([2, 2]);
});

describe('tekken.json', () => {
	const base64 = (bytes: readonly number[]) => btoa(String.fromCharCode(...bytes));
	const vocab = [
		...Array.from({ length: 256 }, (_, byte) => [byte]),
		...[
			[97, 98],
			[97, 98, 99],
			[100, 101]
		]
	].map((bytes, rank) => ({ rank, token_bytes: base64(bytes), token_str: null }));
	const config = {
		pattern: '\\w+|\\W',
		default_vocab_size: 20 + 258,
		default_num_special_tokens: 20
	};
	const special = ['<unk>', '<s>', '</s>'].map((token_str, rank) => ({ rank, token_str }));

	it('has special tokens first, and as many ranks as its size says', async () => {
		const file = json({ config, vocab, special_tokens: special }, 'tekken.json');
		expect(await idsOf([file], 'abc')).toEqual([20 + 257]);
		// Rank 258 is beyond the size.
		expect(await idsOf([file], 'de')).toEqual([20 + 100, 20 + 101]);
		expect(await idsOf([file], '<s>a', 'parse')).toEqual([1, 20 + 97]);
		expect((await readTokenizer([file])).format).toBe('tekken.json');
	});

	it('up to version v7 does not list its special tokens', async () => {
		// In mistral-common 1.13.1, [INST] is 3.
		expect(await idsOf([json({ config, vocab }, 'a')], '[INST]a', 'parse')).toEqual([3, 20 + 97]);
	});

	it.each<[message: string, change: object]>([
		['config.pattern: got nothing', { config: { ...config, pattern: undefined } }],
		['config.default_vocab_size: got -1', { config: { ...config, default_vocab_size: -1 } }],
		[
			'vocab: got 259 tokens, expected at least 480',
			{ config: { ...config, default_vocab_size: 500 } }
		],
		['vocab[0].rank: got 1, expected 0', { vocab: vocab.slice(1) }],
		[
			'vocab[1].token_bytes: got 5, expected base64',
			{ vocab: vocab.with(1, { rank: 1, token_bytes: 5 } as never) }
		],
		[
			'special_tokens: got "<s>" twice',
			{ special_tokens: [special[1], special[1]].map((token, rank) => ({ ...token, rank })) }
		],
		[
			'special_tokens: got 21, expected at most 20',
			{ special_tokens: Array.from({ length: 21 }, (_, rank) => ({ rank, token_str: `t${rank}` })) }
		],
		['special_tokens[0].token_str: got ""', { special_tokens: [{ rank: 0, token_str: '' }] }]
	])('is refused: %s', async (message, change) => {
		const file = json({ config, vocab, special_tokens: special, ...change }, 'tekken.json');
		await expect(readTokenizer([file])).rejects.toThrow(message);
	});
});

describe('CLIP’s merges', () => {
	const USED = 48_894;
	const merges = ['i n', 't h', 'th e</w>'];
	for (const a of BYTE_LETTERS)
		for (const b of BYTE_LETTERS.slice(0, 230)) merges.push(`${a} ${b}`);
	const unique = [...new Set(merges)];
	const content = (lines: readonly string[]) =>
		`"bpe_simple_vocab_16e6.txt#version: 0.2 - Version 2018\n${lines.join('\n')}\n`;

	it('have 512 bytes, the merges that CLIP uses and two special tokens', async () => {
		const plain = text(content([...unique, 'x y']), 'bpe_simple_vocab_16e6.txt');
		const packed = slicedFile(
			gzipSync(content([...unique, 'x y'])),
			'bpe_simple_vocab_16e6.txt.gz'
		);
		for (const file of [plain, packed]) {
			// As with CLIP's own file, in which “a” is 320.
			expect(await idsOf([file], 'A')).toEqual([320]);
			expect(await idsOf([file], ' the  THE ')).toEqual([514, 514]);
			expect(await idsOf([file], '<|startoftext|>a<|endoftext|>', 'parse')).toEqual([
				49406, 320, 49407
			]);
		}
	});

	it('are refused if some are missing or damaged', async () => {
		const read = (lines: readonly string[]) => readTokenizer([text(content(lines), 'clip.txt')]);
		await expect(read(unique.slice(0, USED - 1))).rejects.toThrow(
			'expected two tokens with a space between them'
		);
		await expect(read(['a b c', ...unique])).rejects.toThrow('line 2: got "a b c"');
	});
});

it.each([
	['a .model file from minbpe', 'minbpe v1\n\n0\n104 105\n'],
	['codes from subword-nmt', '#version: 0.2\nt h\nth e</w>\n'],
	['codes from subword-nmt', 't h\nth e</w>\n']
])('%s is refused by name', async (name, content) => {
	await expect(readTokenizer([text(content, 'codes.txt')])).rejects.toThrow(`got ${name}`);
});
