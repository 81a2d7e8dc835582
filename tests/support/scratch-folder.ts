import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { runLauncher } from './launcher';

/** Creates a temporary folder for a test file, and removes the folder after the file's tests. */
export function scratchFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-test-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	return folder;
}

/**
 * Creates a temporary folder for tests that start `bpe-lab`. Runs `bpe-lab` once before the tests, because its first
 * run may have to bundle the command line and pack vocabularies.
 */
export function launcherFolder(): string {
	const folder = scratchFolder();
	beforeAll(() => runLauncher(folder, 'tokenizers'));
	return folder;
}
