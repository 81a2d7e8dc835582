/**
 * Draws an SVG path through the values. If there are more values than columns of pixels, each column
 * shows its smallest and its largest value, so that no peak is lost.
 *
 * @param columns number of columns of pixels
 */
export function curvePath(
	values: Float64Array,
	columns: number,
	x: (step: number) => number,
	y: (value: number) => number
): string {
	const count = values.length;
	let path = '';
	const lineTo = (step: number, value: number) => {
		path += `${path === '' ? 'M' : 'L'}${round(x(step))} ${round(y(value))}`;
	};
	if (count <= 2 * columns) {
		for (let step = 0; step < count; step++) lineTo(step, values[step]);
		return path;
	}
	for (let column = 0; column < columns; column++) {
		const from = Math.floor((column * count) / columns);
		const to = Math.floor(((column + 1) * count) / columns);
		let [low, high] = [from, from];
		for (let step = from; step < to; step++) {
			if (values[step] < values[low]) low = step;
			if (values[step] > values[high]) high = step;
		}
		const [first, second] = low < high ? [low, high] : [high, low];
		lineTo(first, values[first]);
		if (second !== first) lineTo(second, values[second]);
	}
	return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * Round numbers for an axis from 0 to `high`: multiples of 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param count maximum number of ticks after 0
 */
export function ticks(high: number, count: number): number[] {
	const rough = high / count;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10);
	return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step);
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

/** Formats a number for an axis: 1.2K, 4M. */
export const formatTick = (value: number): string => compact.format(value);
