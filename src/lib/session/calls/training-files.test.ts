import { describe, expect, it } from 'vitest';
import { THREE_MERGES } from '../../../../tests/support/fake-training';
import { serve } from '../../../../tests/support/serve';
import { fingerprintOf } from '../../drift/fingerprint/fingerprint';
import { platformSha256 } from '../../drift/sha256';
import { createTokenizer, parseTokenizerJson } from '../../engine';
import { readPacked } from '../../engine/formats/packed';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';
import type { TrainedFileParams } from './training';

const EXAMPLE = 'aaabdaaabac';
/** After two merges of minbpe's example: aa is 256, aaa 257. */
const IDS = [257, 98, 100, 257, 98, 97, 99];

/** The files of minbpe's example after a number of merges. */
async function files(format: TrainedFileParams['format'], merges = 2) {
	const { call } = serve();
	const run = { session: 'train', run: 1 };
	const text = encodeUtf8(EXAMPLE);
	const rules = { ...THREE_MERGES, ties: 'first-seen', specialTokens: ['<s>'] } as const;
	await call('train', { ...run, corpus: { text }, rules: { ...rules, vocabularySize: 260 }, text });
	return call('trainedFile', { ...run, merges, name: 'mine', format });
}

const idsOf = (spec: Parameters<typeof createTokenizer>[0]) => [
	...createTokenizer(spec).encode(EXAMPLE).ids
];

describe('the tokenizer of the first merges is written', () => {
	it('as a packed file', async () => {
		const { files: packed, vocabularySize, fingerprint } = await files('packed');
		expect(packed.map(({ name }) => name)).toEqual(['packed.bin']);
		// 256 bytes, two merges and one special token.
		expect([vocabularySize, idsOf(readPacked(packed[0].bytes).spec)]).toEqual([259, IDS]);
		expect((await files('packed', 1)).fingerprint).not.toBe(fingerprint);
	});

	const texts = async (format: TrainedFileParams['format'], merges?: number) =>
		(await files(format, merges)).files.map(({ name, bytes }) => [name, decodeUtf8(bytes)]);

	it('as tokenizer.json, with its special token and the same fingerprint', async () => {
		const [[name, text]] = await texts('tokenizer.json');
		const spec = parseTokenizerJson(JSON.parse(text));
		expect([name, idsOf(spec)]).toEqual(['tokenizer.json', IDS]);
		expect(spec.added_tokens).toMatchObject([{ id: 258, content: '<s>' }]);
		const read = { tokenizer: createTokenizer(spec) };
		expect((await files('packed')).fingerprint).toBe(await fingerprintOf(read, platformSha256()));
	});

	it('as .tiktoken, with ranks only', async () => {
		const [[name, text]] = await texts('tiktoken');
		const lines = text.trimEnd().split('\n');
		expect([name, lines.length]).toEqual(['tokenizer.tiktoken', 258]);
		expect(lines.slice(256)).toEqual([`${btoa('aa')} 256`, `${btoa('aaa')} 257`]);
	});

	it('as vocab.json and merges.txt, and as the counts that it was trained on', async () => {
		const [[vocabName, vocab], [mergesName, merges]] = await texts('vocab-merges');
		expect([vocabName, mergesName]).toEqual(['vocab.json', 'merges.txt']);
		expect(JSON.parse(vocab)).toMatchObject({ a: 97, aa: 256, aaa: 257 });
		expect(merges.trimEnd().split('\n').slice(-2)).toEqual(['a a', 'aa a']);
		expect(await texts('counts', 0)).toEqual([['counts.tsv', '"aaabdaaabac"\t1\n']]);
	});
});
