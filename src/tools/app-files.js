/** Tells the service worker which files a build has. Plain JavaScript, because svelte.config.js imports it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Vocabularies are kept where they are read, and large texts once they are used. The others come from the network alone. */
const LEFT_OUT =
	/[/]assets[/](?!(english|first)[.]).*[.](bin|txt)$|^(404[.]html|[.]nojekyll|service-worker[.]js|_app[/]version[.]json|_app[/]env[.]js)$/;

/**
 * Wraps an adapter that writes a folder.
 *
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder that it writes
 * @returns {import('@sveltejs/kit').Adapter}
 */
export const withAppFiles = (adapter, folder = 'build') => ({
	...adapter,
	async adapt(builder) {
		await adapter.adapt(builder);
		const script = join(folder, 'service-worker.js');
		const code = readFileSync(script, 'utf8');
		if (!code.includes('%files%')) throw new Error(`${script}: no place for the list of files`);
		const complete = code.replace('%files%', () => listFiles(folder));
		// `vite preview` serves the other one.
		for (const served of [folder, builder.getClientDirectory()])
			writeFileSync(join(served, 'service-worker.js'), complete);
	}
});

/**
 * Path, size in bytes and SHA-256 of each file of the app, separated by commas; the files by semicolons.
 *
 * @param {string} folder
 */
export function listFiles(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((path) => path.replaceAll('\\', '/'))
		.filter((path) => !LEFT_OUT.test(path))
		.sort()
		.map((path) => {
			const content = readFileSync(join(folder, path));
			const sha256 = createHash('sha256').update(content).digest('hex');
			return [path.replace(/(^|[/])index[.]html$/, '$1'), content.length, sha256].join(',');
		})
		.join(';');
}
