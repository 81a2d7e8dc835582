import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packedSpec, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import {
	createTokenizer,
	listOfPairs,
	parseTokenizerJson,
	tokenizerJsonText,
	type TokenizerSpec
} from '../../engine';
import { mergesFromRanks } from '../../engine/stages';
import { readTokenizer } from '../../tokenizers/files/read';
import { writeTokenizer } from '../../tokenizers/files/write';
import { encodeUtf8 } from '../../engine/text';
import type { Sha256 } from '../sha256';
import { fingerprintOf } from './fingerprint';

const sha256: Sha256 = (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest());
const ofSpec = (spec: TokenizerSpec) => fingerprintOf({ tokenizer: createTokenizer(spec) }, sha256);
const ofName = (id: string) => fingerprintOf({ tokenizer: packedTokenizer(id) }, sha256);

describe('the fingerprint of a version', () => {
	// If a value changes, raise the version of the fingerprint, then update the values.
	it.each([
		['cl100k_base', 'be8a01781057a352166bfe6b995e1cb58d85bb8e569fa05965839001b48a1923'],
		['llama2', '04c7abd84c8eaf89a84f254f750babb8588ee6a051b0a79355c8f27e69da5087'],
		['llama3', '4ecaacdc55c00da0c03b8c08259ecbe60143403704d9b8299becf8a9252558e6']
	])('never changes: %s', async (id, expected) => {
		expect(await ofName(id)).toBe(`bpe-lab-drift-v2:${expected}`);
	});
});

describe('a tokenizer of the catalogue', () => {
	it.each(['cl100k_base', 'qwen3', 'llama2'])(
		'%s has the same fingerprint in a tokenizer.json',
		async (id) => {
			const file = JSON.parse(tokenizerJsonText(packedSpec(id))) as object;
			expect(await ofSpec(parseTokenizerJson(file))).toBe(await ofName(id));
		}
	);

	it('has the same in vocab.json and merges.txt', async () => {
		const spec = packedSpec('gpt2');
		// The two files contain neither stages nor added tokens, so both sides get those of the built-in tokenizer.
		const files = writeTokenizer(spec, 'vocab-merges').map(({ name, text }) => {
			const bytes = encodeUtf8(text);
			const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
			return { name, size: bytes.length, read };
		});
		const { spec: read } = await readTokenizer(files, { pattern: 'x' });
		expect(read.model.merges).not.toBeNull();
		expect(await ofSpec({ ...spec, model: { ...spec.model, merges: read.model.merges } })).toBe(
			await ofName('gpt2')
		);
	});

	it('has the same whether its ids imply the merges or they are listed', async () => {
		const spec = packedSpec('cl100k_base');
		expect(spec.model.merges).toBeNull();
		const merges = mergesFromRanks(spec.model.vocabulary);
		expect(await ofSpec({ ...spec, model: { ...spec.model, merges: listOfPairs(merges) } })).toBe(
			await ofName('cl100k_base')
		);
		// Moving one merge later than its id implies changes the tokenizer.
		const swapped = merges.slice();
		swapped.set(merges.subarray(2000, 2002), 4000);
		swapped.set(merges.subarray(4000, 4002), 2000);
		expect(
			await ofSpec({ ...spec, model: { ...spec.model, merges: listOfPairs(swapped) } })
		).not.toBe(await ofName('cl100k_base'));
	});
});
