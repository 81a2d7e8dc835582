import { describe, expect, it } from 'vitest';
import { THREE_MERGES } from '../../../../tests/support/fake-training';
import { resultOf, serve } from '../../../../tests/support/serve';
import { fingerprintOf } from '../../drift/fingerprint/fingerprint';
import { platformSha256 } from '../../drift/sha256';
import { createTokenizer, parseTokenizerJson, specFromTiktoken } from '../../engine';
import { readPacked } from '../../engine/formats/packed';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';
import type { TrainedFileParams } from './training';

const EXAMPLE = 'aaabdaaabac';
/** After two merges of minbpe's example: aa is 256, aaa 257. */
const IDS = [257, 98, 100, 257, 98, 97, 99];

/** The files of minbpe's example after a number of merges. */
async function files(format: TrainedFileParams['format'], merges = 2) {
	const { service, end } = serve();
	const run = { session: 'train', run: 1 };
	const text = encodeUtf8(EXAMPLE);
	const rules = { ...THREE_MERGES, ties: 'first-seen', specialTokens: ['<s>'] } as const;
	service.handle({
		id: 1,
		method: 'train',
		params: { ...run, corpus: { text }, rules: { ...rules, vocabularySize: 260 }, text }
	});
	await end(1);
	const params = { ...run, merges, name: 'mine', format };
	service.handle({ id: 2, method: 'trainedFile', params });
	return resultOf('trainedFile', await end(2));
}

const one = async (format: TrainedFileParams['format'], merges?: number) => {
	const { files: all, vocabularySize } = await files(format, merges);
	expect(all).toHaveLength(1);
	return { ...all[0], text: decodeUtf8(all[0].bytes), vocabularySize };
};

const idsOf = (spec: Parameters<typeof createTokenizer>[0]) => [
	...createTokenizer(spec).encode(EXAMPLE).ids
];

describe('the tokenizer of the first merges', () => {
	it('is written as a packed file', async () => {
		const { name, bytes, vocabularySize } = await one('packed');
		expect(name).toBe('packed.bin');
		// 256 bytes, two merges, one special token.
		expect(vocabularySize).toBe(259);
		expect(idsOf(readPacked(bytes).spec)).toEqual(IDS);
	});

	it('has the fingerprint that a diff finds for its tokenizer.json', async () => {
		const { fingerprint } = await files('packed');
		const { text } = await one('tokenizer.json');
		const exported = createTokenizer(parseTokenizerJson(JSON.parse(text)));
		const expected = await fingerprintOf({ tokenizer: exported }, platformSha256());
		expect(fingerprint).toMatch(/^bpe-lab-drift-v2:[0-9a-f]{64}$/);
		expect(fingerprint).toBe(expected);
		expect((await files('packed', 1)).fingerprint).not.toBe(fingerprint);
	});

	it('is written as tokenizer.json, with its special token', async () => {
		const { name, text } = await one('tokenizer.json');
		expect(name).toBe('tokenizer.json');
		const spec = parseTokenizerJson(JSON.parse(text));
		expect(idsOf(spec)).toEqual(IDS);
		expect(spec.added_tokens).toMatchObject([{ id: 258, content: '<s>' }]);
	});

	it('is written as .tiktoken, with ranks only', async () => {
		const { name, text } = await one('tiktoken');
		expect(name).toBe('tokenizer.tiktoken');
		const lines = text.trimEnd().split('\n');
		expect(lines).toHaveLength(258);
		expect(lines.slice(256)).toEqual([`${btoa('aa')} 256`, `${btoa('aaa')} 257`]);
		const tokens = lines.map((line) => line.split(' ')[0]).join(' ');
		const spec = specFromTiktoken({
			bpe_ranks: `! 0 ${tokens}`,
			pat_str: '\\S+',
			special_tokens: {}
		});
		expect(idsOf(spec)).toEqual(IDS);
	});

	it('is written as vocab.json and merges.txt', async () => {
		const { files: both } = await files('vocab-merges');
		expect(both.map(({ name }) => name)).toEqual(['vocab.json', 'merges.txt']);
		const [vocab, merges] = both.map(({ bytes }) => decodeUtf8(bytes));
		expect(JSON.parse(vocab)).toMatchObject({ a: 97, aa: 256, aaa: 257 });
		expect(merges.trimEnd().split('\n').slice(-2)).toEqual(['a a', 'aa a']);
	});

	it('is written as the counts that it was trained on', async () => {
		const { name, text } = await one('counts', 0);
		expect(name).toBe('counts.tsv');
		expect(text).toBe('"aaabdaaabac"\t1\n');
	});
});
