/** Generates files from packages and sources, and regenerates them when these change. */
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
	'lib/tokenizers/vocabulary-sample.ts',
	'lib/drift/damage/documents.ts'
];

/** Sources, besides the vocabularies, that the figures about lineages depend on. */
export const LINEAGE_INPUTS = [
	...INPUTS,
	'lib/tokenizers',
	'lib/drift',
	'lib/features/drift/lineages/figures.ts',
	'lib/features/drift/lineages/lineages.ts'
];

/**
 * Generates files unless all of them exist and no input has changed since the last time.
 * @param name of the stamp, which records a hash of the inputs
 * @param make returns the contents by name, relative to the generated folder
 */
export function pack(name: string, make: () => Record<string, string | Uint8Array>): void {
	const hash = hashInputs(INPUTS);
	if (!isFresh(name, hash)) write(name, hash, make());
}

/**
 * Reads a stored result that takes long to compute, or computes it if an input has changed.
 * @param name of the stamp and of the JSON file
 */
export async function remember<T>(
	name: string,
	inputs: readonly string[],
	compute: () => Promise<T>
): Promise<T> {
	const hash = hashInputs(inputs);
	const file = `${name}.json`;
	if (!isFresh(name, hash)) write(name, hash, { [file]: JSON.stringify(await compute()) });
	return JSON.parse(readFileSync(join(generatedFolder, file), 'utf8')) as T;
}

function write(name: string, hash: string, files: Record<string, string | Uint8Array>): void {
	for (const [file, data] of Object.entries(files)) writeAtomic(file, data);
	writeAtomic(stampOf(name), [hash, ...Object.keys(files)].join('\n'));
}

const stampOf = (name: string): string => `${name}.stamp`;

function isFresh(name: string, hash: string): boolean {
	const path = join(generatedFolder, stampOf(name));
	if (!existsSync(path)) return false;
	const [made, ...files] = readFileSync(path, 'utf8').split('\n');
	return made === hash && files.every((file) => existsSync(join(generatedFolder, file)));
}

/** Writes a file atomically, because other processes may be reading or writing it. */
function writeAtomic(name: string, data: string | Uint8Array): void {
	const path = join(generatedFolder, name);
	mkdirSync(dirname(path), { recursive: true });
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, data);
	renameSync(draft, path);
}

function hashInputs(inputs: readonly string[]): string {
	const hash = createHash('sha256');
	for (const path of inputs.flatMap((input) => filesOf(join(sourceFolder, input)))) {
		hash.update(`${path.slice(sourceFolder.length)}\n`).update(readFileSync(path));
	}
	return hash.digest('hex');
}

/** Files at or below a path, sorted, without tests. */
function filesOf(path: string): string[] {
	if (statSync(path).isDirectory()) {
		return readdirSync(path)
			.sort()
			.flatMap((name) => filesOf(join(path, name)));
	}
	return path.endsWith('.test.ts') ? [] : [path];
}
