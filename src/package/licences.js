/** Writes the licences of the npm packages whose code is in the bundle. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
 * Missing parts of packages without a licence file, by package and SPDX identifier: the copyright line of a licence whose
 * text is in static/licences, or the module that starts with the whole licence.
 * @type {Readonly<Record<string, Readonly<Record<string, { copyright: string } | { module: string }>>>>}
 */
const MISSING = {
	'@bufbuild/protobuf': {
		'Apache-2.0': { copyright: 'Copyright 2021-2026 Buf Technologies, Inc.' },
		'BSD-3-Clause': { module: 'dist/esm/wire/varint.js' }
	},
	// From the LICENSE of its repository, github.com/dqbd/tiktoken.
	'js-tiktoken': { MIT: { copyright: 'Copyright (c) 2022 OpenAI, Shantanu Jain' } }
};

/**
 * Describes an installed package with all its licences.
 * @param {string} root of the repository
 * @param {string} path of the package
 * @returns {string}
 * @throws {Error} if a licence of the package's SPDX expression has no text
 */
export function describe(root, path) {
	/** @type {{ name: string, version: string, license?: string, repository?: string | { url: string } }} */
	const { name, version, license, repository } = JSON.parse(
		readFileSync(join(path, 'package.json'), 'utf8')
	);
	// A choice (OR) or an exception (WITH) is for a person to decide.
	const identifiers = license?.replace(/[()]/g, '').split(' AND ') ?? [];
	const file = readdirSync(path).find((entry) => /^licen[cs]e([.](md|txt))?$/i.test(entry));
	const texts =
		file && identifiers.length === 1 && !identifiers[0].includes(' ')
			? [readFileSync(join(path, file), 'utf8')]
			: identifiers.map((identifier) =>
					missingText(root, path, MISSING[name]?.[identifier], identifier)
				);
	if (texts.length === 0 || texts.includes('')) {
		throw new Error(
			`${path}: got the licence ${license}, expected a file with its text; add what is missing to src/package/licences.js`
		);
	}
	const address = typeof repository === 'string' ? repository : repository?.url;
	const title = [`${name} ${version}, ${license}`, address].filter(Boolean).join('\n');
	return `${[title, ...texts.map((text) => text.trim())].join('\n\n')}\n`;
}

/**
 * Text of a licence that a package names without including it, or '' if it is not known.
 * @param {string} root of the repository
 * @param {string} path of the package
 * @param {{ copyright: string } | { module: string } | undefined} source
 * @param {string} identifier of SPDX
 */
function missingText(root, path, source, identifier) {
	if (!source) return '';
	if ('module' in source) {
		const [comment = ''] =
			/^(?:\/\/.*\n)+/.exec(readFileSync(join(path, source.module), 'utf8')) ?? [];
		return comment.replace(/^\/\/ ?/gm, '');
	}
	const served = join(root, `static/licences/${identifier.toLowerCase()}.txt`);
	// What is above the line is about the vocabularies.
	const [, text = ''] = readFileSync(served, 'utf8').split(/^-{80}\n/m);
	return text && `${source.copyright}\n\n${text.trim()}`;
}
