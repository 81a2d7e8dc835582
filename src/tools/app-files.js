/**
 * Passes the list of a build's files to the service worker, and shortens the script in every page. Plain JavaScript,
 * because svelte.config.js imports it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Vocabularies and large texts, which are cached on first use. */
const OPTIONAL = /[/]assets[/](?!(english|first)[.]).*[.](bin|txt)$/;

/** Files that are never cached. */
const LEFT_OUT =
	/^(404[.]html|[.]nojekyll|service-worker[.]js|_app[/]version[.]json|_app[/]env[.]js)$/;

/**
 * Wraps an adapter so that its output includes the list of files.
 *
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder that the adapter writes to
 * @returns {import('@sveltejs/kit').Adapter}
 */
export const withAppFiles = (adapter, folder = 'build') => ({
	...adapter,
	async adapt(builder) {
		await adapter.adapt(builder);
		const script = join(folder, 'service-worker.js');
		const code = readFileSync(script, 'utf8');
		for (const place of ['%files%', '%optional%'])
			if (!code.includes(place)) throw new Error(`${script}: no place for ${place}`);
		const complete = code
			.replace('%files%', () => listFiles(folder))
			.replace('%optional%', () => listOptionalFiles(folder));
		// `vite preview` serves the client directory.
		for (const served of [folder, builder.getClientDirectory()])
			writeFileSync(join(served, 'service-worker.js'), complete);
	}
});

/**
 * Lists the app's files, separated by semicolons: each file's path, size in bytes and SHA-256, separated by commas.
 *
 * @param {string} folder
 */
export const listFiles = (folder) =>
	list(folder, (path) => !OPTIONAL.test(path) && !LEFT_OUT.test(path));

/**
 * Lists the files that are cached on first use, in the format of {@link listFiles}.
 *
 * @param {string} folder
 */
export const listOptionalFiles = (folder) => list(folder, (path) => OPTIONAL.test(path));

/**
 * @param {string} folder
 * @param {(path: string) => boolean} isListed
 */
function list(folder, isListed) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((path) => path.replaceAll('\\', '/'))
		.filter(isListed)
		.sort()
		.map((path) => {
			const content = readFileSync(join(folder, path));
			const sha256 = createHash('sha256').update(content).digest('hex');
			return [path.replace(/(^|[/])index[.]html$/, '$1'), content.length, sha256].join(',');
		})
		.join(';');
}

/**
 * Removes comment lines from a script, and indentation from all other lines.
 *
 * @param {string} code without trailing comments or multi-line strings
 */
export const withoutComments = (code) => code.replace(/^\s*(\/\/.*\n)?/gm, '');
