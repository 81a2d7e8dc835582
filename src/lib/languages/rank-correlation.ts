/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, where equal values share their mean
 * rank. 1 if both lists have the same order, −1 if they have opposite orders.
 * @returns `null` for fewer than two pairs, or if all values of a list are equal
 * @throws Error for lists of different lengths
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
	if (a.length !== b.length) {
		throw new Error(`got lists of ${a.length} and ${b.length} values, expected as many in both`);
	}
	const [first, second] = [ranks(a), ranks(b)];
	const mean = (a.length + 1) / 2;
	let [both, ofFirst, ofSecond] = [0, 0, 0];
	for (let i = 0; i < a.length; i++) {
		const x = first[i] - mean;
		const y = second[i] - mean;
		both += x * y;
		ofFirst += x * x;
		ofSecond += y * y;
	}
	return ofFirst === 0 || ofSecond === 0 ? null : both / Math.sqrt(ofFirst * ofSecond);
}

/** Ranks of the values, from 1. */
function ranks(values: readonly number[]): Float64Array {
	const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
	const result = new Float64Array(values.length);
	for (let from = 0; from < order.length;) {
		let to = from + 1;
		while (to < order.length && values[order[to]] === values[order[from]]) to++;
		for (let at = from; at < to; at++) result[order[at]] = (from + 1 + to) / 2;
		from = to;
	}
	return result;
}
