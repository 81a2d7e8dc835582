import { describe, expect, it } from 'vitest';
import { buildVocabulary } from '../structures/vocabulary';
import { packMerges, readMerges } from './packed-merges';
import { NumberWriter } from './varint';

const vocabularyOf = (...tokens: string[]) => {
	const encoder = new TextEncoder();
	return buildVocabulary(tokens.map((token) => encoder.encode(token)));
};

/** Tokens a b c ab bc abc, ids 0 to 5. */
const SMALL = vocabularyOf('a', 'b', 'c', 'ab', 'bc', 'abc');

/** Pairs of ids, one per merge. */
const pairs = (...merges: [number, number][]) => Uint32Array.from(merges.flat());

const packedBytes = (...write: ((writer: NumberWriter) => void)[]) => {
	const writer = new NumberWriter();
	for (const one of write) one(writer);
	return writer.take();
};

describe('packMerges', () => {
	it('writes a product once for all its splits if they are in order of the left id', () => {
		// abc: a+bc (0, 4), then ab+c (3, 2).
		const merges = pairs([0, 1], [1, 2], [0, 4], [3, 2]);
		const packed = packMerges(SMALL, merges, true);
		expect(packed).toMatchObject({ order: 'left-id', explicit: 0, products: 3 });
		// Products 3, 4, 5 as differences 3, 1, 1.
		expect([...packed.bytes]).toEqual([6, 2, 2]);
		expect(readMerges(SMALL, packed, true).pairs).toEqual(merges);
	});

	it('finds the order of the longest left token first', () => {
		const merges = pairs([0, 1], [1, 2], [3, 2], [0, 4]);
		const packed = packMerges(SMALL, merges, true);
		expect(packed).toMatchObject({ order: 'left-length-descending', explicit: 0, products: 3 });
		expect(readMerges(SMALL, packed, true).pairs).toEqual(merges);
	});

	it('lists explicit merges before the products', () => {
		// The two splits of abc are not adjacent.
		const merges = pairs([3, 2], [1, 2], [0, 4], [0, 1]);
		const packed = packMerges(SMALL, merges, true);
		expect(packed).toMatchObject({ explicit: 3, products: 1 });
		// abc after 2 bytes, bc after 1, abc after 1; then the product ab.
		expect([...packed.bytes]).toEqual([10, 2, 1, 1, 2, 1, 3]);
		expect(readMerges(SMALL, packed, true).pairs).toEqual(merges);
	});

	it('splits between characters if the symbols are characters', () => {
		// é and è share their first byte; as bytes, "éè" would have a split inside é.
		const vocabulary = vocabularyOf('é', 'è', 'éè');
		const merges = pairs([0, 1]);
		expect(readMerges(vocabulary, packMerges(vocabulary, merges, false), false).pairs).toEqual(
			merges
		);
	});

	it('lists merges one by one if one of them is repeated', () => {
		const merges = pairs([0, 1], [1, 2], [0, 4], [3, 2], [0, 1]);
		const packed = packMerges(SMALL, merges, true);
		expect(packed).toMatchObject({ explicit: 5, products: 0 });
		expect(readMerges(SMALL, packed, true).pairs).toEqual(merges);
	});

	it('lists a merge inside a character, where a product has no split', () => {
		const vocabulary = buildVocabulary(
			[[0xc3], [0xa9], [0xc3, 0xa9]].map((b) => Uint8Array.from(b))
		);
		const packed = packMerges(vocabulary, pairs([0, 1]), false);
		expect(packed).toMatchObject({ explicit: 1, products: 0 });
		expect(readMerges(vocabulary, packed, false).pairs).toEqual(pairs([0, 1]));
	});

	it('packs an empty list as nothing', () => {
		const packed = packMerges(SMALL, pairs(), true);
		expect(packed).toMatchObject({ explicit: 0, products: 0 });
		expect(packed.bytes).toHaveLength(0);
		expect(readMerges(SMALL, packed, true).pairs).toHaveLength(0);
	});

	it('refuses a merge whose product is not in the vocabulary, and names it', () => {
		expect(() => packMerges(SMALL, pairs([0, 1], [2, 0]), true)).toThrow(
			'merge 1 joins the ids 2 and 0 into a token that the vocabulary does not have'
		);
	});
});

describe('readMerges', () => {
	const read = (bytes: Uint8Array, explicit: number, products: number) => () =>
		readMerges(SMALL, { order: 'left-id', explicit, products, bytes }, true);

	it.each([
		['inside a token', 1, 'merge 0: token 4 has no split at byte 2', 2],
		[
			'beyond the end of a token',
			1,
			'merge 0: token 4 has no split at byte 4294967295',
			2 ** 32 - 1
		],
		['before a token', 1, 'merge 0: token 4 has no split at byte 0', 0]
	])('refuses an invalid split %s', (_, explicit, message, length) => {
		const bytes = packedBytes(
			(writer) => writer.zigzag(4),
			(writer) => writer.varint(length)
		);
		expect(read(bytes, explicit, 0)).toThrow(RangeError);
		expect(read(bytes, explicit, 0)).toThrow(message);
	});

	it('refuses a product that is no token', () => {
		expect(
			read(
				packedBytes((writer) => writer.zigzag(6)),
				0,
				1
			)
		).toThrow('a merge makes token 6: expected an id from 0 to 5');
		expect(
			read(
				packedBytes((writer) => writer.zigzag(-1)),
				0,
				1
			)
		).toThrow('a merge makes token -1');
	});

	it('refuses more merges than the data has', () => {
		expect(
			read(
				packedBytes((writer) => writer.zigzag(3)),
				0,
				1e12
			)
		).toThrow('the data ends');
	});
});
