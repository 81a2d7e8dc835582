import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTyped, splitTyped } from './typed-fields';

const TYPED = new Set(['q', 'own']);

describe('splitTyped', () => {
	it.each([
		['', '', ''],
		['?t=a,b', '#v1.t=x', '?t=a,b#v1.t=x'],
		['?t=a,b&q=straw', '', '?t=a,b#v1?q=straw'],
		['?q=straw', '#v1.t=x', '#v1.t=x?q=straw'],
		['?embed&own=o,,,n&t=o&q=a+b', '#v1.t=x&s=y', '?embed&t=o#v1.t=x&s=y?own=o,,,n&q=a+b']
	])('writes %j and %j as %j', (search, hash, link) => {
		const parts = splitTyped({ search, hash }, TYPED);
		expect(parts.search + parts.hash).toBe(link);
	});
});

describe('joinTyped', () => {
	it('reads fields of either part', () => {
		const { settings, hash } = joinTyped({ search: '?t=a&q=1', hash: '#v1.t=x?q=2&own=o' });
		expect([...settings]).toEqual([
			['t', 'a'],
			['q', '1'],
			['q', '2'],
			['own', 'o']
		]);
		expect(hash).toBe('#v1.t=x');
	});

	it.each(['', '#case-slug', '#case?q=1', '#v1.t=x', '#v2.t=x'])('leaves %j alone', (hash) => {
		expect(joinTyped({ search: '', hash })).toMatchObject({
			hash,
			settings: new URLSearchParams()
		});
	});

	it('reads what was written, and no typed field is in the search part', () => {
		const field = fc.tuple(fc.constantFrom('t', 'q', 'own', 'view'), fc.string({ unit: 'binary' }));
		const hashes = fc.constantFrom('', '#v1.t=eJw-_', '#v1.i=abc&s=def');
		fc.assert(
			fc.property(fc.uniqueArray(field, { selector: ([name]) => name }), hashes, (fields, hash) => {
				const wellFormed = fields.map(([name, value]) => [name, value.toWellFormed()]);
				const search = new URLSearchParams(wellFormed).toString();
				const parts = splitTyped({ search: search && `?${search}`, hash }, TYPED);
				const url = new URL(parts.search + parts.hash, 'https://lab.example/');
				expect([...url.searchParams.keys()].filter((name) => TYPED.has(name))).toEqual([]);
				const read = joinTyped(url);
				expect(Object.fromEntries(read.settings)).toEqual(Object.fromEntries(wellFormed));
				expect(read.hash).toBe(hash);
			})
		);
	});
});
