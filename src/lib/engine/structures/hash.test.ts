import { describe, expect, it } from 'vitest';
import { ByteSource, highWord, lowWord } from './byte-table';
import { hashLong, hashWords } from './hash';

const KEYS = 125_000;

/** Eight-byte keys, 1 MB in total. */
function words(fill: (index: number, words: Uint32Array) => void): ByteSource {
	const all = new Uint32Array(2 * KEYS);
	for (let i = 0; i < KEYS; i++) fill(i, all.subarray(2 * i, 2 * i + 2));
	return new ByteSource(new Uint8Array(all.buffer));
}

/** Multiplicative inverse of an odd number modulo 2^32 by Newton's iteration. */
function inverse(odd: number): number {
	let result = odd;
	for (let i = 0; i < 5; i++) result = Math.imul(result, 2 - Math.imul(odd, result));
	return result;
}

/** A well-mixed permutation of 32-bit integers, so that generated keys are the same in every run. */
function scramble(index: number): number {
	const mixed = Math.imul(index ^ 0x2545f491, 0x9e3779b1);
	return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
}

const random = words((i, word) => word.set([scramble(2 * i), scramble(2 * i + 1)]));

/** Keys of 13 pairs of words. By the bits of the key's number, a pair is zero, or the highest bit and then `second`. */
const pairs = (second: number) =>
	new ByteSource(
		new Uint8Array(
			Uint32Array.from({ length: 26 << 13 }, (_, at) => {
				const isSet = (Math.floor(at / 26) >> ((at % 26) >> 1)) & 1;
				return isSet ? (at % 2 === 0 ? 0x80000000 : second) : 0;
			}).buffer
		)
	);

/** Sets of keys that collide in a hash with known factors, by length in bytes. */
const COLLIDING: [name: string, length: number, keys: ByteSource][] = [
	[
		'words equal in a combination of two products with the factors of xxHash32',
		8,
		words((i, word) => {
			const low = scramble(i);
			const high = Math.imul(Math.imul(low, 0x9e3779b1) ^ 0x12345678, inverse(0x85ebca77));
			word.set([low, high - 8]);
		})
	],
	['words with a difference only in the upper half', 8, words((i, word) => word.set([0, i << 15]))],
	['consecutive words', 8, words((i, word) => word.set([i, 0]))],
	[
		'words with differences only in the highest bits of both halves',
		8,
		words((i, word) => word.set([(i & 0x1ff) << 23, (i >>> 9) << 24]))
	],
	// The highest bit of a word becomes the highest bit of its product, and a rotation moves it down.
	['keys with differences that a rotation by 13 bits and the next word cancel', 104, pairs(0x1000)],
	['keys with differences that half a rotation and the next word cancel', 104, pairs(0x8000)],
	['the same with the highest bit in both words', 104, pairs(0x80008000)]
];

/** Mean number of slots that a lookup reads in a table that is about half full, like the engine's. */
function probesPerKey(source: ByteSource, length: number): number {
	const count = source.bytes.length / length;
	const taken = new Uint8Array(2 ** Math.ceil(Math.log2(1.6 * count)));
	let probes = 0;
	for (let at = 0; at < source.bytes.length; at += length) {
		const hash =
			length > 8
				? hashLong(source.view, at, length)
				: hashWords(lowWord(source, at, length), highWord(source, at, length));
		let slot = hash & (taken.length - 1);
		for (probes++; taken[slot] === 1; probes++) slot = (slot + 1) & (taken.length - 1);
		taken[slot] = 1;
	}
	return probes / count;
}

describe('a lookup reads at most twice the slots that one of random keys reads', () => {
	it.each(COLLIDING)('%s', (_name, length, keys) => {
		expect(probesPerKey(keys, length)).toBeLessThan(2 * probesPerKey(random, 8));
	});
});
