import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lists the files of the repository that git would add, as paths relative to `root`. Does not use git, so that the tests
 * also run in a downloaded archive. Supports the two forms in this repository's .gitignore: `name` and `folder/name`, with
 * or without a final slash.
 *
 * @throws {Error} for another pattern in .gitignore
 */
export function repositoryFiles(root: string): string[] {
	const ignored = new Set(['.git', ...ignoredPaths(join(root, '.gitignore'))]);
	const files: string[] = [];
	const walk = (folder: string) => {
		for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (ignored.has(path) || ignored.has(entry.name)) continue;
			if (entry.isDirectory()) walk(path);
			else files.push(path);
		}
	};
	walk('');
	return files.sort();
}

function ignoredPaths(gitignore: string): string[] {
	const lines = readFileSync(gitignore, 'utf8')
		.split('\n')
		.map((line) => line.trim());
	return lines
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => {
			if (/[*?![\]]/.test(line)) {
				throw new Error(`.gitignore: got "${line}", expected a plain name or path`);
			}
			return line.replace(/^\/|\/$/g, '');
		});
}
