#!/usr/bin/env node
/** `npm run test:faults`: bundles main.ts and runs it. Node 20 runs no TypeScript. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { viteImportGlobPlugin } from 'rolldown/experimental';

const root = fileURLToPath(new URL('../..', import.meta.url));
// As deep as tests/support, whose modules find the repository from where they are.
const dir = join(root, 'test-results/faults');
const build = await rolldown({
	cwd: root,
	input: fileURLToPath(new URL('main.ts', import.meta.url)),
	platform: 'node',
	tsconfig: false,
	logLevel: 'silent',
	external: ['playwright', '@playwright/test', '@sparticuz/chromium', 'sirv'],
	// The catalogue is a glob of files.
	plugins: [viteImportGlobPlugin()]
});
await build.write({ dir, format: 'esm' });
await build.close();
const { status } = spawnSync(process.execPath, [join(dir, 'main.js'), ...process.argv.slice(2)], {
	stdio: 'inherit'
});
process.exitCode = status ?? 2;
