import { describe, expect, it } from 'vitest';
import { rowsInSight } from './rows-in-sight';

describe('rowsInSight', () => {
	it('has what is in sight and a little more', () => {
		expect(rowsInSight(521, 28, 0, 560)).toEqual({ from: 0, to: 28 });
		expect(rowsInSight(521, 28, 2800, 560)).toEqual({ from: 92, to: 128 });
	});

	it('stays inside the rows', () => {
		expect(rowsInSight(521, 28, 1e6, 560)).toEqual({ from: 513, to: 521 });
		expect(rowsInSight(0, 28, 0, 560)).toEqual({ from: 0, to: 0 });
	});
});
