import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { INPUTS, LINEAGE_INPUTS } from './generated';
import { sourceFolder } from './packages';

const isFile = (path: string): boolean =>
	statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/**
 * Modules and data in this repository that a module imports, directly or not, including itself. Type imports count,
 * too.
 */
function importsOf(path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	if (path.endsWith('.json')) return found;
	for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/from '([.][^']*)'/g)) {
		const target = join(dirname(path), specifier);
		const file = [target, `${target}.ts`, join(target, 'index.ts')].find(isFile);
		expect(file, `${specifier} of ${path}`).toBeDefined();
		if (file) importsOf(file, found);
	}
	return found;
}

it.each([
	['tools/generate.ts', INPUTS],
	['lib/features/drift/lineages/figures.ts', LINEAGE_INPUTS]
])('makes files again when any module that makes them changes: %s', (entry, inputs) => {
	const modules = [...importsOf(join(sourceFolder, entry))];
	expect(modules.length).toBeGreaterThan(50);
	const isInput = (path: string) =>
		inputs.some((input) => path === input || path.startsWith(`${input}/`));
	const missing = modules
		.map((path) => relative(sourceFolder, path))
		.filter((path) => !isInput(path));
	expect(missing).toEqual([]);
});
