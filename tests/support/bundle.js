/** Bundles this repository's programs for Node, because Node 20 can't run TypeScript. */
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { viteImportGlobPlugin } from 'rolldown/experimental';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Lets modules find files next to their sources rather than next to the bundle. */
const sourcePlaces = {
	name: 'source-places',
	/** @param {string} code @param {string} id */
	transform(code, id) {
		if (!code.includes('import.meta.') || id.startsWith('\0')) return null;
		return code
			.replaceAll(/import\.meta\.url/g, JSON.stringify(pathToFileURL(id).href))
			.replaceAll(/import\.meta\.dirname/g, JSON.stringify(dirname(id)));
	}
};

/**
 * @param {Record<string, string>} input paths of the programs by name, relative to the repository's root
 * @param {string} dir folder to write the bundles to, as `<name>.js`
 * @returns {Promise<string>} that folder
 */
export async function bundlePrograms(input, dir) {
	const build = await rolldown({
		cwd: ROOT,
		input: Object.fromEntries(
			Object.entries(input).map(([name, path]) => [name, join(ROOT, path)])
		),
		platform: 'node',
		tsconfig: false,
		logLevel: 'silent',
		external: (id) => !id.startsWith('.') && !isAbsolute(id),
		plugins: [viteImportGlobPlugin(), sourcePlaces]
	});
	try {
		await build.write({ dir, format: 'esm', chunkFileNames: '[name]-[hash].js' });
	} finally {
		await build.close();
	}
	return dir;
}
