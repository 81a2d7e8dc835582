import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** The folder of an installed npm package. */
export function packageFolder(name: string): string {
	// package.json is not always exported, so look for the folder itself.
	const folders = (require.resolve.paths(name) ?? []).map((parent) => join(parent, name));
	const folder = folders.find((candidate) => existsSync(join(candidate, 'package.json')));
	if (folder !== undefined) return folder;
	throw new Error(`npm package ${name} is not installed; run "npm ci"`);
}

/** A text file of an npm package. */
export const readPackageFile = (name: string, path: string): string =>
	readFileSync(join(packageFolder(name), path), 'utf8');

/** A JSON file of an npm package, unvalidated. */
export const readPackageJson = (name: string, path: string): unknown =>
	JSON.parse(readPackageFile(name, path));

/** Loads a CommonJS module of a package. */
export const requireFrom = (specifier: string): unknown => require(specifier);

/** This repository's `src`. */
export const sourceFolder = findSources(dirname(fileURLToPath(import.meta.url)));

/** Finds `src` from the sources and from a bundle of them, wherever it is in the repository. */
function findSources(folder: string): string {
	const found = join(folder, 'src');
	if (existsSync(join(found, 'tools')) || folder === dirname(folder)) return found;
	return findSources(dirname(folder));
}
