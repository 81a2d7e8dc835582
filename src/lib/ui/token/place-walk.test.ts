import { describe, expect, it } from 'vitest';
import { PlaceWalk } from './place-walk.svelte';

/** Three places: bytes 2 to 5, 8 to 9, 20 to 30. */
const PLACES = Uint32Array.of(2, 5, 8, 9, 20, 30);

function walk() {
	let places = PLACES;
	return {
		walk: new PlaceWalk(() => places),
		change: (next: Uint32Array<ArrayBuffer>) => {
			places = next;
		}
	};
}

describe('PlaceWalk', () => {
	it('begins at no place', () => {
		const { walk: places } = walk();
		expect(places.current).toBe(-1);
		expect(places.focus).toBeNull();
	});

	it('steps forward from the first place and around the end', () => {
		const { walk: places } = walk();
		expect([1, 2, 3, 4].map(() => places.step(1))).toEqual([2, 8, 20, 2]);
		expect(places.current).toBe(0);
		expect(places.focus).toEqual({ start: 2, end: 5 });
	});

	it('steps back from the last place and around the beginning', () => {
		const { walk: places } = walk();
		expect([1, 2, 3, 4].map(() => places.step(-1))).toEqual([20, 8, 2, 20]);
		expect(places.current).toBe(2);
	});

	it('goes on from what is pinned, and lets it go', () => {
		const { walk: places } = walk();
		places.pin({ start: 8, end: 9 });
		expect(places.focus).toEqual({ start: 8, end: 9 });
		expect(places.step(1)).toBe(20);
		expect(places.focus).toEqual({ start: 20, end: 30 });
		places.pin({ start: 10, end: 12 });
		expect(places.step(-1)).toBe(8);
	});

	it('looks at what is under the pointer first, then at what is pinned, then at the place', () => {
		const { walk: places } = walk();
		places.step(1);
		places.pin({ start: 10, end: 12 });
		places.hover({ start: 0, end: 1 });
		expect(places.focus).toEqual({ start: 0, end: 1 });
		places.hover(null);
		expect(places.focus).toEqual({ start: 10, end: 12 });
		places.pin(null);
		expect(places.focus).toEqual({ start: 2, end: 5 });
	});

	it('ends when it is unpinned', () => {
		const { walk: places } = walk();
		places.step(1);
		places.unpin();
		expect(places.current).toBe(-1);
		expect(places.focus).toBeNull();
		expect(places.step(1)).toBe(2);
	});

	it('starts over with a new comparison, even one of the same places', () => {
		const { walk: places, change } = walk();
		places.step(1);
		places.step(1);
		change(PLACES.slice());
		expect(places.current).toBe(-1);
		expect(places.focus).toBeNull();
		expect(places.step(1)).toBe(2);
	});

	it('has nowhere to go without places', () => {
		const { walk: places, change } = walk();
		change(new Uint32Array());
		expect(places.step(1)).toBeNull();
		expect(places.step(-1)).toBeNull();
		expect(places.current).toBe(-1);
	});
});
