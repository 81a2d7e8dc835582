/** Writes the type declarations of the package's libraries. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a `.d.ts` for every module that the libraries need. Relative imports end in `.js`, as Node requires.
 * @param {string} root of the repository
 * @param {string} folder in which to create `types/`
 * @throws {Error} if the sources do not compile
 */
export function writeTypes(root, folder) {
	const types = join(folder, 'types');
	const compiler = join(root, 'node_modules/typescript/bin/tsc');
	const args = [compiler, '-p', join(root, 'src/package'), '--outDir', types];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(stdout || stderr);
	for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const text = readFileSync(path, 'utf8');
		writeFileSync(
			path,
			text.replace(/(?<=(?:from |import\()(['"]))[.][^'"]*(?=\1)/g, (specifier) => {
				const isFile = existsSync(join(entry.parentPath, `${specifier}.d.ts`));
				return `${specifier}${isFile ? '' : '/index'}.js`;
			})
		);
	}
}
