#!/usr/bin/env node
/** `node tests/support/run.js FILE WORDS…`: calls the `main` of a TypeScript file, which Node 20 cannot do by itself. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const [file, ...words] = process.argv.slice(2);
// Open until `main` has ended: what it imports on first need goes through here too.
const vite = await createServer({
	configFile: false,
	root: fileURLToPath(new URL('../..', import.meta.url)),
	logLevel: 'error',
	optimizeDeps: { noDiscovery: true },
	server: { middlewareMode: true, watch: null, ws: false }
});
try {
	const { main } = await vite.ssrLoadModule(resolve(file));
	process.exitCode = await main(words);
} finally {
	await vite.close();
}
