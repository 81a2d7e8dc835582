import { expect, it } from 'vitest';
import { firstDifference } from './describe-field';

it.each<[string, string, ReturnType<typeof firstDifference>]>([
	['same', 'same', null],
	['ab', 'ac', { at: 1, a: 'b', b: 'c' }],
	['ab', 'abc', { at: 2, a: '', b: 'c' }],
	// No half of a pair: both begin with the same one.
	['x\u{1f999}', 'x\u{1f998}', { at: 1, a: '\u{1f999}', b: '\u{1f998}' }],
	[`a${'x'.repeat(50)}`, 'b', { at: 0, a: `a${'x'.repeat(39)}…`, b: 'b' }]
])('%j and %j', (a, b, expected) => {
	expect(firstDifference(a, b)).toEqual(expected);
});
