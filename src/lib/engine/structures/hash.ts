/**
 * Hashes of up to eight bytes and of longer ones. Every process draws its own factors, so nobody can prepare a file or a
 * text whose keys collide.
 *
 * The first word is hashed by its 16-bit halves (multiply-add hashing; Thorup, "High speed hashing for integers and
 * strings", 2015): a difference in a half changes at least 16 bits of the sum in a way that depends on the factors, so that
 * no difference in the second word can cancel it for certain. A whole word times an odd factor lacks that: a difference in
 * its highest bit is one in the highest bit of the product.
 */
const LOWER_FACTOR = randomFactor();
const UPPER_FACTOR = randomFactor();
const SECOND_FACTOR = randomFactor();

function randomFactor(): number {
	return (Math.random() * 2 ** 32) | 1;
}

/** Hashes two 32-bit words: a key of up to eight bytes, or a pair of ids. */
export function hashWords(first: number, second: number): number {
	// The lower half times the first factor, and the upper half times 2^16 of it plus the second. Three terms in one sum would
	// leave 32-bit integers, which costs 8 % of encoding.
	const firstSum = (Math.imul(first, LOWER_FACTOR) + Math.imul(first >>> 16, UPPER_FACTOR)) | 0;
	const sum = (firstSum + Math.imul(second, SECOND_FACTOR)) | 0;
	// Without it, keys in arithmetic progression fill neighbouring slots.
	const mixed = Math.imul(sum ^ (sum >>> 15), 0xc2b2ae3d);
	return mixed ^ (mixed >>> 13);
}

/** Hashes `length` bytes at `at`, more than eight. */
export function hashLong(view: DataView, at: number, length: number): number {
	let hash = length;
	const last = at + length - 4;
	for (let i = at; i < last; i += 4) {
		const word = hash ^ view.getInt32(i, true);
		const sum = (Math.imul(word & 0xffff, LOWER_FACTOR) + Math.imul(word >>> 16, UPPER_FACTOR)) | 0;
		hash = sum ^ (sum >>> 15);
	}
	return hashWords(hash, view.getInt32(last, true));
}
