/** The values of a curve, one a step. */
export type CurveValues = Float64Array | Uint32Array;

/** Smallest and largest value. */
export function extent(values: CurveValues): [number, number] {
	let low = Infinity;
	let high = -Infinity;
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	return low > high ? [0, 0] : [low, high];
}

/**
 * An SVG path through the values. Where there are more values than columns of pixels, each column
 * shows the smallest and the largest of its values, so that no peak is lost.
 *
 * @param columns how many columns of pixels the curve has
 */
export function curvePath(
	values: CurveValues,
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

/** About `most` steps spread evenly, the first and the last among them. */
export function sampleSteps(last: number, most: number): number[] {
	const count = Math.min(last + 1, most);
	if (count < 2) return [0];
	return Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1)));
}
