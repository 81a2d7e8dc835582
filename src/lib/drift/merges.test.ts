import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { sized } from '../../../tests/support/size';
import { addedToken, vocabOf } from '../../../tests/support/spec-parts';
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

const NONE = { added: 0, removed: 0, firstReordered: null };

it.each([
	['llama3', { sizeA: 280_147, sizeB: 280_147 }],
	// Ranks that include special tokens.
	['olmo2', {}]
])('finds nothing between %s and itself', (id, expected) => {
	expect(compare(packedSpec(id), packedSpec(id))).toMatchObject({ ...expected, ...NONE });
});

it('finds nothing in a file whose merges are listed twice or go through a special token', () => {
	const spec = parseTokenizerJson({
		version: '1.0',
		added_tokens: [addedToken(3, 'ab')],
		model: {
			type: 'BPE',
			vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4 },
			merges: ['a b', 'ab c', 'a b']
		}
	});
	expect(compare(spec, spec)).toMatchObject(NONE);
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
	expect(found).toMatchObject(NONE);
});

it('compares ranks with a list by the merges that they imply', () => {
	const same = edited('gpt2', { kind: 'ignore-merges', value: true });
	expect(same).toEqual({ sizeA: 50_000, sizeB: 50_000, ...NONE });
	expect(edited('gpt2', { kind: 'swap-merges', ranks: [3, 4] }).firstReordered).toBe(3);
});

it('compares ranks with ranks by the tokens that they make', () => {
	// p50k_base is gpt2 plus 24 runs of spaces.
	const sizes = { sizeA: 50_000, sizeB: 50_024 };
	const found = compare(packedSpec('gpt2'), packedSpec('p50k_base'));
	expect(found).toEqual({ ...sizes, ...NONE, added: 24 });
	expect(compare(packedSpec('cl100k_base'), packedSpec('o200k_base'))).toMatchObject({
		added: 114_965,
		removed: 15_223
	});
});

// Pairs are compared with a table of pairs, but splits are compared directly.
it.each([
	['o200k_base', 'gemma3'],
	['gemma3', 'llama2']
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
		{ numRuns: sized(40, 300) }
	);
});

const withPairs = (spec: TokenizerSpec): TokenizerSpec => {
	const { merges } = spec.model;
	return { ...spec, model: { ...spec.model, merges: merges && listOfPairs(merges.pairs) } };
};

/** All words of two to four characters over two letters. */
const WORDS = [2, 3, 4].flatMap((length) =>
	Array.from({ length: 2 ** length }, (_, bits) =>
		Array.from({ length }, (_, i) => ((bits >> i) & 1 ? 'é' : 'a')).join('')
	)
);

/**
 * Tokenizers over a few letters whose file lists some merges as pairs, then products that represent all their splits.
 */
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
		const model = { type: 'BPE', vocab: vocabOf(tokens), merges: merges.flat() };
		return readPacked(writePacked('random', parseTokenizerJson({ model }))).spec;
	});
