/** Bundles the programs of this folder: Node 20 runs no TypeScript. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { viteImportGlobPlugin } from 'rolldown/experimental';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CACHE = join(ROOT, 'node_modules/.cache/verify-drift');

/**
 * @param {Record<string, string>} input programs of this folder by name
 * @param {string} dir where the bundles go
 * @returns {Promise<string>} that folder
 */
export async function bundlePrograms(input, dir = join(CACHE, 'bundle')) {
	mkdirSync(dir, { recursive: true });
	const stub = join(ROOT, 'src/lib/tokenizers/runtimes/onnx-stub.ts');
	const here = dirname(fileURLToPath(import.meta.url));
	const build = await rolldown({
		cwd: ROOT,
		input: Object.fromEntries(
			Object.entries(input).map(([name, file]) => [name, join(here, file)])
		),
		platform: 'node',
		tsconfig: false,
		logLevel: 'silent',
		resolve: { alias: { 'onnxruntime-web': stub, 'onnxruntime-node': stub } },
		plugins: [viteImportGlobPlugin()]
	});
	try {
		await build.write({ dir, format: 'esm', chunkFileNames: '[name]-[hash].js' });
	} finally {
		await build.close();
	}
	return dir;
}
