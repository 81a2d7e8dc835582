import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { parseTokenizerJson, type TokenizerSpec } from '../engine';
import { applyEdit } from './edits/apply';
import type { SpecEdit } from './edits/spec-edit';
import { compareMerges } from './merges';
import { compareVocabularies } from './vocabulary';

const compare = (a: TokenizerSpec, b: TokenizerSpec) =>
	compareMerges(a.model, b.model, compareVocabularies(a, b).idInA).findings;

const edited = (id: string, edit: SpecEdit) =>
	compare(packedSpec(id), applyEdit(packedSpec(id), edit));

describe('compareMerges', () => {
	it('finds nothing between a tokenizer and itself', () => {
		expect(compare(packedSpec('llama3'), packedSpec('llama3'))).toEqual({
			implied: 'none',
			sizeA: 280_147,
			sizeB: 280_147,
			added: 0,
			removed: 0,
			firstReordered: null
		});
	});

	it('finds nothing between equal ranks that include special tokens', () => {
		expect(compare(packedSpec('olmo2'), packedSpec('olmo2'))).toMatchObject({
			implied: 'both',
			added: 0,
			removed: 0,
			firstReordered: null
		});
	});

	it('finds nothing in a file whose merges are listed twice or go through a special token', () => {
		const spec = parseTokenizerJson({
			version: '1.0',
			added_tokens: [
				{
					...{ id: 3, content: 'ab', special: true, normalized: false },
					...{ single_word: false, lstrip: false, rstrip: false }
				}
			],
			model: {
				type: 'BPE',
				vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4 },
				merges: ['a b', 'ab c', 'a b']
			}
		});
		expect(compare(spec, spec)).toMatchObject({ added: 0, removed: 0, firstReordered: null });
	});

	it('names the first rank of two that are swapped', () => {
		const found = edited('llama3', { kind: 'swap-merges', ranks: [90_000, 50_000] });
		expect(found).toMatchObject({ added: 0, removed: 0, firstReordered: 50_000 });
	});

	it('counts merges that are gone without calling the others reordered', () => {
		const found = edited('llama3', { kind: 'drop-last-merges', count: 1000 });
		expect(found).toMatchObject({ sizeB: 279_147, added: 0, removed: 1000, firstReordered: null });
	});

	it('does not care about ids', () => {
		const found = edited('llama3', { kind: 'shift-ids', from: 1000, by: 7 });
		expect(found).toMatchObject({ added: 0, removed: 0, firstReordered: null });
	});

	it('compares ranks with a list by the merges that they imply', () => {
		const same = edited('gpt2', { kind: 'ignore-merges', value: true });
		expect(same).toEqual({
			implied: 'a',
			sizeA: 50_000,
			sizeB: 50_000,
			added: 0,
			removed: 0,
			firstReordered: null
		});
		expect(edited('gpt2', { kind: 'swap-merges', ranks: [3, 4] }).firstReordered).toBe(3);
	});

	it('compares ranks with ranks by the tokens that they make', () => {
		// p50k_base is gpt2 and 24 runs of spaces.
		expect(compare(packedSpec('gpt2'), packedSpec('p50k_base'))).toEqual({
			implied: 'both',
			sizeA: 50_000,
			sizeB: 50_024,
			added: 24,
			removed: 0,
			firstReordered: null
		});
		expect(compare(packedSpec('cl100k_base'), packedSpec('o200k_base'))).toMatchObject({
			added: 114_965,
			removed: 15_223
		});
	});
});
