/** Runs a generator until it is done. Returns the values that it yielded, and its result. */
export function finish<T>(steps: Generator<number, T>): { yielded: number[]; result: T } {
	const yielded: number[] = [];
	for (;;) {
		const { done, value } = steps.next();
		if (done) return { yielded, result: value };
		yielded.push(value);
	}
}
