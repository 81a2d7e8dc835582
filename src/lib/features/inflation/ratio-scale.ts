/** Where ratios stand on an axis, as shares of its length: a picture of any width can be drawn by them. */
export interface RatioScale {
	readonly log: boolean;
	/** 0 at the beginning of the axis, 1 at its end. */
	readonly at: (ratio: number) => number;
	readonly ticks: readonly { readonly ratio: number; readonly at: number }[];
}

/** Ticks of a linear axis besides the first, at most. */
const MOST = 8;

/**
 * An axis that holds all of `ratios` and 1. Logarithmic: as long as they are apart, at least from 1 to
 * 2, with powers of two as ticks. Otherwise from 0, in round steps, and with a tick at 1.
 * @param ratios positive
 */
export function ratioScale(ratios: Iterable<number>, log: boolean): RatioScale {
	let [low, high] = [1, 1];
	for (const ratio of ratios) {
		low = Math.min(low, ratio);
		high = Math.max(high, ratio);
	}
	return log ? logScale(low, high) : linearScale(high);
}

function logScale(low: number, high: number): RatioScale {
	const first = Math.log2(low);
	const last = Math.max(1, Math.log2(high));
	const at = (ratio: number) => (Math.log2(ratio) - first) / (last - first);
	const powers = Math.floor(last) - Math.ceil(first) + 1;
	const ticks = Array.from({ length: powers }, (_, i) => 2 ** (Math.ceil(first) + i));
	return { log: true, at, ticks: ticks.map((ratio) => ({ ratio, at: at(ratio) })) };
}

function linearScale(high: number): RatioScale {
	const step = [0.5, 1, 2, 5, 10, 20, 50].find((size) => high / size <= MOST) ?? high / MOST;
	const last = Math.ceil(high / step);
	const at = (ratio: number) => ratio / (last * step);
	const steps = Array.from({ length: last + 1 }, (_, i) => i * step);
	const ticks = steps.includes(1) ? steps : [1, ...steps.slice(1)];
	return { log: false, at, ticks: ticks.map((ratio) => ({ ratio, at: at(ratio) })) };
}
