import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { packedSpec, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { createTokenizer, parseTokenizerJson } from '../../engine';
import { applyEdit } from '../edits/apply';
import { chkhsh, compareFingerprints } from './fingerprint';
import { PROBE_TEXTS } from './texts';
import { platformSha256, type Sha256 } from '../sha256';

const sha256: Sha256 = (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest());

const llama3WithBos = () =>
	createTokenizer(
		applyEdit(packedSpec('llama3'), { kind: 'bos', times: 1, token: '<|begin_of_text|>' })
	);

describe('chkhsh', () => {
	// Published in llama.cpp's get_vocab_base_pre().
	it.each([
		[
			'llama-bpe',
			llama3WithBos,
			'0ef9807a4087ebef797fc749390439009c3b9eda9ad1a097abbe738f486c01e5'
		],
		[
			'smaug-bpe, which is Llama 3 without its BOS',
			() => packedTokenizer('llama3'),
			'c136ed14d01c2745d4f60a9596ae66800e2b61fa45643e72436041855ad4089d'
		],
		[
			'gpt-2',
			() => packedTokenizer('gpt2'),
			'3ce83efda5659b07b1ad37ca97ca5797ea4285d9b9ab0dc679e4a720c9da7454'
		],
		[
			'qwen2',
			() => packedTokenizer('qwen3'),
			'e636dc30a262dcc0d8c323492e32ae2b70728f4df7dfe9737d9f920a282b8aea'
		]
	])('is the published one of %s', async (_, tokenizer, expected) => {
		expect(await chkhsh(tokenizer(), sha256)).toBe(expected);
	});
});

describe('compareFingerprints', () => {
	it('gives the same for the same tokenizer under two names', async () => {
		const found = await compareFingerprints(
			{ tokenizer: packedTokenizer('gpt2') },
			{ tokenizer: packedTokenizer('r50k_base') },
			sha256
		);
		expect(found).toMatchObject({ same: true, chkhshSame: true, parts: [], firstDiffering: null });
		expect(found.a).toBe(found.b);
		expect(found.a).toMatch(/^bpe-lab-drift-v2:[0-9a-f]{64}$/);
	});

	it('tells apart what llama.cpp’s hash does not, and names an input', async () => {
		const spec = packedSpec('qwen3');
		const b = createTokenizer(applyEdit(spec, { kind: 'normalizer', value: null }));
		const a = createTokenizer(spec);
		const found = await compareFingerprints({ tokenizer: a }, { tokenizer: b }, sha256);
		expect(found).toMatchObject({ same: false, chkhshSame: true, parts: ['normalizer', 'texts'] });
		expect(found.a).not.toBe(found.b);
		expect(found.firstDiffering?.normalize('NFC')).not.toBe(found.firstDiffering);
	});

	it.each([
		['is the same with ignore_merges if merging leads to every token', { a: 0, b: 1, ab: 2 }, true],
		['differs with ignore_merges if a token has no merge', { a: 0, b: 1, ab: 2, ba: 3 }, false]
	])('%s', async (_, vocab, same) => {
		const [a, b] = [false, true].map((ignore_merges) => ({
			tokenizer: createTokenizer(
				parseTokenizerJson({
					added_tokens: [],
					model: { type: 'BPE', vocab, merges: ['a b'], ignore_merges }
				})
			)
		}));
		expect((await compareFingerprints(a, b, sha256)).same).toBe(same);
	});

	it('still says what is the same where there is no SHA-256', async () => {
		const [a, b] = ['gpt2', 'cl100k_base'].map((id) => ({ tokenizer: packedTokenizer(id) }));
		const none = { a: null, b: null, chkhshA: null, chkhshB: null };
		const found = await compareFingerprints(a, b, null);
		expect(found).toMatchObject({ ...none, same: false, chkhshSame: false });
	});
});

it('hashes texts that stay the same', () => {
	const digest = createHash('sha256').update(JSON.stringify(PROBE_TEXTS)).digest('hex');
	expect(digest).toBe('3d97d7e5c0aeb8670eee68fdc640502c16653160eb26e893a9b2f03f3bd02ff3');
});

describe('platformSha256', () => {
	it('is the platform’s, or none where the platform has none', async () => {
		const bytes = new TextEncoder().encode('abc');
		expect(await platformSha256()?.(bytes)).toEqual(
			new Uint8Array(createHash('sha256').update(bytes).digest())
		);
		vi.stubGlobal('crypto', {});
		expect(platformSha256()).toBeNull();
		vi.unstubAllGlobals();
	});
});
