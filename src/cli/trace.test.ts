import { expect, it } from 'vitest';
import { finalIds } from './commands/trace';

const u32 = (...values: number[]) => Uint32Array.from(values);

/** Three symbols of 1, 2 and 1 bytes; the last two merge, then all. */
const TRACE = {
	initialIds: u32(10, 11, 12),
	initialEnds: u32(1, 3, 4),
	ranks: u32(0, 1),
	lefts: u32(11, 10),
	rights: u32(12, 20),
	products: u32(20, 30),
	positions: u32(1, 0),
	whole: false
};

it('finalIds does the merges in order', () => {
	expect(finalIds(TRACE)).toEqual([30]);
});
