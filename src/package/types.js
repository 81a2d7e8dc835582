/** Writes the declarations of the package's libraries. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import ts from 'typescript';

/**
 * Writes a `.d.ts` for each entry and for every module that it needs, with relative imports that end in `.js`, as Node
 * resolves them.
 * @param {string} root of the repository
 * @param {readonly string[]} entries names in src/package
 * @param {string} folder that gets `types/`
 * @throws {Error} if the sources do not compile, or a declaration needs another package
 */
export function writeTypes(root, entries, folder) {
	const emitted = declarations(root);
	const pending = entries.map((name) => `package/${name}.d.ts`);
	const reached = new Set(pending);
	for (const path of pending) {
		const text = emitted.get(path);
		if (text === undefined) throw new Error(`${path}: no such declaration`);
		const target = join(folder, 'types', path);
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(
			target,
			rewriteImports(text, (specifier) => {
				if (!specifier.startsWith('.')) {
					throw new Error(
						`${path}: got an import of ${specifier}, expected none of other packages`
					);
				}
				const module = posix.join(posix.dirname(path), specifier).replace(/[.]ts$/, '');
				const found = [`${module}.d.ts`, `${module}/index.d.ts`].find((name) => emitted.has(name));
				if (!found)
					throw new Error(`${path}: got an import of ${specifier}, which has no declaration`);
				if (!reached.has(found)) {
					reached.add(found);
					pending.push(found);
				}
				const address = posix.relative(posix.dirname(path), found.replace(/[.]d[.]ts$/, '.js'));
				return address.startsWith('.') ? address : `./${address}`;
			})
		);
	}
}

/**
 * Declarations of all modules, by their paths relative to `src`.
 * @param {string} root
 */
function declarations(root) {
	const config = join(root, 'src/package/tsconfig.json');
	/** @type {ts.ParseConfigFileHost} */
	const host = {
		...ts.sys,
		onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic])
	};
	const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host);
	if (!parsed) throw new Error(`${config}: cannot be read`);
	const source = join(root, 'src');
	const program = ts.createProgram(parsed.fileNames, { ...parsed.options, outDir: source });
	/** @type {Map<string, string>} */
	const emitted = new Map();
	const { diagnostics } = program.emit(undefined, (path, text) => {
		emitted.set(relative(source, path), text);
	});
	if (diagnostics.length > 0) fail(diagnostics);
	return emitted;
}

/**
 * @param {string} text of a declaration
 * @param {(specifier: string) => string} rewrite
 */
function rewriteImports(text, rewrite) {
	const { importedFiles } = ts.preProcessFile(text, true, true);
	let rewritten = '';
	let at = 0;
	// The positions are those of the specifier without its first quote, up to the last one.
	for (const { fileName, pos } of importedFiles.toSorted((a, b) => a.pos - b.pos)) {
		const start = text.indexOf(fileName, pos);
		rewritten += text.slice(at, start) + rewrite(fileName);
		at = start + fileName.length;
	}
	return rewritten + text.slice(at);
}

/**
 * @param {readonly ts.Diagnostic[]} diagnostics
 * @returns {never}
 */
function fail(diagnostics) {
	throw new Error(
		ts.formatDiagnostics(diagnostics, {
			getCanonicalFileName: (name) => name,
			getCurrentDirectory: () => process.cwd(),
			getNewLine: () => '\n'
		})
	);
}
