const PREFIXES: readonly (readonly [size: number, prefix: string])[] = [
	[1e18, 'E'],
	[1e15, 'P'],
	[1e12, 'T'],
	[1e9, 'G'],
	[1e6, 'M'],
	[1e3, 'k']
];

const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Three digits with an SI prefix: 131 MB, 16.4 TFLOP, 512 B. */
export function withPrefix(value: number, unit: string): string {
	const found = PREFIXES.find(([size]) => Math.abs(value) >= size);
	return found
		? `${three.format(value / found[0])} ${found[1]}${unit}`
		: `${three.format(value)} ${unit}`;
}
