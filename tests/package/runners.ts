/**
 * Runs the Action, the hook and workflows the way GitHub and pre-commit do, but with a copy of this repository instead
 * of a clone.
 */
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { ROOT, runProgram } from '../support/launcher';
import { IS_FULL } from '../support/size';
import { GIT_ENV, type ScratchRepository } from '../support/scratch-repository';
import { readYaml } from '../support/yaml';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version, repository } = JSON.parse(read('package.json')) as {
	version: string;
	repository: { url: string };
};

export const VERSION = version;

/** The repository on GitHub, as `OWNER/bpe-lab`. */
export const [, ADDRESS = ''] = /github\.com\/(.*)\.git$/.exec(repository.url) ?? [];

export type Inputs = Readonly<Record<string, string>>;
interface Step {
	readonly uses?: string;
	readonly with?: Inputs;
}

/**
 * @param folder a user's home folder
 * @returns functions that run the Action, workflows and the hook in that folder
 */
export function runnersIn(folder: string) {
	/** The clone of this repository in the home folder, where docs/ci.md puts it. */
	const clone = join(folder, 'bpe-lab');
	const npmCache = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim();
	/** Environment without this machine's settings. npm installs from the cache that `npm ci` has filled. */
	const env = {
		PATH: process.env.PATH,
		HOME: folder,
		...GIT_ENV,
		npm_config_cache: npmCache,
		npm_config_offline: 'true',
		npm_config_update_notifier: 'false'
	};

	/**
	 * Copies the files of this repository, except those that Git ignores. When the tests run at full size, the clone
	 * installs its packages and packs its vocabularies the first time it is used. Otherwise, the clone uses this
	 * repository's packages and vocabularies.
	 */
	function makeClone(): void {
		const ignored = ['.git', ...read('.gitignore').split(/\W*\n/)].map((path) => basename(path));
		cpSync(ROOT, clone, { recursive: true, filter: (path) => !ignored.includes(basename(path)) });
		if (IS_FULL) return;
		const generated = 'src/lib/generated';
		cpSync(join(ROOT, generated), join(clone, generated), { recursive: true });
		const [packages, linked] = [ROOT, clone].map((path) => join(path, 'node_modules'));
		mkdirSync(linked);
		// The command line's bundles must come from the clone's own sources.
		const names = readdirSync(packages).filter((name) => name !== '.cache');
		for (const name of names) symlinkSync(join(packages, name), join(linked, name));
	}

	/** Creates a clone whose command line prints its arguments, each followed by a NUL. */
	function makePrinter(): string {
		const printer = mkdtempSync(join(folder, 'printer-'));
		mkdirSync(join(printer, '.github/actions/drift'), { recursive: true });
		mkdirSync(join(printer, 'src/cli'), { recursive: true });
		const script = '#!/bin/sh\nprintf "%s\\0" "$@"\n';
		writeFileSync(join(printer, 'src/cli/bpe-lab'), script, { mode: 0o755 });
		return printer;
	}

	/** Runs this checkout's Action in bash, the way GitHub does. @param given inputs from the workflow */
	async function action(cwd: string, given: Inputs = {}, home = clone) {
		const { inputs, outputs, runs } = await readYaml(read('.github/actions/drift/action.yml'));
		const [step, ...others] = runs.steps;
		expect({ using: runs.using, shell: step.shell, others }).toEqual({
			using: 'composite',
			shell: 'bash',
			others: []
		});
		expect(outputs.verdict.value).toBe(`\${{ steps.${step.id}.outputs.verdict }}`);
		const valueOf = (input: string): string => {
			if (!Object.hasOwn(inputs, input)) throw new Error(`there is no input ${input}`);
			return given[input] ?? inputs[input].default;
		};
		for (const input of Object.keys(given)) valueOf(input);
		const stepEnv = Object.entries<string>(step.env).map(([name, value]) => [
			name,
			value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => valueOf(input))
		]);
		const temporary = mkdtempSync(join(folder, 'runner-'));
		const [script, summary, output] = ['step.sh', 'summary.md', 'output'].map((name) =>
			join(temporary, name)
		);
		writeFileSync(script, step.run);
		writeFileSync(output, '');
		const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', script];
		const outcome = await runProgram(cwd, 'bash', args, '', {
			...env,
			CI: 'true',
			GITHUB_ACTIONS: 'true',
			GITHUB_STEP_SUMMARY: summary,
			GITHUB_OUTPUT: output,
			GITHUB_ACTION_PATH: join(home, '.github/actions/drift'),
			...Object.fromEntries(stepEnv)
		});
		return {
			...outcome,
			summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
			outputs: readFileSync(output, 'utf8')
		};
	}

	/** Runs a workflow from docs/ci.md on a pull request's checkout. @returns the outcome of the last step */
	async function workflow(path: string, steps: readonly Step[]) {
		let workspace = path;
		let outcome: Awaited<ReturnType<typeof action>> | undefined;
		for (const { uses = '', with: given = {} } of steps) {
			if (uses.startsWith('actions/checkout@')) {
				workspace = mkdtempSync(join(folder, 'workspace-'));
				const depth = `--depth=${given['fetch-depth']}`;
				const args = ['clone', '--quiet', depth, '--branch=merge', `file://${path}`, workspace];
				execFileSync('git', args, { env });
			} else {
				expect(uses).toBe(`${ADDRESS}/.github/actions/drift@v${VERSION}`);
				outcome = await action(workspace, given);
			}
		}
		if (!outcome) throw new Error('no step used the Action');
		return outcome;
	}

	/** Runs this checkout's hook the way pre-commit does. */
	async function hook({ path }: ScratchRepository, given: Inputs = {}, hookEnv: Inputs = {}) {
		const [declared, ...others] = await readYaml(read('.pre-commit-hooks.yaml'));
		const { entry, ...settings } = { ...declared, ...given };
		expect(others).toEqual([]);
		expect(settings).toMatchObject({
			...{ id: 'tokenizer-drift', language: 'script' },
			...{ pass_filenames: 'false', always_run: 'true' }
		});
		const [script, ...args] = entry.split(' ');
		return runProgram(path, join(clone, script), args, '', { ...env, ...hookEnv });
	}

	return { clone, env, makeClone, makePrinter, action, workflow, hook };
}
