/**
 * Hash functions for short keys (up to eight bytes) and longer keys. The factors are random in every process, so
 * nobody can craft a file or text whose keys collide.
 *
 * Each 32-bit word is multiplied by an odd factor. Whatever the factor, a difference in the highest bits of a word
 * stays in the highest bits of its product. Therefore, the second product is rotated by half a word before the two are
 * added, and two keys collide with a probability of at most about 2^-16.
 */
const FIRST_FACTOR = randomFactor();
const SECOND_FACTOR = randomFactor();

/** Returns an odd 31-bit signed integer, which JavaScript engines store unboxed. */
function randomFactor(): number {
	return Math.floor((Math.random() - 0.5) * 2 ** 31) | 1;
}

/** Hashes two 32-bit words: a key of up to eight bytes, or a pair of ids. */
export function hashWords(first: number, second: number): number {
	const product = Math.imul(second, SECOND_FACTOR);
	const sum = (Math.imul(first, FIRST_FACTOR) + ((product << 16) | (product >>> 16))) | 0;
	// Without this step, keys in arithmetic progression would land in adjacent slots.
	const mixed = Math.imul(sum ^ (sum >>> 15), 0xc2b2ae3d);
	return mixed ^ (mixed >>> 13);
}

/** Hashes `length` bytes (more than eight), starting at `at`. */
export function hashLong(view: DataView, at: number, length: number): number {
	let hash = length;
	const last = at + length - 4;
	for (let i = at; i < last; i += 4) {
		const word = view.getInt32(i, true);
		const product = Math.imul(hash ^ word, FIRST_FACTOR);
		// The second product keeps the next word from cancelling a difference in the highest bits of the first product.
		hash = (((product << 16) | (product >>> 16)) + Math.imul(word, SECOND_FACTOR)) | 0;
	}
	return hashWords(hash, view.getInt32(last, true));
}
