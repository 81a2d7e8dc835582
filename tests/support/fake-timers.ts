import { beforeEach, vi } from 'vitest';

/**
 * Installs fake timers for every test in a file or a `describe`; tests advance the timers themselves. Promises are not
 * affected.
 * @param more other APIs to fake
 */
export function useFakeTimers(...more: readonly 'performance'[]): void {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', ...more] });
	});
}

export const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
