/** Runs a generator to its end: what it yielded on the way, and what it returned. */
export function finish<T>(steps: Generator<number, T>): { yielded: number[]; result: T } {
	const yielded: number[] = [];
	for (;;) {
		const { done, value } = steps.next();
		if (done) return { yielded, result: value };
		yielded.push(value);
	}
}
