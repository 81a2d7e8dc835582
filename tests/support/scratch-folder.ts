import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { runLauncher } from './launcher';

/** A temporary folder for a test file, removed after its tests. */
export function scratchFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-test-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	return folder;
}

/**
 * A temporary folder for tests that start `bpe-lab`, which runs once beforehand, because its very first run may have
 * to bundle the command line and pack vocabularies.
 */
export function launcherFolder(): string {
	const folder = scratchFolder();
	beforeAll(() => runLauncher(folder, 'tokenizers'));
	return folder;
}
