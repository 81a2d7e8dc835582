/** Files that are made from packages and sources, and made again when one of those changes. */
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
import { packageVersion, sourceFolder } from './vocabularies/packages';

export const generatedFolder = join(sourceFolder, 'lib/generated');

/** What files are made from: npm packages, and files or folders of `src`. */
export interface BuildInputs {
	readonly packages: readonly string[];
	readonly sources: readonly string[];
}

/**
 * Makes `files` anew unless all are there and `stamp` says that their makers have not changed.
 * Names are relative to the generated folder.
 */
export function refresh(
	stamp: string,
	makers: BuildInputs,
	files: readonly string[],
	make: () => void
): void {
	const current = stampOf(makers);
	if (isFresh(stamp, current, files)) return;
	make();
	writeAtomic(stamp, current);
}

function isFresh(stamp: string, current: string, files: readonly string[]): boolean {
	const stampFile = join(generatedFolder, stamp);
	return (
		existsSync(stampFile) &&
		readFileSync(stampFile, 'utf8') === current &&
		files.every((file) => existsSync(join(generatedFolder, file)))
	);
}

/** Writes a file that appears whole or not at all: others may be reading, or making the same. */
export function writeAtomic(name: string, data: string | Uint8Array): void {
	const path = join(generatedFolder, name);
	mkdirSync(dirname(path), { recursive: true });
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, data);
	renameSync(draft, path);
}

/** Changes when a source package or one of the makers changes. */
function stampOf({ packages, sources }: BuildInputs): string {
	const hash = createHash('sha256');
	for (const name of packages) hash.update(`${name}@${packageVersion(name)}\n`);
	for (const path of sources.flatMap((maker) => filesOf(join(sourceFolder, maker)))) {
		hash.update(readFileSync(path));
	}
	return hash.digest('hex');
}

/** The source files at or below a path, tests apart, in order. */
function filesOf(path: string): string[] {
	if (statSync(path).isDirectory()) {
		return readdirSync(path)
			.sort()
			.flatMap((name) => filesOf(join(path, name)));
	}
	return path.endsWith('.ts') && !path.endsWith('.test.ts') ? [path] : [];
}
