import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../../tests/support/small-specs';
import { createTokenizer, type Tokenizer } from '../../engine';
import { spellBytes } from '../format';
import type { ModelVariant } from './types';
import { createVariantEncoder } from './program';

const PLAIN = { special: 'text', bos: false } as const;

function encode(tokenizer: Tokenizer, variant: ModelVariant, text: string) {
	const ids = createVariantEncoder(tokenizer, variant)(text, PLAIN);
	return { ids, tokens: ids.map((id) => spellBytes(tokenizer.tokenBytes(id))) };
}

describe('joining the leftmost pair', () => {
	it('splits "brutalist" as fastllm did with Qwen’s vocabulary (fastllm#715)', () => {
		const qwen = packedTokenizer('qwen3');
		const right = Array.from(qwen.encode('brutalist').ids, (id) => spellBytes(qwen.tokenBytes(id)));
		expect(right).toEqual(['br', 'ut', 'alist']);
		expect(encode(qwen, 'leftmost-pair', 'brutalist').tokens).toEqual(['bru', 'tal', 'ist']);
	});

	it('takes a pair that ranks later if it is further left', () => {
		// By rank: "he" and "ll" first, then "hell". From the left: "he", then nothing until "ll", then "hell".
		const tokenizer = createTokenizer(smallRanks());
		expect(encode(tokenizer, 'leftmost-pair', 'hello').tokens).toEqual(['hello']);
		// "llo": "ll" is left of "lo", and no token is "llo".
		expect(encode(tokenizer, 'leftmost-pair', 'llo').tokens).toEqual(['ll', 'o']);
		expect(encode(tokenizer, 'leftmost-pair', 'lo w').tokens).toEqual(['lo', ' w']);
	});

	it('keeps every byte and leaves no pair that forms a token', () => {
		const gpt2 = packedTokenizer('gpt2');
		const known = (text: string) => gpt2.encode(text).ids.length === 1;
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z]{1,12}$/), (word) => {
				const { tokens } = encode(gpt2, 'leftmost-pair', word);
				expect(tokens.join('')).toBe(word);
				const pairs = tokens.slice(1).map((token, i) => tokens[i] + token);
				expect(pairs.filter(known)).toEqual([]);
			})
		);
	});
});

describe('starting from grapheme clusters', () => {
	it('splits "किसानों" as vmlx-swift did with Gemma’s vocabulary (vmlx-swift#487)', () => {
		const gemma = packedTokenizer('gemma3');
		const right = Array.from(gemma.encode('किसानों').ids, (id) => spellBytes(gemma.tokenBytes(id)));
		expect(right).toEqual(['किस', 'ानों']);
		expect(encode(gemma, 'grapheme-clusters', 'किसानों').tokens).toEqual(['कि', 'सा', 'नों']);
	});

	it('falls back to bytes for a cluster without a token (swift-transformers#355)', () => {
		const llama = packedTokenizer('llama2');
		const encoder = createVariantEncoder(llama, 'grapheme-clusters');
		// The ids before the fix: "ว" and "ั" are one cluster, spelled in its six bytes.
		const cluster = [0xe0, 0xb8, 0xa7, 0xe0, 0xb8, 0xb1].map(byteId);
		const ids = [1, 29871, 30547, ...cluster, 30547];
		expect(encoder('สวัส', { special: 'text', bos: true })).toEqual(ids);
	});

	it('changes nothing where every cluster is one character', () => {
		const llama = packedTokenizer('llama2');
		const encoder = createVariantEncoder(llama, 'grapheme-clusters');
		fc.assert(
			fc.property(fc.stringMatching(/^[a-zà-ö ]{0,20}$/), (text) => {
				expect(encoder(text, PLAIN)).toEqual([...llama.encode(text).ids]);
			})
		);
	});

	it('merges by rank, and recognises special tokens when asked', () => {
		const tokenizer = createTokenizer(smallSentencePiece());
		const encoder = createVariantEncoder(tokenizer, 'grapheme-clusters');
		expect(encoder('abc', PLAIN)).toEqual([pieceId('▁ab'), pieceId('c')]);
		expect(encoder('<s>', { special: 'parse', bos: false })).toEqual([1]);
	});

	it('refuses a byte-level vocabulary', () => {
		const tokenizer = createTokenizer(smallRanks());
		expect(() => createVariantEncoder(tokenizer, 'grapheme-clusters')).toThrow(
			'grapheme clusters: got a byte-level vocabulary, expected one of characters'
		);
	});
});
