/** Rules for the files that GitHub and pre-commit run. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapping, readYaml, type Yaml, type YamlMapping } from '../support/yaml';
import { repositoryFiles } from './tree';

const ROOT = resolve(import.meta.dirname, '../..');
const PATHS = repositoryFiles(ROOT).filter((path) => /^\.github\/.*\.ya?ml$/.test(path));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** All mappings in a value. */
function* mappings(value: Yaml): Generator<YamlMapping> {
	if (value === null || typeof value !== 'object') return;
	if (!Array.isArray(value)) yield value;
	for (const part of Object.values(value)) yield* mappings(part);
}

/** Scalars of a key, wherever it is. */
const scalars = (file: Yaml, key: string): string[] =>
	[...mappings(file)].flatMap((part) => {
		const value = part[key];
		return typeof value === 'string' ? [value] : [];
	});

it('finds the workflows and the Action', () => {
	expect(PATHS).toEqual([
		'.github/actions/drift/action.yml',
		'.github/workflows/ci.yml',
		'.github/workflows/full.yml',
		'.github/workflows/pages.yml',
		'.github/workflows/release.yml'
	]);
});

describe.each(PATHS)('%s', (path) => {
	it('uses only Actions of GitHub, pinned by a commit whose version is beside it', async () => {
		const used = scalars(await readYaml(read(path)), 'uses');
		expect(used.filter((name) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
		const lines = read(path).match(/^.*\buses: .*$/gm) ?? [];
		expect(lines).toHaveLength(used.length);
		expect(lines.filter((line) => !/ # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
	});

	it('puts no expression into a script', async () => {
		const scripts = scalars(await readYaml(read(path)), 'run');
		expect(scripts).not.toEqual([]);
		expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
	});

	it('leaves no token in a checkout', async () => {
		const checkouts = [...mappings(await readYaml(read(path)))].filter(
			({ uses }) => typeof uses === 'string' && uses.startsWith('actions/checkout@')
		);
		for (const step of checkouts)
			expect(step.with).toMatchObject({ 'persist-credentials': 'false' });
	});
});

describe.each(PATHS.filter((path) => path.startsWith('.github/workflows/')))('%s', (path) => {
	it('can only read, apart from jobs that run no code of a dependency', async () => {
		const { permissions, jobs } = mapping(await readYaml(read(path)));
		expect(permissions).toEqual({ contents: 'read' });
		for (const job of Object.values(mapping(jobs)).map(mapping)) {
			if (job.permissions === undefined) continue;
			const scripts = scalars(job, 'run').join('\n');
			expect(scripts).not.toMatch(/npm (ci|install|run|test|exec)|npx|node |bash /);
			expect(scalars(job, 'uses').join('\n')).not.toContain('actions/checkout@');
			expect(job.environment).toBeDefined();
		}
	});
});
