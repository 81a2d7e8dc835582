/** Makes files from packages and sources, again whenever one of these changes. */
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceFolder } from './packages';

export const generatedFolder = join(sourceFolder, 'lib/generated');

/** Sources of the generated files, relative to `src`. */
export const INPUTS = [
	'../package-lock.json',
	'tools',
	'lib/engine',
	'lib/languages',
	'lib/tokenizers/catalogue',
	'lib/tokenizers/packed',
	'lib/drift/damage/documents.ts'
];

/**
 * Makes files unless all files of the last time exist and no input has changed since.
 * @param name of the stamp, which has a hash of the inputs
 * @param make returns the contents by name, relative to the generated folder
 */
export function pack(name: string, make: () => Record<string, string | Uint8Array>): void {
	const stamp = `${name}.stamp`;
	const inputs = hashInputs();
	if (isFresh(stamp, inputs)) return;
	const files = make();
	for (const [file, data] of Object.entries(files)) writeAtomic(file, data);
	writeAtomic(stamp, [inputs, ...Object.keys(files)].join('\n'));
}

function isFresh(stamp: string, inputs: string): boolean {
	const path = join(generatedFolder, stamp);
	if (!existsSync(path)) return false;
	const [made, ...files] = readFileSync(path, 'utf8').split('\n');
	return made === inputs && files.every((file) => existsSync(join(generatedFolder, file)));
}

/** Writes a file atomically, because other processes may read it, or write the same. */
function writeAtomic(name: string, data: string | Uint8Array): void {
	const path = join(generatedFolder, name);
	mkdirSync(dirname(path), { recursive: true });
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, data);
	renameSync(draft, path);
}

function hashInputs(): string {
	const hash = createHash('sha256');
	for (const path of INPUTS.flatMap((input) => filesOf(join(sourceFolder, input)))) {
		hash.update(`${path.slice(sourceFolder.length)}\n`).update(readFileSync(path));
	}
	return hash.digest('hex');
}

/** The files at or below a path, in order, without tests. */
function filesOf(path: string): string[] {
	if (statSync(path).isDirectory()) {
		return readdirSync(path)
			.sort()
			.flatMap((name) => filesOf(join(path, name)));
	}
	return path.endsWith('.test.ts') ? [] : [path];
}
