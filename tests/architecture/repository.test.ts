import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryFiles } from './tree';

const ROOT = resolve(import.meta.dirname, '../..');
const FILES = repositoryFiles(ROOT);

const TOP_LEVEL = [
	...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'NOTICE', 'README.md', 'SECURITY.md'],
	...['eslint.config.js', 'package-lock.json', 'package.json', 'src', 'static'],
	...['svelte.config.js', 'tests', 'tsconfig.json', 'vite.config.ts']
];

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('the list has this file and no generated one', () => {
	expect(FILES).toContain('tests/architecture/repository.test.ts');
	expect(FILES.filter((path) => /(^|\/)(node_modules|generated)\//.test(path))).toEqual([]);
});

test('the top level has only the agreed files, and dotfiles', () => {
	const names = new Set(FILES.map((path) => path.split('/', 1)[0]));
	const extra = [...names].filter((name) => !name.startsWith('.') && !TOP_LEVEL.includes(name));
	expect(extra).toEqual([]);
});

const limitOf = (path: string) =>
	path.startsWith('src/lib/tokenizers/packed/') ? 2_000_000 : 500_000;

test('no file is larger than 500 kB, and no packed vocabulary than 2 MB', () => {
	const large = FILES.filter(
		(path) => path !== 'package-lock.json' && statSync(join(ROOT, path)).size > limitOf(path)
	);
	expect(large).toEqual([]);
});

test('the lock file names no registry, so that npm uses the configured one', () => {
	expect(read('package-lock.json')).not.toContain('"resolved"');
});

interface LockedPackage {
	readonly integrity?: string;
	readonly hasInstallScript?: boolean;
}

const LOCKED = Object.entries(
	(JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages
).filter(([path]) => path !== '');
const lockedWhere = (isWanted: (locked: LockedPackage) => boolean) =>
	LOCKED.filter(([, locked]) => isWanted(locked)).map(([path]) => path);

test('the lock file pins every package by its checksum', () => {
	expect(LOCKED.length).toBeGreaterThan(100);
	expect(lockedWhere(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('no package runs a script when it is installed', () => {
	expect(lockedWhere(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
});
