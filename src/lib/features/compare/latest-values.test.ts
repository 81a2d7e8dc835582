import { expect, it } from 'vitest';
import { LatestValues } from './latest-values';

it('gives the value before while another is awaited, of each key apart', () => {
	const values = new LatestValues<number | null>();
	expect(values.of('a', true, () => null)).toBeNull();
	expect(values.of('a', false, () => 1)).toBe(1);
	expect(values.of('a', true, () => 2)).toBe(1);
	expect(values.of('b', true, () => 3)).toBe(3);
	expect(values.of('a', false, () => null)).toBeNull();
	expect(values.of('a', true, () => 4)).toBeNull();
});
