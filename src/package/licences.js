/** Writes the licences of the npm packages whose code is in the bundle. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `licences.txt`: each package with its version and its licence.
 * @param {string} root of the repository
 * @param {string} folder that the file is written to
 * @param {readonly import('rolldown').RolldownOutput[]} bundles
 * @throws {Error} if a package has no licence that is known
 */
export function writeLicences(root, folder, bundles) {
	const packages = new Set(
		bundles
			.flatMap(({ output }) => output)
			.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
			.filter((id) => !id.startsWith('\0'))
			.flatMap((id) => /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? [])
	);
	const texts = [...packages].sort().map((path) => describe(root, path));
	writeFileSync(
		join(folder, 'licences.txt'),
		`The bundled code contains code of these npm packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
	);
}

/**
 * @param {string} root
 * @param {string} path of an installed package
 */
function describe(root, path) {
	/** @type {{ name: string, version: string, license?: string, author?: string | { name: string }, repository?: string | { url: string } }} */
	const { name, version, license, repository } = JSON.parse(
		readFileSync(join(path, 'package.json'), 'utf8')
	);
	const file = readdirSync(path).find((entry) => /^licen[cs]e([.](md|txt))?$/i.test(entry));
	const text = file ? join(path, file) : standardText(root, license);
	if (!license || !text) throw new Error(`${path}: got no licence (${license}), expected its text`);
	const address = typeof repository === 'string' ? repository : repository?.url;
	return `${[`${name} ${version}, ${license}`, address].filter(Boolean).join('\n')}\n\n${readFileSync(text, 'utf8').trim()}\n`;
}

/**
 * Text of a licence that a package names without including it.
 * @param {string} root
 * @param {string | undefined} license expression of SPDX
 */
function standardText(root, license = '') {
	const name = /MIT|Apache-2[.]0/.exec(license)?.[0].toLowerCase();
	const path = join(root, `static/licences/${name}.txt`);
	return existsSync(path) ? path : undefined;
}
