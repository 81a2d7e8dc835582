import { expect, it } from 'vitest';
import { parseLimits } from './limits';

it.each([
	['10s,512MB', 10, 512],
	['512MB,0.5s', 0.5, 512],
	['10s', 10, 2048],
	['1MB', 60, 1]
])('reads %s', (text, seconds, megabytes) => {
	expect(parseLimits(text)).toEqual({ seconds, megabytes });
});

it.each(['', '10', '0s', '-1s', '10s,20s', '10s;512MB', '512 MB', '1e3s', '10s,'])(
	'refuses %j',
	(text) => {
		expect(() => parseLimits(text)).toThrow('expected seconds, megabytes or both');
	}
);
