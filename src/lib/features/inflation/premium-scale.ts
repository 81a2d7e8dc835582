import type { DotScale } from '../../ui/chart/dots';

/** Maximum number of ticks after the first on a linear axis. */
const MAX_LINEAR_TICKS = 8;

/**
 * Creates an axis that includes 1 and all of `premiums`. A logarithmic axis covers at least 1 to 2 and has ticks at
 * powers of two. A linear axis starts at 0 and has ticks at round steps and at 1.
 * @param premiums positive numbers
 */
export function premiumScale(premiums: readonly number[], log: boolean): DotScale {
	let [low, high] = [1, 1];
	for (const premium of premiums) {
		low = Math.min(low, premium);
		high = Math.max(high, premium);
	}
	return log ? logScale(low, high) : linearScale(high);
}

function logScale(low: number, high: number): DotScale {
	const first = Math.log2(low);
	const last = Math.max(1, Math.log2(high));
	const at = (ratio: number) => (Math.log2(ratio) - first) / (last - first);
	const powers = Math.floor(last) - Math.ceil(first) + 1;
	const ticks = Array.from({ length: powers }, (_, i) => 2 ** (Math.ceil(first) + i));
	return { at, ticks: ticks.map((ratio) => ({ ratio, at: at(ratio) })) };
}

function linearScale(high: number): DotScale {
	const step =
		[0.5, 1, 2, 5, 10, 20, 50].find((size) => high / size <= MAX_LINEAR_TICKS) ??
		high / MAX_LINEAR_TICKS;
	const last = Math.ceil(high / step);
	const at = (ratio: number) => ratio / (last * step);
	const steps = Array.from({ length: last + 1 }, (_, i) => i * step);
	const ticks = steps.includes(1) ? steps : [1, ...steps.slice(1)];
	return { at, ticks: ticks.map((ratio) => ({ ratio, at: at(ratio) })) };
}
