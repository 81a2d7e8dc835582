/** Runs before each test file. Test files share modules, so everything that a test replaces must be restored. */
import fc from 'fast-check';
import { afterEach, vi } from 'vitest';
import { SEED } from './random-texts';

// Property tests try the same inputs in every run. `SEED=…` in the environment selects other inputs.
fc.configureGlobal({ seed: SEED });

afterEach(() => {
	// Restore mocks before timers, because a test may spy on fake timers.
	vi.restoreAllMocks();
	vi.useRealTimers();
	vi.unstubAllGlobals();
	vi.unstubAllEnvs();
});
