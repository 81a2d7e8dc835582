/**
 * Creates a generator of whole numbers below a limit. The same seed gives the same numbers on every machine:
 * mulberry32 (Tommy Ettinger, public domain).
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

export function equalNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

/** Result of `work`; `null` if it throws an error of this class. Other errors are rethrown. */
export function orNull<T>(
	work: () => T,
	expected: new (...parameters: never[]) => Error = Error
): T | null {
	try {
		return work();
	} catch (error) {
		if (error instanceof expected) return null;
		throw error;
	}
}

/** Result of a generator. @param onyield called with each value that it yields */
export function runToEnd<Y, R>(steps: Generator<Y, R>, onyield?: (value: Y) => void): R {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		onyield?.(step.value);
	}
}

export const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/** Caches the result of `work` for as long as its argument lives. */
export function memoize<K extends WeakKey, V>(work: (key: K) => V): (key: K) => V {
	const known = new WeakMap<K, V>();
	return (key) => {
		let value = known.get(key);
		if (value === undefined) known.set(key, (value = work(key)));
		return value;
	};
}
