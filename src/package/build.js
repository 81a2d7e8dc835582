/**
 * Builds the npm package into `dist`: the bundled command line, the libraries with their types, the Spark job, and the
 * packed vocabularies and texts. `npm pack` runs it. Identical sources result in identical bytes.
 *
 *     node src/package/build.js [FOLDER]
 */
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateFiles, writeBundle } from '../cli/bundle.js';
import { writeLicences } from './licences.js';
import { writeTypes } from './types.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GENERATED = join(root, 'src/lib/generated');
const LIBRARIES = ['index', 'tokenizers', 'drift', 'languages'];

/** Generated files needed only by pages, tests or the generator. */
const NOT_SHIPPED = /^lab-|^(lineages|parents)[.]|[.]stamp$|^corpora$|^first[.]bin$/;

/**
 * Builds the package.
 * @param {string} folder replaced once the build is complete
 * @returns {Promise<void>}
 * @throws {Error} if a source does not compile or a package is missing
 */
export async function buildPackage(folder) {
	const draft = `${folder}.${process.pid}`;
	try {
		mkdirSync(draft, { recursive: true });
		await generateFiles(root, join(draft, 'generate'));
		const files = copyFiles(join(draft, 'files'));
		const bundles = await Promise.all([writeLibraries(draft, files), writeCommands(draft)]);
		mkdirSync(join(draft, 'spark'));
		cpSync(join(root, 'src/spark/count.py'), join(draft, 'spark/count.py'));
		writeTypes(root, draft);
		/** @type {typeof import('./tokenizers')} */
		const library = await import(pathToFileURL(join(draft, 'tokenizers.js')).href);
		bundles.push(await writeTokenizers(draft, library));
		writeLicences(root, draft, bundles, library.CATALOGUE);
		rmSync(folder, { recursive: true, force: true });
		renameSync(draft, folder);
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
}

/**
 * Copies the files that the package reads at run time.
 * @param {string} target folder
 * @returns {string[]} sorted file names, relative to the target folder
 */
function copyFiles(target) {
	const names = readdirSync(GENERATED, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(GENERATED.length + 1))
		.filter((path) => !path.split('/').some((part) => NOT_SHIPPED.test(part)))
		.sort();
	for (const name of names) {
		mkdirSync(dirname(join(target, name)), { recursive: true });
		cpSync(join(GENERATED, name), join(target, name));
	}
	return names;
}

/**
 * @param {string} dir
 * @param {readonly string[]} files that the package ships
 */
const writeLibraries = (dir, files) =>
	writeBundle(root, dir, {
		input: Object.fromEntries(LIBRARIES.map((name) => [name, `src/package/${name}.ts`])),
		// The libraries also run in browsers, so they do not import Node modules.
		platform: 'browser',
		plugins: [spellOutAddresses(files), withoutFileSystem]
	});

/** @param {string} dir */
const writeCommands = (dir) =>
	writeBundle(root, join(dir, 'cli'), {
		input: { thread: 'src/cli/thread.ts', bin: 'src/package/bin.js' },
		platform: 'node',
		// In the package, the command line reads `files/` instead of the generated folder.
		plugins: [replaceIn('/cli/tokenizer.ts', '../lib/generated/', '../files/')]
	});

/**
 * Writes one module per tokenizer. A module refers only to the files that its tokenizer needs.
 * @param {string} dir
 * @param {typeof import('./tokenizers')} library
 */
const writeTokenizers = (dir, { CATALOGUE, getDescriptor, withAncestors }) =>
	writeBundle(root, join(dir, 'tokenizers'), {
		input: Object.fromEntries(CATALOGUE.map(({ id }) => [id, `tokenizer:${id}`])),
		platform: 'browser',
		plugins: [
			{
				name: 'bpe-lab:tokenizers',
				resolveId: (id) => (id.startsWith('tokenizer:') ? `\0${id}` : null),
				load(id) {
					if (!id.startsWith('\0tokenizer:')) return null;
					const names = withAncestors(getDescriptor(id.slice('\0tokenizer:'.length)));
					const addresses = names.map(
						(name) =>
							`${JSON.stringify(`${name}.bin`)}: () => new URL('../files/${name}.bin', import.meta.url)`
					);
					const source = JSON.stringify(join(root, 'src/package/one-tokenizer.ts'));
					return `import { loaderOf } from ${source};\nexport const loadTokenizer = loaderOf({ ${addresses.join(', ')} });`;
				}
			}
		]
	});

/**
 * Makes the libraries read the package's files instead of the generated ones, and writes all the files' URLs in full,
 * because bundlers copy a file only if they find its URL in this form.
 * @param {readonly string[]} files
 */
const spellOutAddresses = (files) => {
	const entries = files.map(
		(name) => `${JSON.stringify(name)}: () => new URL('./files/${name}', import.meta.url)`
	);
	return replaceIn(
		'/package/locate-file.ts',
		'new URL(`../lib/generated/${name}`, import.meta.url)',
		`({\n${entries.join(',\n')}\n})[name]()`
	);
};

/**
 * Node modules that transformers.js imports. With these modules replaced by empty ones, transformers.js runs as it
 * would in a browser. It then has no file system, but its tokenizers don't need one.
 */
const FILE_SYSTEM = ['fs', 'path', 'url'];

/** @type {import('rolldown').Plugin} */
const withoutFileSystem = {
	name: 'bpe-lab:no-file-system',
	resolveId: (id) => (FILE_SYSTEM.includes(id) ? `\0${id}` : null),
	load: (id) => (FILE_SYSTEM.includes(id.replace('\0', '')) ? 'export default {};' : null)
};

/**
 * Replaces a string in a module.
 * @param {string} module end of the module's path
 * @param {string} found
 * @param {string} replacement
 * @returns {import('rolldown').Plugin}
 */
const replaceIn = (module, found, replacement) => ({
	name: 'bpe-lab:files',
	transform(code, id) {
		if (!id.endsWith(module)) return null;
		if (!code.includes(found)) throw new Error(`${id}: expected ${found}`);
		return code.replace(found, () => replacement);
	}
});

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await buildPackage(resolve(process.argv[2] ?? join(root, 'dist')));
}
