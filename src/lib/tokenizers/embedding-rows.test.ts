import { expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { knownEmbeddingRows } from './embedding-rows';

it('knows the padded rows of Qwen’s models, also for a file with fewer special tokens', () => {
	const qwen3 = packedSpec('qwen3');
	expect(knownEmbeddingRows(qwen3)).toBe(151_936);
	// Qwen2.5's ids end before the tokens for thinking and tool responses.
	const added_tokens = qwen3.added_tokens.filter(({ id }) => id < 151_665);
	expect(added_tokens).toHaveLength(qwen3.added_tokens.length - 4);
	expect(knownEmbeddingRows({ ...qwen3, added_tokens })).toBe(151_936);
});

it('knows nothing of a tokenizer with other ids, or without padding', () => {
	const qwen3 = packedSpec('qwen3');
	const added_tokens = qwen3.added_tokens.map((token) => ({ ...token, id: token.id + 1 }));
	expect(knownEmbeddingRows({ ...qwen3, added_tokens })).toBeNull();
	expect(knownEmbeddingRows(packedSpec('gpt2'))).toBeNull();
});

it('takes no tokenizer for another with the same ranks', () => {
	expect(knownEmbeddingRows(packedSpec('cl100k_base'))).toBeNull();
	expect(knownEmbeddingRows(packedSpec('gemma4'))).toBeNull();
});
