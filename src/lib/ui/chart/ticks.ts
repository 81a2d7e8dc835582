/** Round numbers for an axis from `low` to `high`: multiples of 1, 2, 2.5 or 5 times a power of ten. */
export function ticks(low: number, high: number, most: number): number[] {
	if (!(high > low) || most < 1) return [low];
	const step = tickStep(high - low, most);
	const list: number[] = [];
	for (let i = Math.ceil(low / step); i * step <= high; i++) list.push(i * step);
	return list;
}

/** The smallest round step that cuts `span` at no more than `most` places besides the first. */
function tickStep(span: number, most: number): number {
	const rough = span / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	for (const factor of [1, 2, 2.5, 5]) if (factor * power >= rough) return factor * power;
	return 10 * power;
}

/** A linear map from one interval to another; the middle of the second when the first is a point. */
export function linear(
	[from, to]: readonly [number, number],
	[first, second]: readonly [number, number]
): (value: number) => number {
	const factor = to === from ? 0 : (second - first) / (to - from);
	const base = to === from ? (first + second) / 2 : first;
	return (value) => base + (value - from) * factor;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

/** 1.2K, 4M: as an axis writes numbers. */
export const formatTick = (value: number): string => compact.format(value);
