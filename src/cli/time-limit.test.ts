import { expect, it } from 'vitest';
import { TimeOver, withinTime } from './time-limit';

it('runs what it is given, and hands its errors on', () => {
	let runs = 0;
	withinTime(60_000, () => {
		runs++;
	});
	expect(runs).toBe(1);
	const error = new RangeError('its own');
	const fail = () => {
		throw error;
	};
	expect(() => withinTime(60_000, fail)).toThrow(error);
});

it('stops a regular expression that backtracks without end', () => {
	const run = () => {
		/^(?:a+)+$/.test(`${'a'.repeat(60)}b`);
	};
	expect(() => withinTime(20, run)).toThrow(TimeOver);
	// And can be used again.
	let runs = 0;
	withinTime(60_000, () => {
		runs++;
	});
	expect(runs).toBe(1);
});
