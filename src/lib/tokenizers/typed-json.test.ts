import { expect, it } from 'vitest';
import { reviveTyped, toTypedJson } from './typed-json';

it('gives back what was written, typed arrays of every kind among the rest', () => {
	const value = {
		name: 'a',
		none: null,
		list: [1, 'two', { deep: Uint8Array.of(0, 255) }],
		ids: Uint32Array.of(0, 4294967295),
		deaths: Int32Array.of(-1, 2147483647),
		counts: Float64Array.of(0.5, 1e12),
		empty: new Uint32Array()
	};
	expect(reviveTyped(JSON.parse(toTypedJson(value)))).toEqual(value);
});

it('bytes that Node has read come back as bytes', () => {
	const read = Buffer.from('ab');
	expect(reviveTyped(JSON.parse(toTypedJson({ read })))).toEqual({ read: Uint8Array.of(97, 98) });
});
