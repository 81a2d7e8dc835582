/** Runs the Action, the hook and workflows as GitHub and pre-commit do, with a copy of this repository in place of their clone. */
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
import { ROOT, runProgram, type Outcome } from '../support/launcher';
import { IS_FULL } from '../support/size';
import { GIT_ENV, type ScratchRepository } from '../support/scratch-repository';
import { list, mapping, readYaml, scalar, type YamlMapping } from '../support/yaml';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version, repository: project } = JSON.parse(read('package.json')) as {
	version: string;
	repository: { url: string };
};

export const VERSION = version;

/** `OWNER/bpe-lab`, whoever the owner is. */
export const [, ADDRESS = ''] = /github\.com\/(.*)\.git$/.exec(project.url) ?? [];
const ACTION = `${ADDRESS}/.github/actions/drift`;

/** Outcome of a step of a workflow. */
export interface StepOutcome extends Outcome {
	/** Its job summary. */
	readonly summary: string;
	/** Its output variables. */
	readonly outputs: string;
}

/** Runs steps of workflows and hooks in a scratch folder. */
export class Runners {
	readonly #folder: string;
	/** The clone of this repository in the home folder, where the README puts it. */
	readonly clone: string;
	/** Environment without the settings of the machine. npm installs what `npm ci` has left in its cache. */
	readonly env: NodeJS.ProcessEnv;

	/** @param folder of a user */
	constructor(folder: string) {
		this.#folder = folder;
		this.clone = join(folder, 'bpe-lab');
		this.env = {
			PATH: process.env.PATH,
			HOME: folder,
			...GIT_ENV,
			npm_config_cache: execFileSync('npm', ['config', 'get', 'cache'], {
				encoding: 'utf8'
			}).trim(),
			npm_config_offline: 'true',
			npm_config_update_notifier: 'false'
		};
	}

	/**
	 * Copies the files of this repository, without what Git ignores. At full size the first run installs the packages;
	 * otherwise the clone has links to those here.
	 */
	makeClone(): void {
		const ignored = ['.git', ...read('.gitignore').split(/\W*\n/)].map((path) => basename(path));
		cpSync(ROOT, this.clone, {
			recursive: true,
			filter: (path) => !ignored.includes(basename(path))
		});
		if (IS_FULL) return;
		const [packages, linked] = [ROOT, this.clone].map((path) => join(path, 'node_modules'));
		mkdirSync(linked);
		// Bundles of the command line are made from the clone's own sources.
		const names = readdirSync(packages).filter((name) => name !== '.cache');
		for (const name of names) symlinkSync(join(packages, name), join(linked, name));
	}

	/** Makes a clone whose command line prints its arguments, each with a NUL after it. */
	makePrinter(): string {
		const clone = mkdtempSync(join(this.#folder, 'printer-'));
		mkdirSync(join(clone, '.github/actions/drift'), { recursive: true });
		mkdirSync(join(clone, 'src/cli'), { recursive: true });
		const script = '#!/bin/sh\nprintf "%s\\0" "$@"\n';
		writeFileSync(join(clone, 'src/cli/bpe-lab'), script, { mode: 0o755 });
		return clone;
	}

	/** Runs one step of a workflow or an Action in bash, as GitHub does. */
	async #step(
		cwd: string,
		step: YamlMapping,
		inputs: YamlMapping,
		clone: string
	): Promise<StepOutcome> {
		const temporary = mkdtempSync(join(this.#folder, 'runner-'));
		const script = join(temporary, 'step.sh');
		writeFileSync(script, scalar(step.run));
		const summary = join(temporary, 'summary.md');
		const outputs = join(temporary, 'output');
		writeFileSync(outputs, '');
		const stepEnv = Object.entries(mapping(step.env ?? {})).map(([name, value]) => [
			name,
			scalar(value).replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => {
				if (!Object.hasOwn(inputs, input)) throw new Error(`there is no input ${input}`);
				return scalar(inputs[input]);
			})
		]);
		const outcome = await runProgram(
			cwd,
			'bash',
			['--noprofile', '--norc', '-e', '-o', 'pipefail', script],
			'',
			{
				...this.env,
				CI: 'true',
				GITHUB_ACTIONS: 'true',
				GITHUB_STEP_SUMMARY: summary,
				GITHUB_OUTPUT: outputs,
				GITHUB_ACTION_PATH: join(clone, '.github/actions/drift'),
				...Object.fromEntries(stepEnv)
			}
		);
		return {
			...outcome,
			summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
			outputs: readFileSync(outputs, 'utf8')
		};
	}

	/** Runs the Action of this checkout. @param given inputs, as a workflow gives them */
	async action(cwd: string, given: YamlMapping = {}, clone = this.clone): Promise<StepOutcome> {
		const action = mapping(await readYaml(read('.github/actions/drift/action.yml')));
		const declared = mapping(action.inputs);
		const unknown = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
		expect(unknown).toEqual([]);
		const defaults = Object.entries(declared).map(([name, input]) => [
			name,
			mapping(input).default
		]);
		const { using, steps } = mapping(action.runs);
		expect(using).toBe('composite');
		const [step, ...others] = list(steps).map(mapping);
		expect(others).toEqual([]);
		expect(mapping(mapping(action.outputs).verdict).value).toBe(
			`\${{ steps.${scalar(step.id)}.outputs.verdict }}`
		);
		expect(step.shell).toBe('bash');
		return this.#step(cwd, step, { ...Object.fromEntries(defaults), ...given }, clone);
	}

	/** Runs a workflow of the README on the checkout of a pull request; returns what its last step did. */
	async workflow(path: string, steps: readonly YamlMapping[]): Promise<StepOutcome> {
		let workspace = path;
		let outcome: StepOutcome | undefined;
		for (const step of steps) {
			const uses = typeof step.uses === 'string' ? step.uses : '';
			if (uses.startsWith('actions/checkout@')) {
				const depth = scalar(mapping(step.with)['fetch-depth']);
				workspace = mkdtempSync(join(this.#folder, 'workspace-'));
				const clone = ['clone', '--quiet', `--depth=${depth}`, '--branch=merge', `file://${path}`];
				execFileSync('git', [...clone, workspace], { env: this.env });
			} else if (uses === `${ACTION}@v${VERSION}`) {
				outcome = await this.action(workspace, mapping(step.with ?? {}));
			} else throw new Error(`got a step that uses ${uses}, which the test cannot run`);
		}
		if (!outcome) throw new Error('no step used the Action');
		return outcome;
	}

	/** Runs the hook of this checkout, as pre-commit does. */
	async hook(
		{ path }: ScratchRepository,
		given: YamlMapping = {},
		hookEnv: NodeJS.ProcessEnv = {}
	): Promise<Outcome> {
		const hooks = list(await readYaml(read('.pre-commit-hooks.yaml'))).map(mapping);
		const hook = hooks.find(({ id }) => id === (given.id ?? 'tokenizer-drift'));
		if (!hook) throw new Error(`there is no hook ${scalar(given.id)}`);
		const { entry, language, pass_filenames, always_run } = { ...hook, ...given };
		expect({ language, pass_filenames, always_run }).toEqual({
			language: 'script',
			pass_filenames: 'false',
			always_run: 'true'
		});
		const [script, ...args] = scalar(entry).split(' ');
		return runProgram(path, join(this.clone, script), args, '', { ...this.env, ...hookEnv });
	}
}
