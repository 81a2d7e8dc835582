import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { FALLBACK_BYTES } from '../../../../tests/support/spec-parts';
import { packMerges, readMerges } from '../formats/packed-merges';
import type { BpeModelSpec } from '../spec';
import { ByteSource } from '../structures/byte-table';
import {
	listOfPairs,
	SPLIT_ORDERS,
	type MergeList,
	type MergeSplits
} from '../structures/merge-list';
import { buildVocabulary } from '../structures/vocabulary';
import { TokenTable } from '../structures/token-table';
import { BpeModel } from './bpe';
import { SplitRules } from './split-rules';

const utf8 = (text: string) => new TextEncoder().encode(text);
const SETTINGS = { type: 'BPE', fuse_unk: false, ignore_merges: false } as const;

/** All bytes as tokens. Only those of letters are merged. */
const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const FALLBACK = FALLBACK_BYTES.map(utf8);

const anyTexts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'x'), maxLength: 90 }), {
	minLength: 1,
	maxLength: 5
});
const anyWords = fc.uniqueArray(
	fc.string({ unit: fc.constantFrom('a', 'b', 'é'), minLength: 2, maxLength: 7 }),
	{ maxLength: 40 }
);

/** Every merge of two words into a word, product by product. */
function everySplit(words: readonly string[], order: (typeof SPLIT_ORDERS)[number]) {
	const ids = new Map(words.map((word, id) => [word, id]));
	return words.flatMap((word) => {
		const splits = Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => {
			const at = word.length - 1 - i;
			return [word.slice(0, at), word.slice(at)].map((part) => ids.get(part) ?? -1);
		}).filter((pair) => !pair.includes(-1));
		return order === 'left-id' ? splits.sort(([a], [b]) => a - b) : splits;
	});
}

/** Initial ids and merges of each text. */
function tracesOf(spec: BpeModelSpec, texts: readonly string[]) {
	const model = new BpeModel(spec);
	return texts.map((text) => {
		const { ranks, lefts, rights, products, positions, initialIds } = model.tracePretoken(
			utf8(text)
		);
		return [initialIds, ranks, lefts, rights, products, positions].map((numbers) => [...numbers]);
	});
}

function ofVocabulary(splits: MergeSplits | null): MergeSplits {
	if (!splits) throw new Error('got pairs, expected splits');
	return splits;
}

describe.each(SPLIT_ORDERS)('all splits of each product, in the order %s', (order) => {
	it('merges characters as the pairs do', () => {
		fc.assert(
			fc.property(anyWords, anyTexts, fc.nat(5), (words, texts, swaps) => {
				// Every letter is a token except `x`, which becomes a fallback byte.
				const tokens = ['a', 'b', 'é', ...words];
				const pairs = everySplit(tokens, order);
				// Moves a pair to the front, where it is an explicit merge if the rest of the list is still in order.
				if (swaps > 0 && pairs.length > swaps) pairs.unshift(...pairs.splice(swaps, 1));
				const vocabulary = buildVocabulary([...tokens.map(utf8), ...FALLBACK]);
				const list = listOfPairs(Uint32Array.from(pairs.flat()));
				const packed = packMerges(vocabulary, list.pairs, false);
				const spec = { ...SETTINGS, vocabulary, byte_level: false, unk_token: null };
				const traces = (merges: MergeList) =>
					tracesOf({ ...spec, byte_fallback: true, merges }, texts);
				expect(traces(readMerges(vocabulary, packed, false))).toEqual(traces(list));
			}),
			{ numRuns: sized(150, 500) }
		);
	});

	it('merges bytes as the pairs do', () => {
		fc.assert(
			fc.property(anyWords, anyTexts, (words, texts) => {
				const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
				const letters = Array.from(EVERY_BYTE, ([byte]) => String.fromCharCode(byte));
				const tokens = [...letters, ...words];
				const pairs = everySplit(tokens, order);
				const vocabulary = buildVocabulary(tokens.map(latin));
				const list = listOfPairs(Uint32Array.from(pairs.flat()));
				const merges = readMerges(vocabulary, packMerges(vocabulary, list.pairs, true), true);
				expect(merges.count).toBe(pairs.length);
				expect(merges.pairs).toEqual(list.pairs);
				const spec = { ...SETTINGS, vocabulary, byte_level: true, unk_token: null };
				const [split, pair] = [merges, list].map((merges) => ({
					...spec,
					byte_fallback: false,
					merges
				}));
				expect(tracesOf(split, texts)).toEqual(tracesOf(pair, texts));
				const table = new TokenTable(vocabulary);
				const rules = new SplitRules(table, ofVocabulary(merges.splits), []);
				for (const [left, right] of pairs) {
					const [first, all] = [tokens[left], tokens[left] + tokens[right]];
					const source = new ByteSource(latin(all));
					const rank = rules.rankOf(left, right, source, 0, first.length, all.length);
					expect(rules.minRankOf(tokens.indexOf(all))).toBeLessThanOrEqual(rank);
				}
			}),
			{ numRuns: sized(100, 300) }
		);
	});
});

describe('a token that covers other bytes than its own', () => {
	it('is never merged by the bytes that it covers', () => {
		// "\n" has no token, but "\na" has one.
		const vocabulary = buildVocabulary([...FALLBACK, utf8('a'), utf8('\na'), utf8('a\n')]);
		const merges = listOfPairs(new Uint32Array(0));
		const spec = { ...SETTINGS, vocabulary, byte_level: false, unk_token: null, merges };
		const model = new BpeModel({ ...spec, byte_fallback: true });
		expect([...model.tracePretoken(utf8('\na\n')).initialIds]).toEqual([10, 256, 10]);
		expect(model.tracePretoken(utf8('\na\n')).ranks).toHaveLength(0);
	});
});
