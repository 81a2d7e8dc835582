import { beforeEach, vi } from 'vitest';

/**
 * Gives every test of a file, or of a `describe`, timers that it advances itself. Promises stay as they are.
 * @param more what else waits for the test, like `performance`
 */
export function useFakeTimers(...more: readonly 'performance'[]): void {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', ...more] });
	});
}

/** Runs pending promises, and the fake timers that are due within some milliseconds. */
export const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
