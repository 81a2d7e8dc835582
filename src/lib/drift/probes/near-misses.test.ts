import { expect, it } from 'vitest';
import { propertySet } from '../../engine/text';
import { nearMissGroups, nearMissOf } from './near-misses';
import type { ProbePlan } from './tokens';

it.each([
	// The boundaries that only the first split has come before those that only the second one has.
	[
		['xyz1', '2'],
		['x', 'yz12'],
		['xyz12b', 'xyz121']
	],
	[
		['x', 'yz12'],
		['xyz1', '2'],
		['xyz12b', 'xyz121']
	],
	[['x', 'yz12'], ['xy', 'z12'], []]
])('lengthens a text that is split near its end only as %j or as %j', (a, b, longer) => {
	const parts = [
		{ part: propertySet('L') ?? [], characters: ['b', 'c'] },
		{ part: propertySet('N') ?? [], characters: ['1'] }
	];
	const nearMiss = nearMissOf('xyz12', a, b);
	const [longerProbes] = nearMissGroups({} as ProbePlan, parts, nearMiss ? [nearMiss] : []);
	expect([...longerProbes()]).toEqual(longer);
});
