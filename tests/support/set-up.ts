/** Runs before each test file. Files share their modules, so nothing that a test replaces may outlive it. */
import fc from 'fast-check';
import { afterEach, vi } from 'vitest';
import { SEED } from './random-texts';

// Property tests try the same inputs in every run; `SEED=…` in the environment tries others.
fc.configureGlobal({ seed: SEED });

afterEach(() => {
	// Before the timers, because a test may spy on fake ones.
	vi.restoreAllMocks();
	vi.useRealTimers();
	vi.unstubAllGlobals();
	vi.unstubAllEnvs();
});
