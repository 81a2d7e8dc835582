import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightness } from './cell-styles';

const bytes = (length: number, chosen: readonly boolean[]) =>
	Uint32Array.from(Array.from({ length }, (_, i) => i).filter((i) => i === 0 || chosen[i]));

describe('lightness', () => {
	it('alternates within a span', () => {
		expect([...lightness(Uint32Array.of(0, 1, 2, 3), Uint32Array.of(0))]).toEqual([1, 0, 1, 0]);
	});

	it('makes neighbours differ everywhere', () => {
		const flags = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
		fc.assert(
			fc.property(flags, flags, (anchor, start) => {
				const anchors = bytes(40, anchor);
				const starts = bytes(
					40,
					start.map((on, i) => on || anchor[i])
				);
				const light = lightness(starts, anchors);
				for (let i = 1; i < light.length; i++) expect(light[i]).not.toBe(light[i - 1]);
			})
		);
	});

	it('changes only the span in which tokens merge', () => {
		const anchors = Uint32Array.of(0, 4, 8);
		const before = lightness(Uint32Array.of(0, 2, 4, 5, 6, 8, 9), anchors);
		const after = lightness(Uint32Array.of(0, 2, 4, 6, 8, 9), anchors);
		expect([...after.slice(0, 2), ...after.slice(-2)]).toEqual([
			...before.slice(0, 2),
			...before.slice(-2)
		]);
	});
});
