#!/usr/bin/env node
/** `npm run verify:drift`: bundles the programs of this folder and runs them. Node 20 runs no TypeScript. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePrograms, CACHE, ROOT } from './bundle.js';

const bundle = await bundlePrograms({
	main: 'main.ts',
	worker: 'worker.ts',
	'native-child': 'native-child.ts'
});
const here = dirname(fileURLToPath(import.meta.url));
const { status } = spawnSync(
	process.execPath,
	[join(bundle, 'main.js'), ...process.argv.slice(2)],
	{
		stdio: 'inherit',
		env: { ...process.env, VERIFY_DRIFT: JSON.stringify([bundle, ROOT, CACHE, here]) }
	}
);
process.exitCode = status ?? 2;
