/** Random numbers and samples of lists. */

/**
 * Creates a function that returns random whole numbers below a limit. The same seed produces the same numbers on every
 * machine. The algorithm is mulberry32 (Tommy Ettinger, public domain).
 */
export function seeded(seed: number): (limit: number) => number {
	let state = seed | 0;
	return (limit) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000) * limit);
	};
}

/** At most `count` items of a list, evenly spaced. */
export function spread<T>(list: readonly T[], count: number): T[] {
	if (list.length <= count) return [...list];
	return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]);
}

export function* take<T>(items: Iterable<T>, count: number): Generator<T> {
	let left = count;
	for (const item of items) {
		if (left-- <= 0) return;
		yield item;
	}
}

/** Items 0, n, 2n and so on. */
export function* everyNth<T>(items: Iterable<T>, n: number): Generator<T> {
	let i = 0;
	for (const item of items) if (i++ % n === 0) yield item;
}
