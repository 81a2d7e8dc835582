/** Describes the npm packages whose code is in a bundle, for the package and for the site. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Writes `licences.txt`, with the version and licence of each package, and `bill.cdx.json`, the bill of materials.
 * @param {string} root of the repository
 * @param {string} folder to write the files to
 * @param {readonly import('rolldown').RolldownOutput[]} bundles
 * @param {readonly import('../lib/tokenizers/catalogue/shared/descriptor').TokenizerDescriptor[]} catalogue
 * @throws {Error} if the text of a package's licence is unknown
 */
export function writeLicences(root, folder, bundles, catalogue) {
	const packages = bundledPackages(
		bundles
			.flatMap(({ output }) => output)
			.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
	);
	writeFileSync(join(folder, 'licences.txt'), describeAll(root, packages));
	writeFileSync(
		join(folder, 'bill.cdx.json'),
		`${JSON.stringify(billOf(root, packages, catalogue.map(vocabularyComponent)), null, '\t')}\n`
	);
}

/**
 * Paths of the installed packages that modules belong to, sorted.
 * @param {readonly string[]} modules paths
 * @returns {readonly string[]}
 */
export const bundledPackages = (modules) =>
	[
		...new Set(
			modules
				.filter((id) => !id.startsWith('\0'))
				.flatMap((id) => /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? [])
		)
	].sort();

/**
 * Describes packages, each with its version and licence.
 * @param {string} root of the repository
 * @param {readonly string[]} paths of the packages
 * @returns {string}
 * @throws {Error} if the text of a package's licence is unknown
 */
export const describeAll = (root, paths) =>
	`The bundled code contains code of these npm packages.\n\n${paths
		.map((path) => describe(root, path))
		.join(`\n${'-'.repeat(80)}\n\n`)}`;

/**
 * Bill of materials in CycloneDX 1.6. It has no date or serial number, so that equal sources give identical bytes.
 * @param {string} root of the repository
 * @param {readonly string[]} paths of the packages in the bundle
 * @param {readonly object[]} vocabularies
 */
function billOf(root, paths, vocabularies) {
	/** @type {{ packages: Record<string, { integrity: string }> }} */
	const { packages } = readJson(join(root, 'package-lock.json'));
	return {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {
			lifecycles: [{ phase: 'build' }],
			component: componentOf(root)
		},
		components: [
			...paths.map((path) => ({
				...componentOf(path),
				scope: 'required',
				hashes: [sha512(packages[relative(root, path)].integrity)]
			})),
			...vocabularies
		]
	};
}

/**
 * A vocabulary in the package as a data component, with its licence.
 * @param {import('../lib/tokenizers/catalogue/shared/descriptor').TokenizerDescriptor} descriptor
 */
function vocabularyComponent({ id, licence, source }) {
	const { name, url, copyright } = licence;
	const isSpdx = ['MIT', 'Apache-2.0'].includes(name);
	return {
		type: 'data',
		'bom-ref': `vocabulary:${id}`,
		name: id,
		description: `Vocabulary from ${source.registry ?? 'npm'}: ${source.package} ${source.version}`,
		licenses: [{ license: isSpdx ? { id: name, url } : { name, url } }],
		...(copyright && { copyright })
	};
}

/** @param {string} path of a package */
function componentOf(path) {
	/** @type {{ name: string, version: string, license: string }} */
	const { name, version, license } = readJson(join(path, 'package.json'));
	const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
	return {
		type: 'library',
		'bom-ref': purl,
		name,
		version,
		purl,
		licenses: [license.includes(' ') ? { expression: license } : { license: { id: license } }]
	};
}

/**
 * Checksum of a package's archive, from its Subresource Integrity value in the lock file.
 * @param {string} integrity
 */
const sha512 = (integrity) => ({
	alg: 'SHA-512',
	content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex')
});

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Licence texts for packages that don't include them as a single file, by package and SPDX expression.
 * @type {Readonly<Record<string, (root: string, path: string) => readonly string[]>>}
 */
const LOOKED_UP = {
	'@bufbuild/protobuf (Apache-2.0 AND BSD-3-Clause)': (root, path) => {
		const served = servedText(root, 'apache-2.0', 'Copyright 2021-2026 Buf Technologies, Inc.');
		// This module starts with the text of the second licence.
		const module = readFileSync(join(path, 'dist/esm/wire/varint.js'), 'utf8');
		const [comment = ''] = /^(?:\/\/.*\n)+/.exec(module) ?? [];
		return [served, comment.replace(/^\/\/ ?/gm, '')];
	},
	// From the LICENSE of its repository, github.com/dqbd/tiktoken.
	'js-tiktoken MIT': (root) => [servedText(root, 'mit', 'Copyright (c) 2022 OpenAI, Shantanu Jain')]
};

/**
 * Describes an installed package with the texts of its licences.
 * @param {string} root of the repository
 * @param {string} path of the package
 * @returns {string}
 * @throws {Error} if a licence of the package's SPDX expression has no text
 */
export function describe(root, path) {
	/** @type {{ name: string, version: string, license?: string, repository?: string | { url: string } }} */
	const { name, version, license, repository } = readJson(join(path, 'package.json'));
	const file = readdirSync(path).find((entry) => /^licen[cs]e([.](md|txt))?$/i.test(entry));
	// For combined or alternative licences and exceptions, a person has to look up the texts.
	const isOne = license !== undefined && !license.includes(' ');
	const texts =
		file && isOne
			? [readFileSync(join(path, file), 'utf8')]
			: (LOOKED_UP[`${name} ${license}`]?.(root, path) ?? []);
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
 * Text of a licence in static/licences with a package's copyright line; '' if it is not there.
 * @param {string} root of the repository
 * @param {string} name
 * @param {string} copyright
 */
function servedText(root, name, copyright) {
	// The part above the dashes is about the vocabularies.
	const [, text] = readFileSync(join(root, `static/licences/${name}.txt`), 'utf8').split(
		/^-{80}\n/m
	);
	return text ? `${copyright}\n\n${text.trim()}` : '';
}
