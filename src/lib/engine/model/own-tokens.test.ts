import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { createTokenizer, parseTokenizerJson, type TokenizerSpec } from '..';

/** Ids of tokens that merging their bytes leads to, and of those that were found without merging. */
function ownTokens(spec: TokenizerSpec): { merged: number[]; found: number[] } {
	const tokenizer = createTokenizer(spec);
	const isFound = tokenizer.ownTokens();
	const ids = Array.from(isFound.keys());
	return {
		merged: ids.filter((id) => {
			const trees = tokenizer.mergeTrees(id);
			return trees.length === 1 && trees[0].id === id;
		}),
		found: ids.filter((id) => isFound[id] === 1)
	};
}

const CHARACTERS = ['a', 'b', 'é', '▁'];

/** Tokenizers with all merges of their tokens, or a part of them, in any order. */
const tokenizerJson = fc
	.record({
		words: fc.uniqueArray(
			fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 2, maxLength: 6 }),
			{ maxLength: 30 }
		),
		order: fc.infiniteStream(fc.integer()),
		share: fc.constantFrom(1, 1, 2, 4)
	})
	.map(({ words, order, share }) => {
		const tokens = [...CHARACTERS, ...words];
		const merges = words
			.flatMap((word) => {
				const units = Array.from(word);
				return units
					.slice(1)
					.map((_, i): [string, string] => [
						units.slice(0, i + 1).join(''),
						units.slice(i + 1).join('')
					]);
			})
			.filter((pair) => pair.every((part) => tokens.includes(part)))
			.map((pair) => ({ pair, key: order.next().value ?? 0 }))
			.filter(({ key }) => key % share === 0)
			.sort((a, b) => a.key - b.key)
			.map(({ pair }) => pair);
		return {
			version: '1.0',
			...{ added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null },
			decoder: null,
			model: {
				type: 'BPE',
				...{ dropout: null, unk_token: null, fuse_unk: false, byte_fallback: false },
				...{ continuing_subword_prefix: null, end_of_word_suffix: null, ignore_merges: false },
				vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
				merges
			}
		};
	});

describe('ownTokens', () => {
	it('finds no token that merging does not lead to, whatever the order of the merges', () => {
		fc.assert(
			fc.property(tokenizerJson, (json) => {
				const { merged, found } = ownTokens(parseTokenizerJson(json));
				expect(merged).toEqual(expect.arrayContaining(found));
			}),
			{ numRuns: 1000 }
		);
	});

	it.each(['gpt2', 'o200k_base', 'qwen3', 'mistral-v3'])('finds all tokens of %s', (id) => {
		const { merged, found } = ownTokens(packedSpec(id));
		expect(found).toEqual(merged);
	});

	// A few of their merges come before those of the tokens that they join.
	it.each(['llama3', 'gemma3'])('finds nearly all tokens of %s', (id) => {
		const { model, ...stages } = packedSpec(id);
		const { merged, found } = ownTokens({ ...stages, model: { ...model, ignore_merges: false } });
		const isMerged = new Set(merged);
		expect(found.filter((id) => !isMerged.has(id))).toEqual([]);
		expect(found.length).toBeGreaterThan(0.999 * merged.length);
	});
});
