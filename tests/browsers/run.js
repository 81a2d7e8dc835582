#!/usr/bin/env node
/** `npm run test:browsers`: runs main.ts, which Node 20 cannot do by itself. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)), {
	configFile: false,
	root: fileURLToPath(new URL('../..', import.meta.url)),
	logLevel: 'error'
});
process.exitCode = await module.main(process.argv.slice(2));
