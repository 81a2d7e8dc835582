#!/usr/bin/env node
/** `npm run test:memory`: bundles main.ts and runs it on the built site. Node 20 runs no TypeScript. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dir = join(root, 'node_modules/.cache/memory');
const build = await rolldown({
	cwd: root,
	input: fileURLToPath(new URL('main.ts', import.meta.url)),
	platform: 'node',
	tsconfig: false,
	logLevel: 'silent',
	external: /^[^./]/,
	plugins: [
		{
			name: 'helpers',
			// They find the browser and the packages from their own place, so they are not bundled.
			resolveId: (id, importer) =>
				importer && /^\.\.\/support\/.*\.js$/.test(id)
					? { id: new URL(id, pathToFileURL(importer)).href, external: true }
					: null
		}
	]
});
await build.write({ dir, format: 'esm' });
await build.close();
const { status } = spawnSync(process.execPath, [join(dir, 'main.js'), ...process.argv.slice(2)], {
	cwd: root,
	stdio: 'inherit'
});
process.exitCode = status ?? 2;
