#!/usr/bin/env node
/**
 * Runs `bpe-lab` in a checkout: bundles src/cli on first use and whenever its sources change. Plain JavaScript, because
 * Node 20 can't run TypeScript.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { start } from './start.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/bpe-lab');

/** Sources that the bundle and the packed vocabularies are built from. */
const INPUTS = [
	'package.json',
	'package-lock.json',
	'src/cli',
	'src/tools',
	...['engine', 'tokenizers', 'drift', 'languages'].map((part) => `src/lib/${part}`)
];

/**
 * Name, size and modification time of every source at or below `path`. Hashing the contents would take longer than most
 * commands.
 * @param {string} path
 * @returns {string[]}
 */
function sources(path) {
	const stats = statSync(join(root, path));
	if (!stats.isDirectory()) return [`${path} ${stats.size} ${stats.mtimeMs}`];
	return readdirSync(join(root, path))
		.filter((name) => name !== 'generated' && !/[.]test[.]ts$|[.]md$/.test(name))
		.sort()
		.flatMap((name) => sources(`${path}/${name}`));
}

const key = createHash('sha256').update(INPUTS.flatMap(sources).join('\n')).digest('hex');
const folder = join(cache, key.slice(0, 16));

await start(async () => {
	// The packed files can be missing even when the bundle is there.
	if (!existsSync(folder) || !existsSync(join(root, 'src/lib/generated'))) {
		const { bundle } = await import('./bundle.js');
		await bundle(root, folder);
	}
	// `npm run cli` changes to the repository's root, but paths are relative to the folder where it was run.
	const { npm_lifecycle_event, INIT_CWD } = process.env;
	if (npm_lifecycle_event === 'cli' && INIT_CWD) process.chdir(INIT_CWD);
	/** @type {typeof import('./main')} */
	const { run, nodeIo } = await import(pathToFileURL(join(folder, 'main.js')).href);
	return run(process.argv.slice(2), nodeIo(join(folder, 'thread.js')));
});
