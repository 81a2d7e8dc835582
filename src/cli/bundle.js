/** Builds the files that `bpe-lab` needs: the bundled command line, and packed vocabularies and texts. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { viteImportGlobPlugin } from 'rolldown/experimental';

/** Bundles older than this are removed. Another process may still be reading a newer bundle. */
const MIN_REMOVAL_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Bundles src/cli into `folder` and packs missing or stale files. `folder` appears only when everything is done, so
 * interrupted or simultaneous runs leave nothing incomplete.
 * @param {string} root of the repository
 * @param {string} folder inside a folder that contains only bundles
 * @throws {Error} if a source does not compile, a package is missing or a file cannot be written
 */
export async function bundle(root, folder) {
	if (process.stderr.isTTY) console.error('bpe-lab: preparing (takes a moment the first time)');
	const draft = `${folder}.${process.pid}`;
	mkdirSync(draft, { recursive: true });
	try {
		await writeBundle(root, draft, {
			input: { main: 'src/cli/main.ts', thread: 'src/cli/thread.ts' },
			platform: 'node',
			plugins: [atSourceUrl(join(root, 'src'))]
		});
		await generateFiles(root, join(draft, 'generate'));
		rmSync(folder, { recursive: true, force: true });
		renameSync(draft, folder);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		// Another process may have finished first, with the same result.
		if (!existsSync(folder)) throw error;
	}
	removeOld(folder);
}

/**
 * Bundles sources for Node or a browser.
 * @param {string} root of the repository
 * @param {string} dir to write the bundle to
 * @param {import('rolldown').InputOptions} input entries, platform and further plugins
 * @param {import('rolldown').OutputOptions} [output]
 * @returns {Promise<import('rolldown').RolldownOutput>}
 */
export async function writeBundle(root, dir, { plugins, ...input }, output = {}) {
	const stub = join(root, 'src/lib/tokenizers/runtimes/onnx-stub.ts');
	const build = await rolldown({
		cwd: root,
		// The root's tsconfig isn't needed here, and it extends a file that SvelteKit generates.
		tsconfig: false,
		logLevel: 'silent',
		// The same stubs as in vite.config.ts.
		resolve: { alias: { 'onnxruntime-web': stub, 'onnxruntime-node': stub } },
		plugins: [viteImportGlobPlugin(), plugins],
		...input
	});
	try {
		return await build.write({
			dir,
			format: 'esm',
			chunkFileNames: '[name]-[hash].js',
			...output
		});
	} finally {
		await build.close();
	}
}

/**
 * Packs missing or stale vocabularies and texts into src/lib/generated.
 * @param {string} root of the repository
 * @param {string} draft temporary folder for the bundled generator
 */
export async function generateFiles(root, draft) {
	await writeBundle(root, draft, {
		input: { generate: 'src/tools/generate.ts' },
		platform: 'node',
		plugins: [atSourceUrl(join(root, 'src'))]
	});
	/** @type {typeof import('../tools/generate')} */
	const { generateForCommands } = await import(pathToFileURL(join(draft, 'generate.js')).href);
	generateForCommands();
	rmSync(draft, { recursive: true });
}

/**
 * Lets modules in the bundle find files next to their sources.
 * @param {string} source folder
 * @returns {import('rolldown').Plugin}
 */
function atSourceUrl(source) {
	return {
		name: 'bpe-lab:source-url',
		transform(code, id) {
			if (!id.startsWith(source) || !code.includes('import.meta.url')) return null;
			return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
		}
	};
}

/**
 * Removes old bundles, and drafts left behind by killed processes.
 * @param {string} folder to keep
 */
function removeOld(folder) {
	const cache = dirname(folder);
	const limit = Date.now() - MIN_REMOVAL_AGE_MS;
	for (const name of readdirSync(cache)) {
		const path = join(cache, name);
		const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
		if (path !== folder && modified < limit) rmSync(path, { recursive: true, force: true });
	}
}
