/** Runs a generator to the end, and returns its yielded values and its result. */
export function finish<T>(steps: Generator<number, T>): { yielded: number[]; result: T } {
	const yielded: number[] = [];
	for (;;) {
		const { done, value } = steps.next();
		if (done) return { yielded, result: value };
		yielded.push(value);
	}
}
