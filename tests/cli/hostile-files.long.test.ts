import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FORMATS } from '../fuzz/formats/seeds';
import { ROOT } from '../support/launcher';

const MUTANTS = 2000;

// Memory and CPU time are measured in child processes, where a busy machine doesn't affect them.
it.each(FORMATS)(
	'2,000 changed files of the format %s are read or refused in words, within bounds',
	(format) => {
		const program = join(ROOT, 'tests/support/run.js');
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[program, 'tests/fuzz/main.ts', 'formats', String(MUTANTS), format],
			{ encoding: 'utf8', env: { ...process.env, SEED: '20261125' } }
		);
		expect(stderr + stdout).toMatch(
			new RegExp(`^${format}: 2000 mutants, \\d+ read, \\d+ refused, 0 failures, at most`)
		);
		expect(stdout).not.toMatch(/, 0 read|, 0 refused/);
		expect(status).toBe(0);
	}
);
