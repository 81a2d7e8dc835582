import { expect, it } from 'vitest';
import { keepLatest } from './page.svelte';

it('gives the value before while another is awaited', () => {
	const latest = keepLatest<number | null>();
	expect(latest(true, () => null)).toBeNull();
	expect(latest(false, () => 1)).toBe(1);
	expect(latest(true, () => 2)).toBe(1);
	expect(latest(false, () => null)).toBeNull();
	expect(latest(true, () => 4)).toBeNull();
});
