import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { knownRanks, knownRanksOf, RANKS, readRanks } from './tiktoken';

const sha256 = (bytes: Uint8Array) =>
	Promise.resolve(createHash('sha256').update(bytes).digest('hex'));

describe('knownRanksOf', () => {
	it.each([...RANKS.values()])('recognises %s by its ranks', async (id) => {
		expect(await knownRanksOf(packedSpec(id), sha256)).toBe(id);
	});

	// The hashes that OpenAI's library expects of its files, from tiktoken_ext/openai_public.py.
	it.each([
		['gpt2', '306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930'],
		['p50k_base', '94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069'],
		['cl100k_base', '223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7'],
		['o200k_base', '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d']
	])('has the published hash of %s', (id, hash) => {
		expect(knownRanks(hash)).toBe(id);
	});

	it('knows no ranks that were changed', async () => {
		const { model, ...stages } = packedSpec('gpt2');
		const ends = model.vocabulary.ends.slice(0, -2);
		const bytes = model.vocabulary.bytes.slice(0, ends.at(-1));
		const changed = { ...stages, model: { ...model, vocabulary: { bytes, ends } } };
		expect(await knownRanksOf(changed, sha256)).toBeUndefined();
	});
});

describe('readRanks', () => {
	it('gives the file in the order of the ranks, and refuses lines of another form, counting every line', () => {
		const { file } = readRanks('Yg== 1\n= 2\nYQ== 0\n', '.');
		expect(new TextDecoder().decode(file)).toBe('YQ== 0\nYg== 1\n');
		expect(() => readRanks('YQ== 0\n= 2\n! 1\n', '.')).toThrow('line 3: got "!", expected a token');
		expect(() => readRanks('YQ== 0\n= 2\nYg 1 2\n', '.')).toThrow('line 3: got 3 words');
	});
});
