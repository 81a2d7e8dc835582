import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../tests/support/small-specs';
import { buildVocabulary, type TokenizerSpec } from '../engine';
import { encodeUtf8 } from '../engine/text/utf8';
import { applyEdit } from './edits/apply';
import { compareVocabularies, NO_TOKEN } from './vocabulary';

const numbers = (a: TokenizerSpec, b: TokenizerSpec) => {
	const found = compareVocabularies(a, b).findings;
	const { sizeA, sizeB, shared, sameId, moved, added, removed } = found;
	return [sizeA, sizeB, shared, sameId, moved, added, removed];
};

/** A byte-level spec with these tokens; undefined leaves an id empty. */
const specOf = (tokens: readonly (string | undefined)[]): TokenizerSpec => ({
	...smallRanks(),
	added_tokens: [],
	model: {
		...smallRanks().model,
		vocabulary: buildVocabulary(tokens.map((token) => (token ? encodeUtf8(token) : undefined)))
	}
});

// Sizes of A and B, shared, with the same id, moved, added and removed.
it.each([
	['cl100k_base', 'o200k_base', [100_256, 199_998, 85_033, 265, 84_768, 114_965, 15_223]],
	['gpt2', 'r50k_base', [50_256, 50_256, 50_256, 50_256, 0, 0, 0]],
	['mistral-v1', 'mistral-v3', [31_997, 31_997, 31_997, 0, 31_997, 0, 0]]
])('%s → %s', (a, b, expected) => {
	expect(numbers(packedSpec(a), packedSpec(b))).toEqual(expected);
});

it('lists which they are', () => {
	const a = specOf(['a', 'b', 'c', undefined, 'd']);
	const b = specOf(['a', 'c', 'e', 'd']);
	const { findings, idInA } = compareVocabularies(a, b);
	expect([...findings.sameIds]).toEqual([0]);
	expect([...findings.movedA]).toEqual([2, 4]);
	expect([...findings.movedB]).toEqual([1, 3]);
	expect([...findings.addedIds]).toEqual([2]);
	expect([...findings.removedIds]).toEqual([1]);
	// Ids 1 and 2 have different tokens. Ids 3 and 4 have a token on one side only.
	expect(findings.conflictingIds).toBe(2);
	expect([...idInA]).toEqual([0, 2, -1, 4]);
});

it('leaves special tokens out, wherever they stand', () => {
	const a = smallSentencePiece();
	const { findings } = compareVocabularies(
		a,
		applyEdit(a, { kind: 'drop-added-tokens', which: 'all' })
	);
	expect(findings).toMatchObject({ sizeA: 262, sizeB: 265, shared: 262, added: 3, removed: 0 });
});

it('counts ids that name another token, special and control ones among them', () => {
	const other = (b: TokenizerSpec) => compareVocabularies(smallRanks(), b).findings.conflictingIds;
	const end = { ...smallRanks().added_tokens[0] };
	expect(other(smallRanks())).toBe(0);
	// 300 is <|end|> in A. Without it, the id has no token.
	expect(other({ ...smallRanks(), added_tokens: [] })).toBe(0);
	expect(other({ ...smallRanks(), added_tokens: [{ ...end, content: '<|stop|>' }] })).toBe(1);
	// 261 is "hello" in A.
	expect(other({ ...smallRanks(), added_tokens: [{ ...end, id: 261 }] })).toBe(1);
	const { model } = smallRanks();
	const control = { ...model, foreign_tokens: [{ id: 260, content: '[control]' }] };
	expect(other({ ...smallRanks(), model: control })).toBe(1);
	// Mistral v3 has 768 control tokens where v1 has bytes and its first tokens.
	const { findings } = compareVocabularies(packedSpec('mistral-v1'), packedSpec('mistral-v3'));
	expect(findings).toMatchObject({ sameId: 0, conflictingIds: 31_997 });
});

it('compares the texts of tokens if one side spells a space as ▁', () => {
	const sentencePiece = smallSentencePiece();
	const ranks = smallRanks();
	const { findings } = compareVocabularies(sentencePiece, ranks);
	// 256 bytes, spelled <0x00> in SentencePiece. ▁ a b c are also bytes; ab and ▁ab aren't.
	expect(findings).toMatchObject({ sizeA: 262, sizeB: 262, shared: 256, removed: 6, added: 6 });
});

it('calls it one lineage when half of the smaller one has its ids', () => {
	const lineage = (b: readonly string[]) =>
		compareVocabularies(specOf(['a', 'b', 'c', 'd']), specOf(b)).findings.sameLineage;
	expect(lineage(['a', 'b', 'x', 'y', 'z'])).toBe(true);
	expect(lineage(['a', 'x', 'y', 'z', 'b'])).toBe(false);
});

const token = fc.constantFrom('a', 'b', 'ab', 'abc', '語', 'longer than eight bytes');

it('matches the first of equal tokens on each side', () => {
	fc.assert(
		fc.property(fc.array(token), fc.array(token), (first, second) => {
			const { idInA } = compareVocabularies(specOf(first), specOf(second));
			expect([...idInA]).toEqual(
				second.map((text, id) => (second.indexOf(text) === id ? first.indexOf(text) : NO_TOKEN))
			);
		})
	);
});

it('adds up, whatever the vocabularies', () => {
	const tokens = fc.uniqueArray(token);
	fc.assert(
		fc.property(tokens, tokens, (first, second) => {
			const { findings } = compareVocabularies(specOf(first), specOf(second));
			const inBoth = first.filter((token) => second.includes(token));
			const sameId = inBoth.filter((token) => first.indexOf(token) === second.indexOf(token));
			expect(findings).toMatchObject({
				sizeA: first.length,
				sizeB: second.length,
				shared: inBoth.length,
				sameId: sameId.length,
				moved: inBoth.length - sameId.length,
				added: second.length - inBoth.length,
				removed: first.length - inBoth.length
			});
		})
	);
});
