import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { listOfPairs, parseTokenizerJson, type TokenizerSpec } from '../engine';
import { readPacked, writePacked } from '../engine/packed';
import { applyEdit } from './edits/apply';
import type { SpecEdit } from './edits/spec-edit';
import { compareMerges } from './merges';
import { compareVocabularies } from './vocabulary';

const compare = (a: TokenizerSpec, b: TokenizerSpec) =>
	compareMerges(a, b, compareVocabularies(a, b).idInA).findings;

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

	// Pairs are compared by a table of pairs, splits in place.
	it.each([
		['o200k_base', 'gemma3'],
		['gemma3', 'o200k_base'],
		['llama3', 'gemma3'],
		['gemma3', 'llama2'],
		['qwen3', 'llama3'],
		['gpt2', 'qwen3']
	])('finds the same between %s and %s if their merges are only known as pairs', (a, b) => {
		const [specA, specB] = [packedSpec(a), packedSpec(b)];
		expect(compare(specA, specB)).toEqual(compare(withPairs(specA), withPairs(specB)));
	});

	it('finds the same between random splits and their pairs', () => {
		fc.assert(
			fc.property(randomSplits, randomSplits, (a, b) => {
				const found = compare(withPairs(a), withPairs(b));
				expect(compare(a, b)).toEqual(found);
				expect(compare(a, withPairs(b))).toEqual(found);
			}),
			{ numRuns: 300 }
		);
	});
});

const withPairs = (spec: TokenizerSpec): TokenizerSpec => {
	const { merges } = spec.model;
	return { ...spec, model: { ...spec.model, merges: merges && listOfPairs(merges.pairs) } };
};

/** All words of two to four of two letters. */
const WORDS = [2, 3, 4].flatMap((length) =>
	Array.from({ length: 2 ** length }, (_, bits) =>
		Array.from({ length }, (_, i) => ((bits >> i) & 1 ? 'é' : 'a')).join('')
	)
);

/** Tokenizers whose file has some merges, then products that stand for all their splits, of tokens of a few letters. */
const randomSplits: fc.Arbitrary<TokenizerSpec> = fc
	.record({
		longer: fc.oneof(fc.subarray(WORDS), fc.shuffledSubarray(WORDS)),
		explicit: fc.nat(6),
		byLeft: fc.boolean(),
		shuffled: fc.integer()
	})
	.map(({ longer, explicit, byLeft, shuffled }) => {
		const tokens = ['a', 'é', ...longer];
		const place = (token: string) => Math.imul(tokens.indexOf(token) + 1, shuffled | 1);
		tokens.sort((a, b) => place(a) - place(b));
		const splits = longer.map((token) =>
			Array.from(token, (_, at) => [token.slice(0, at), token.slice(at)])
				.filter((pair) => pair.every((part) => tokens.includes(part)))
				.sort(([a], [b]) => (byLeft ? tokens.indexOf(a) - tokens.indexOf(b) : b.length - a.length))
		);
		const merges = [
			...splits.slice(0, explicit).map((all) => all.slice(0, 1)),
			...splits.slice(explicit)
		];
		const file = {
			version: '1.0',
			model: {
				type: 'BPE',
				vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
				merges: merges.flat()
			}
		};
		return readPacked(writePacked('random', parseTokenizerJson(file))).spec;
	});
