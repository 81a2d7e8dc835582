import { describe, expect, it, vi } from 'vitest';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { MergeMotion } from './merge-motion.svelte';

useFakeTimers();

describe('the motion of a merge', () => {
	it('shows the pair, and the merged token within 200 ms', () => {
		const motion = new MergeMotion(() => false);
		expect(motion.isBefore).toBe(false);
		motion.begin(true, 1000);
		expect(motion.isBefore).toBe(true);
		vi.advanceTimersByTime(199);
		expect(motion.isBefore).toBe(false);
	});

	it('is left out on the way back, in a drag, and at reduced motion', () => {
		const motion = new MergeMotion(() => false);
		motion.begin(false, 1000);
		expect(motion.isBefore).toBe(false);
		motion.begin(true, 2000);
		motion.begin(true, 2016);
		expect(motion.isBefore).toBe(false);
		motion.begin(true, 2032);
		expect(motion.isBefore).toBe(false);
		const reduced = new MergeMotion(() => true);
		reduced.begin(true, 1000);
		expect(reduced.isBefore).toBe(false);
	});

	it('of a step that follows ends with that step', () => {
		const motion = new MergeMotion(() => false);
		motion.begin(true, 1000);
		motion.begin(false, 1050);
		expect(motion.isBefore).toBe(false);
		motion.begin(true, 1300);
		vi.advanceTimersByTime(100);
		expect(motion.isBefore).toBe(true);
	});
});
