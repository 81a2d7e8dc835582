/** Rules for the files that GitHub and pre-commit run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../support/yaml';

const FOLDER = resolve(import.meta.dirname, '../../.github');
const WORKFLOWS = readdirSync(join(FOLDER, 'workflows')).map((name) => `workflows/${name}`);

type Step = Readonly<Record<string, unknown>>;

/** Scalar values of a key, at any depth. */
const scalars = (file: unknown, key: string): string[] =>
	mappings(file).flatMap((part) => (typeof part[key] === 'string' ? [part[key]] : []));

function mappings(value: unknown): Step[] {
	if (value === null || typeof value !== 'object') return [];
	const inner = Object.values(value).flatMap(mappings);
	return Array.isArray(value) ? inner : [value as Step, ...inner];
}

describe.each([...WORKFLOWS, 'actions/drift/action.yml'])('%s', (path) => {
	const text = readFileSync(join(FOLDER, path), 'utf8');

	it('uses only Actions of GitHub, pinned by a commit whose version is beside it, without a token in a checkout', async () => {
		const file = await readYaml(text);
		const pinned = /\buses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm;
		expect(scalars(file, 'uses')).toHaveLength(text.match(pinned)?.length ?? 0);
		for (const step of mappings(file)) {
			if (String(step.uses).startsWith('actions/checkout@'))
				expect(step.with).toMatchObject({ 'persist-credentials': 'false' });
		}
	});

	it('puts no expression into a script', async () => {
		const scripts = scalars(await readYaml(text), 'run');
		expect(scripts).not.toEqual([]);
		expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
	});
});

it.each(WORKFLOWS)(
	'%s can only read, apart from jobs that run no code of a dependency',
	async (path) => {
		const { permissions, jobs } = await readYaml(readFileSync(join(FOLDER, path), 'utf8'));
		expect(permissions).toEqual({ contents: 'read' });
		for (const job of Object.values<Step>(jobs)) {
			if (job.permissions === undefined) continue;
			expect(scalars(job, 'run').join('\n')).not.toMatch(
				/npm (ci|install|run|test|exec)|npx|node |bash /
			);
			expect(scalars(job, 'uses').join('\n')).not.toContain('actions/checkout@');
			expect(job.environment).toBeDefined();
		}
	}
);
