/**
 * Whole numbers below a limit, the same row for the same seed: mulberry32 (Tommy Ettinger, public
 * domain), so that what is "random" here is the same on every machine.
 */
export function seeded(seed: number): (limit: number) => number {
	let state = seed | 0;
	return (limit) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000) * limit);
	};
}
