#!/usr/bin/env node
/**
 * `node tests/support/run.js FILE WORDS…`: bundles FILE, a path relative to the repository's root, and calls its `main`
 * with WORDS. The exit code is the result of `main`. FILE can also be a program that is already bundled (a `.js` file),
 * so a running program can start another copy of itself without bundling again.
 */
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePrograms, ROOT } from './bundle.js';

const [file, ...words] = process.argv.slice(2);
let program = file;
if (!file.endsWith('.js')) {
	const folder = join(ROOT, 'node_modules/.cache/programs', basename(dirname(file)));
	program = join(await bundlePrograms({ main: file }, folder), 'main.js');
	process.argv[2] = program;
}
const { main } = await import(pathToFileURL(program).href);
process.exitCode = await main(words);
