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
