import { beforeEach, vi } from 'vitest';

/**
 * Gives every test of a file, or of a `describe`, timers that the test advances. Promises are not affected.
 * @param more other APIs to fake
 */
export function useFakeTimers(...more: readonly 'performance'[]): void {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', ...more] });
	});
}

/** Advances fake timers by some milliseconds, and runs pending promises. */
export const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
