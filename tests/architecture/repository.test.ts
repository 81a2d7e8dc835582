import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const EXPECTED = [
	...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'NOTICE', 'README.md', 'SECURITY.md'],
	...['docs', 'eslint.config.js', 'package-lock.json', 'package.json', 'src', 'static'],
	...['svelte.config.js', 'tests', 'tsconfig.json', 'vite.config.ts']
];
const IGNORED = read('.gitignore').split(/\/?\n/);

test('the top level has only the agreed files, dotfiles and what Git ignores', () => {
	// `npm pack`, which other tests run in parallel, builds into `dist.<number>`.
	const names = readdirSync(ROOT).filter((name) => !/^(\.|dist\.\d)/.test(name));
	expect(names.filter((name) => !EXPECTED.includes(name) && !IGNORED.includes(name))).toEqual([]);
});

const MARKDOWN = [
	...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
	...['docs', 'src/decisions'].flatMap((folder) =>
		readdirSync(join(ROOT, folder)).map((name) => join(folder, name))
	),
	'src/ARCHITECTURE.md'
];

/** Anchors that GitHub generates for the headings of a page. */
const anchorsOf = (path: string): string[] =>
	Array.from(read(path).matchAll(/^#+ (.*)$/gm), ([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-')
	);

test.each(MARKDOWN)('the links of %s lead somewhere', (page) => {
	const prose = read(page).replace(/^```[^]*?^```/gm, '');
	const links = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target);
	const dead = links.filter((link) => {
		if (/^[a-z]+:/.test(link)) return false;
		const [file, anchor] = link.split('#');
		const path = file === '' ? page : join(dirname(page), file);
		if (!existsSync(join(ROOT, path))) return true;
		return anchor !== undefined && !anchorsOf(path).includes(anchor);
	});
	expect(dead).toEqual([]);
});

test('no file is larger than 500 kB, and no packed vocabulary than 2 MB', () => {
	const files = ['src', 'static', 'tests'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.map((path) => join(folder, path))
			.filter((path) => !path.startsWith('src/lib/generated'))
	);
	expect(files.length).toBeGreaterThan(1000);
	const limitOf = (path: string) =>
		path.startsWith('src/lib/tokenizers/packed/') ? 2_000_000 : 500_000;
	expect(files.filter((path) => statSync(join(ROOT, path)).size > limitOf(path))).toEqual([]);
});

test('the lock file names no registry, and pins packages without install scripts by their checksum', () => {
	const { packages } = JSON.parse(read('package-lock.json')) as {
		packages: Record<string, { resolved?: string; integrity?: string; hasInstallScript?: boolean }>;
	};
	const { '': own, ...others } = packages;
	expect(own).toBeDefined();
	expect(Object.keys(others).length).toBeGreaterThan(100);
	const wrong = Object.entries(others).filter(
		([, { resolved, integrity, hasInstallScript }]) =>
			resolved !== undefined || hasInstallScript || !integrity?.startsWith('sha512-')
	);
	expect(wrong).toEqual([]);
});
