import { describe, expect, it } from 'vitest';
import { joinTyped, splitTyped } from './typed-fields';

const TYPED = new Set(['q', 'regex']);

describe('splitTyped', () => {
	it.each([
		['', '', ''],
		['?t=a,b', '#v1.t=x', '?t=a,b#v1.t=x'],
		['?t=a,b&q=straw', '', '?t=a,b#v1?q=straw'],
		['?q=straw', '#v1.t=x', '#v1.t=x?q=straw'],
		['?embed&regex=.&t=o&q=a+b', '#v1.t=x&s=y', '?embed&t=o#v1.t=x&s=y?regex=.&q=a+b']
	])('writes %j and %j as %j', (search, hash, link) => {
		const parts = splitTyped({ search, hash }, TYPED);
		expect(parts.search + parts.hash).toBe(link);
	});
});

describe('joinTyped', () => {
	it('reads fields of either part', () => {
		const { settings, hash } = joinTyped({ search: '?t=a&q=1', hash: '#v1.t=x?q=2&regex=o' });
		expect([...settings]).toEqual([
			['t', 'a'],
			['q', '1'],
			['q', '2'],
			['regex', 'o']
		]);
		expect(hash).toBe('#v1.t=x');
	});

	it.each(['', '#case-slug', '#case?q=1', '#v1.t=x', '#v2.t=x'])('leaves %j alone', (hash) => {
		expect(joinTyped({ search: '', hash })).toMatchObject({
			hash,
			settings: new URLSearchParams()
		});
	});
});
