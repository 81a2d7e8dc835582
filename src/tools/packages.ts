import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** Folder of an installed npm package. */
export function packageFolder(name: string): string {
	// Some packages don't export their package.json, so look for the folder itself.
	const folders = (require.resolve.paths(name) ?? []).map((parent) => join(parent, name));
	const folder = folders.find((candidate) => existsSync(join(candidate, 'package.json')));
	if (folder !== undefined) return folder;
	throw new Error(`npm package ${name} is not installed; run "npm ci"`);
}

export const readPackageFile = (name: string, path: string): string =>
	readFileSync(join(packageFolder(name), path), 'utf8');

/** Reads a JSON file from an npm package without validating it. */
export const readPackageJson = (name: string, path: string): unknown =>
	JSON.parse(readPackageFile(name, path));

export const requireFrom = (specifier: string): unknown => require(specifier);

/** The `src` folder of this repository. */
export const sourceFolder = findSources(dirname(fileURLToPath(import.meta.url)));

/** Finds the `src` folder, starting from the folder of a source file or of a bundle in the repository. */
function findSources(folder: string): string {
	const found = join(folder, 'src');
	if (existsSync(join(found, 'tools')) || folder === dirname(folder)) return found;
	return findSources(dirname(folder));
}
