/** A set of code points as inclusive ranges in ascending order, neither overlapping nor adjacent. */
export type CodePointSet = readonly (readonly [first: number, last: number])[];

const MAX_CODE_POINT = 0x10ffff;

/** Creates a set from ranges in any order, which may overlap. */
export function setOf(ranges: Iterable<readonly [number, number]>): CodePointSet {
	const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
	const set: [number, number][] = [];
	for (const [first, last] of sorted) {
		const previous = set.at(-1);
		if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
		else set.push([first, last]);
	}
	return set;
}

export function union(...sets: readonly CodePointSet[]): CodePointSet {
	return setOf(sets.flat());
}

export function complement(set: CodePointSet): CodePointSet {
	const rest: [number, number][] = [];
	let next = 0;
	for (const [first, last] of set) {
		if (next < first) rest.push([next, first - 1]);
		next = last + 1;
	}
	if (next <= MAX_CODE_POINT) rest.push([next, MAX_CODE_POINT]);
	return rest;
}

export const negatedIf = (negate: boolean, set: CodePointSet): CodePointSet =>
	negate ? complement(set) : set;

export function intersection(a: CodePointSet, b: CodePointSet): CodePointSet {
	const both: [number, number][] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length;) {
		const first = Math.max(a[i][0], b[j][0]);
		const last = Math.min(a[i][1], b[j][1]);
		if (first <= last) both.push([first, last]);
		if (a[i][1] < b[j][1]) i++;
		else j++;
	}
	return both;
}

/** Yields the code points of a set in ascending order. */
export function* codePointsOf(set: CodePointSet): Generator<number> {
	for (const [first, last] of set) for (let code = first; code <= last; code++) yield code;
}
