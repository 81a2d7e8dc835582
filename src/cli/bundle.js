/** Makes what `bpe-lab` runs from: the bundled command line, packed vocabularies and texts. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** Bundles that another process may still be reading from are left alone for a day. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Bundles src/cli into `folder` and packs what is missing or stale. `folder` appears
 * when all is done and not before, so that a run that is broken off, or others that start at the
 * same time, leave nothing half made.
 * @param {string} root of the repository
 * @param {string} folder in a folder of its own for bundles only
 * @returns {Promise<void>}
 * @throws {Error} when a source does not compile, a package is missing or the disk refuses
 */
export async function bundle(root, folder) {
	if (process.stderr.isTTY) console.error('bpe-lab: preparing, this takes a moment the first time');
	const draft = `${folder}.${process.pid}`;
	mkdirSync(draft, { recursive: true });
	try {
		await write(root, draft);
		/** @type {typeof import('../tools/generate')} */
		const { generateForCommands } = await import(pathToFileURL(join(draft, 'generate.js')).href);
		generateForCommands();
		rmSync(folder, { recursive: true, force: true });
		renameSync(draft, folder);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		// Unless another process was first, with the same result.
		if (!existsSync(folder)) throw error;
	}
	removeOld(folder);
}

/**
 * @param {string} root
 * @param {string} dir
 */
async function write(root, dir) {
	const stub = join(root, 'src/lib/tokenizers/runtimes/onnx-stub.ts');
	const build = await rolldown({
		cwd: root,
		input: { main: 'src/cli/main.ts', generate: 'src/tools/generate.ts' },
		platform: 'node',
		// The one of the root extends a file that SvelteKit generates; nothing here needs it.
		tsconfig: false,
		logLevel: 'silent',
		// As in vite.config.ts.
		resolve: { alias: { 'onnxruntime-web': stub, 'onnxruntime-node': stub } },
		plugins: [whereItWas(join(root, 'src'))]
	});
	try {
		await build.write({ dir, format: 'esm', chunkFileNames: '[name]-[hash].js' });
	} finally {
		await build.close();
	}
}

/**
 * Modules that look for files beside themselves must find them from the bundle too.
 * @param {string} source folder
 * @returns {import('rolldown').Plugin}
 */
function whereItWas(source) {
	return {
		name: 'bpe-lab:where-it-was',
		transform(code, id) {
			if (!id.startsWith(source) || !code.includes('import.meta.url')) return null;
			return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
		}
	};
}

/**
 * Removes bundles of earlier sources, and drafts that a killed process left.
 * @param {string} folder the one to keep
 */
function removeOld(folder) {
	const cache = dirname(folder);
	const limit = Date.now() - KEPT_MILLISECONDS;
	for (const name of readdirSync(cache)) {
		const path = join(cache, name);
		const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
		if (path !== folder && modified < limit) rmSync(path, { recursive: true, force: true });
	}
}
