import { describe, expect, it } from 'vitest';
import { vocabularyOf } from '../../../../tests/support/spec-parts';
import { buildVocabulary } from '../structures/vocabulary';
import { packMerges, readMerges } from './packed-merges';
import { NumberWriter } from './varint';

/** Tokens a b c ab bc abc, ids 0 to 5. */
const SMALL = vocabularyOf('a', 'b', 'c', 'ab', 'bc', 'abc');

/** Pairs of ids, one per merge: `0 1, 1 2`. */
const pairs = (merges: string) =>
	Uint32Array.from(merges === '' ? [] : merges.split(/,? /).map(Number));

const packedBytes = (...write: ((writer: NumberWriter) => void)[]) => {
	const writer = new NumberWriter();
	for (const one of write) one(writer);
	return writer.take();
};

describe('packMerges', () => {
	// The products 3, 4 and 5 are written as the differences 3, 1 and 1, an explicit merge as its product and its split.
	it.each<[string, string, object, number[] | null]>([
		[
			'writes a product once for all its splits if they are in order of the left id',
			'0 1, 1 2, 0 4, 3 2',
			{ order: 'left-id', explicit: 0, products: 3 },
			[6, 2, 2]
		],
		[
			'finds the order of the longest left token first',
			'0 1, 1 2, 3 2, 0 4',
			{ order: 'left-length-descending', explicit: 0, products: 3 },
			null
		],
		[
			'lists explicit merges before the products: the two splits of abc are not adjacent',
			'3 2, 1 2, 0 4, 0 1',
			{ explicit: 3, products: 1 },
			[10, 2, 1, 1, 2, 1, 3]
		],
		[
			'lists merges one by one if one of them is repeated',
			'0 1, 1 2, 0 4, 3 2, 0 1',
			{ explicit: 5, products: 0 },
			null
		],
		['packs an empty list as nothing', '', { explicit: 0, products: 0 }, []]
	])('%s', (_, list, expected, bytes) => {
		const merges = pairs(list);
		const packed = packMerges(SMALL, merges, true);
		expect(packed).toMatchObject(expected);
		if (bytes) expect([...packed.bytes]).toEqual(bytes);
		expect(readMerges(SMALL, packed, true).pairs).toEqual(merges);
	});

	it('splits between characters if the symbols are characters', () => {
		// é and è share their first byte; as bytes, "éè" would have a split inside é.
		const vocabulary = vocabularyOf('é', 'è', 'éè');
		const merges = pairs('0 1');
		expect(readMerges(vocabulary, packMerges(vocabulary, merges, false), false).pairs).toEqual(
			merges
		);
	});

	it('lists a merge inside a character, where a product has no split', () => {
		const vocabulary = buildVocabulary(
			[[0xc3], [0xa9], [0xc3, 0xa9]].map((b) => Uint8Array.from(b))
		);
		const packed = packMerges(vocabulary, pairs('0 1'), false);
		expect(packed).toMatchObject({ explicit: 1, products: 0 });
		expect(readMerges(vocabulary, packed, false).pairs).toEqual(pairs('0 1'));
	});

	it('refuses a merge whose product is not in the vocabulary, and names it', () => {
		expect(() => packMerges(SMALL, pairs('0 1, 2 0'), true)).toThrow(
			"merge 1 joins the ids 2 and 0 into a token that isn't in the vocabulary"
		);
	});
});

describe('readMerges', () => {
	const read = (bytes: Uint8Array, explicit: number, products: number) => () =>
		readMerges(SMALL, { order: 'left-id', explicit, products, bytes }, true);

	it.each([2, 2 ** 32 - 1, 0])('refuses a split of token 4 at byte %d', (length) => {
		const bytes = packedBytes(
			(writer) => writer.zigzag(4),
			(writer) => writer.varint(length)
		);
		expect(read(bytes, 1, 0)).toThrow(RangeError);
		expect(read(bytes, 1, 0)).toThrow(`merge 0: token 4 has no split at byte ${length}`);
	});

	it.each([6, -1])('refuses the product %d, which is no token', (id) => {
		const bytes = packedBytes((writer) => writer.zigzag(id));
		expect(read(bytes, 0, 1)).toThrow(`a merge that makes token ${id}, expected an id from 0 to 5`);
	});

	it('refuses more merges than the data has', () => {
		const bytes = packedBytes((writer) => writer.zigzag(3));
		expect(read(bytes, 0, 1e12)).toThrow('the data ends');
	});
});
