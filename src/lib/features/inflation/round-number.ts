/** The smallest of 1, 2, 5, 10, 20, 50 … that is at least `value`. @param value at least 1 */
export function nextRoundNumber(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return power * ([1, 2, 5].find((digit) => digit * power >= value) ?? 10);
}
