#!/usr/bin/env node
/** `node tests/support/run.js FILE WORDS…`: calls the `main` of a TypeScript file, which Node 20 cannot do by itself. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [file, ...words] = process.argv.slice(2);
const { module } = await runnerImport(resolve(file), {
	configFile: false,
	root: fileURLToPath(new URL('../..', import.meta.url)),
	logLevel: 'error'
});
process.exitCode = await module.main(words);
