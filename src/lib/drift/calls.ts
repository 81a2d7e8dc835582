/** Caches the result of `work` for each argument until the argument is garbage-collected. */
export function memoize<K extends WeakKey, V>(work: (key: K) => V): (key: K) => V {
	const known = new WeakMap<K, V>();
	return (key) => {
		let value = known.get(key);
		if (value === undefined) known.set(key, (value = work(key)));
		return value;
	};
}

/** Result of `work`; `null` if it throws an error of the expected class. Rethrows other errors. */
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

export function runToEnd<R>(steps: Generator<unknown, R>): R {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}
