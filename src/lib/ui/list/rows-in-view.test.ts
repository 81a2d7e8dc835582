import { expect, it } from 'vitest';
import { rowsInView } from './rows-in-view';

it('adds spare rows to those in view', () => {
	expect(rowsInView(521, 28, 0, 560)).toEqual({ from: 0, to: 28 });
	expect(rowsInView(521, 28, 2800, 560)).toEqual({ from: 92, to: 128 });
});

it('stays inside the rows', () => {
	expect(rowsInView(521, 28, 1e6, 560)).toEqual({ from: 513, to: 521 });
	expect(rowsInView(0, 28, 0, 560)).toEqual({ from: 0, to: 0 });
});
