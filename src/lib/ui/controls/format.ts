/** Numbers as the lab writes them: English grouping, so that every machine prints the same. */
const whole = new Intl.NumberFormat('en');
const fixed2 = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant2 = new Intl.NumberFormat('en', {
	maximumSignificantDigits: 2,
	maximumFractionDigits: 12
});

/** 1,234,567 */
export const formatCount = (value: number): string => whole.format(value);

/** 3.29; below 0.1 two significant digits: 0.0042 */
export const formatRatio = (value: number): string =>
	(Math.abs(value) < 0.1 && value !== 0 ? significant2 : fixed2).format(value);

/** US dollars, with enough digits to tell small amounts apart: $0.000153 */
export function formatDollars(value: number): string {
	if (value === 0) return '$0';
	return value >= 0.01
		? `$${fixed2.format(value)}`
		: `$${new Intl.NumberFormat('en', { maximumSignificantDigits: 3, maximumFractionDigits: 12 }).format(value)}`;
}

/** Per cent with two significant digits: 0.048 %, 12 % */
export function formatShare(share: number): string {
	const format = new Intl.NumberFormat('en', { maximumSignificantDigits: share >= 1 ? 3 : 2 });
	return `${format.format(share * 100)} %`;
}

/** "1 token", "2 tokens" */
export const plural = (count: number, one: string, many = `${one}s`): string =>
	`${formatCount(count)} ${count === 1 ? one : many}`;
