/**
 * The package in continuous integration: the Action, the hook of pre-commit and the section "Use it in CI" of the README,
 * in scratch repositories. Their files are read as GitHub and pre-commit read them; only the owner and the package are
 * replaced.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runProgram, type Outcome } from '../support/launcher';
import { readYaml, type Yaml } from '../support/yaml';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers') as {
	Tokenizer: {
		fromFile(path: string): {
			save(path: string, pretty: boolean): void;
			encode(text: string): Promise<{ getIds(): number[] }>;
		};
	};
};

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

export const HAS_GIT = spawnSync('git', ['--version']).status === 0;

/** What people write, and the package that is tested in its place. */
const PUBLISHED = `bpe-lab@${version}`;
const ACTION = 'OWNER/bpe-lab/.github/actions/drift';

type Mapping = Readonly<Record<string, Yaml>>;
const mapping = (value: Yaml | undefined): Mapping => {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Error(`got ${JSON.stringify(value)}, expected a mapping`);
	}
	return value;
};
const list = (value: Yaml | undefined): Yaml[] => {
	if (!Array.isArray(value)) throw new Error(`got ${JSON.stringify(value)}, expected a list`);
	return value;
};
const text = (value: Yaml | undefined): string => {
	if (typeof value !== 'string') throw new Error(`got ${JSON.stringify(value)}, expected a scalar`);
	return value;
};

/** Code blocks of a section of the README, by language. */
function snippets(heading: string): { readonly language: string; readonly code: string }[] {
	const [, section = ''] = read('README.md').split(`\n## ${heading}\n`);
	const [body] = section.split(/\n## /);
	return Array.from(body.matchAll(/```(\w+)\n([^]*?)```/g), ([, language, code]) => ({
		language,
		code
	}));
}

/** A text with characters that a shell, Git and GitHub treat specially. */
const HOSTILE = "$(touch pwned) `touch pwned` ';%0A::error::x|<b>";

/**
 * Registers the tests.
 * @param folder in which scratch repositories are made
 * @param tarball path of the packed file, once it is there
 * @param bin path of the installed command line
 */
export function testInCi(folder: string, tarball: () => string, bin: string): void {
	// `npm ci && npm test` needs Node only.
	describe.skipIf(!HAS_GIT)('in continuous integration, where Git is', () => {
		const files = join(folder, 'tokenizers');
		/** Environment without settings of the machine; npm finds nothing but the packed file. */
		const env: NodeJS.ProcessEnv = {
			PATH: process.env.PATH,
			HOME: join(folder, 'home'),
			GIT_CONFIG_NOSYSTEM: '1',
			GIT_AUTHOR_NAME: 'a',
			GIT_AUTHOR_EMAIL: 'a@example.org',
			GIT_COMMITTER_NAME: 'a',
			GIT_COMMITTER_EMAIL: 'a@example.org',
			npm_config_offline: 'true',
			npm_config_update_notifier: 'false'
		};
		const git = (cwd: string, ...args: string[]) =>
			execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });

		/** Puts the packed file in the place of the published package. */
		const withTarball = (code: string) => code.replaceAll(PUBLISHED, `file:${tarball()}`);

		beforeAll(async () => {
			mkdirSync(join(folder, 'home'));
			mkdirSync(files);
			const original = join(files, 'original.json');
			execFileSync(bin, ['convert', 'gpt2', '--out', original, '--quiet']);
			const native = Tokenizer.fromFile(original);
			native.save(join(files, 'innocent.json'), true);
			const spec = JSON.parse(readFileSync(original, 'utf8')) as { pre_tokenizer: unknown };
			const digits = { type: 'Digits', individual_digits: true };
			spec.pre_tokenizer = { type: 'Sequence', pretokenizers: [digits, spec.pre_tokenizer] };
			writeFileSync(join(files, 'harmful.json'), JSON.stringify(spec));
			const idsOf = async (name: string) => {
				const encoding = await Tokenizer.fromFile(join(files, name)).encode('3333 + 777');
				return encoding.getIds();
			};
			expect(await idsOf('innocent.json')).toEqual(await idsOf('original.json'));
			expect(await idsOf('harmful.json')).not.toEqual(await idsOf('original.json'));
		});

		/** Repository with the original tokenizer, on the branch main. */
		function repository(...paths: string[]): string {
			const path = mkdtempSync(join(folder, 'repository-'));
			git(path, 'init', '--quiet', '--initial-branch=main');
			for (const file of paths) put(path, file, 'original');
			git(path, 'add', '--all');
			git(path, 'commit', '--quiet', '--message=base');
			return path;
		}
		function put(path: string, file: string, content: 'original' | 'innocent' | 'harmful') {
			mkdirSync(dirname(join(path, file)), { recursive: true });
			cpSync(join(files, `${content}.json`), join(path, file));
		}
		/** Branches, commits all, and merges as GitHub does for a pull request. */
		function pullRequest(path: string): void {
			git(path, 'checkout', '--quiet', '-b', 'change');
			git(path, 'add', '--all');
			git(path, 'commit', '--quiet', '--message=change');
			// main went on meanwhile.
			git(path, 'checkout', '--quiet', 'main');
			writeFileSync(join(path, 'other.txt'), 'other');
			git(path, 'add', '--all');
			git(path, 'commit', '--quiet', '--message=other');
			git(path, 'checkout', '--quiet', '-b', 'merge');
			git(path, 'merge', '--quiet', '--no-ff', '--message=merge', 'change');
		}

		interface StepOutcome extends Outcome {
			readonly summary: string;
			/** Output variables. */
			readonly outputs: string;
		}

		/** Runs one step of a workflow or an Action in bash, as GitHub does. */
		async function runStep(cwd: string, step: Mapping, inputs: Mapping = {}): Promise<StepOutcome> {
			const temporary = mkdtempSync(join(folder, 'runner-'));
			const script = join(temporary, 'step.sh');
			writeFileSync(script, text(step.run));
			const summary = join(temporary, 'summary.md');
			const outputs = join(temporary, 'output');
			writeFileSync(outputs, '');
			const stepEnv = Object.entries(mapping(step.env ?? {})).map(([name, value]) => [
				name,
				text(value).replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => {
					if (!Object.hasOwn(inputs, input)) throw new Error(`there is no input ${input}`);
					return text(inputs[input]);
				})
			]);
			const outcome = await runProgram(
				cwd,
				'bash',
				['--noprofile', '--norc', '-e', '-o', 'pipefail', script],
				'',
				{
					...env,
					CI: 'true',
					GITHUB_ACTIONS: 'true',
					GITHUB_STEP_SUMMARY: summary,
					GITHUB_OUTPUT: outputs,
					RUNNER_TEMP: temporary,
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
		async function runAction(cwd: string, given: Mapping = {}): Promise<StepOutcome> {
			const action = mapping(await readYaml(withTarball(read('.github/actions/drift/action.yml'))));
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
				`\${{ steps.${text(step.id)}.outputs.verdict }}`
			);
			expect(step.shell).toBe('bash');
			return runStep(cwd, step, { ...Object.fromEntries(defaults), ...given });
		}

		/** Runs a workflow of the README on the checkout of a pull request; returns what its last step did. */
		async function runWorkflow(path: string, steps: readonly Mapping[]): Promise<StepOutcome> {
			let workspace = path;
			let outcome: StepOutcome | undefined;
			for (const step of steps) {
				const uses = typeof step.uses === 'string' ? step.uses : '';
				if (uses.startsWith('actions/checkout@')) {
					const depth = text(mapping(step.with)['fetch-depth']);
					workspace = mkdtempSync(join(folder, 'workspace-'));
					const address = `file://${path}`;
					git(workspace, 'clone', '--quiet', `--depth=${depth}`, '--branch=merge', address, '.');
				} else if (uses === `${ACTION}@v${version}`) {
					outcome = await runAction(workspace, mapping(step.with ?? {}));
				} else throw new Error(`got a step that uses ${uses}, which the test cannot run`);
			}
			if (!outcome) throw new Error('no step used the Action');
			return outcome;
		}

		/** Runs the hook of this checkout on changed files, as pre-commit does; `null` if it is about none of them. */
		async function runHook(
			path: string,
			given: Mapping = {},
			changed = git(path, 'diff', '--cached', '--name-only', '-z').split('\0').slice(0, -1),
			hookEnv: NodeJS.ProcessEnv = {}
		): Promise<Outcome | null> {
			const hooks = list(await readYaml(withTarball(read('.pre-commit-hooks.yaml')))).map(mapping);
			const hook = hooks.find(({ id }) => id === (given.id ?? 'tokenizer-drift'));
			if (!hook) throw new Error(`there is no hook ${text(given.id)}`);
			const { entry, args, files: pattern, language, pass_filenames } = { ...hook, ...given };
			expect({ language, pass_filenames }).toEqual({ language: 'system', pass_filenames: 'false' });
			if (!changed.some((name) => new RegExp(text(pattern)).test(name))) return null;
			const command = [text(entry), ...list(args).map((arg) => `'${text(arg)}'`)].join(' ');
			return runProgram(path, 'bash', ['-c', command], '', { ...env, ...hookEnv });
		}

		it('the Action, the hook and the README name this version of the package', () => {
			for (const path of [
				'.github/actions/drift/action.yml',
				'.pre-commit-hooks.yaml',
				'README.md'
			]) {
				const named = Array.from(read(path).matchAll(/bpe-lab@(\d[\w.-]*\w)/g), ([, one]) => one);
				expect(new Set(named)).toEqual(new Set([version]));
			}
			expect(read('README.md').match(/rev: v.*/g)).toEqual([`rev: v${version}`]);
		});

		const [workflow, twoFiles, hookConfig, ...rest] = snippets('Use it in CI').filter(
			({ language }) => language === 'yaml'
		);

		describe('the workflow of the README', () => {
			const run = async (path: string) => {
				const file = mapping(await readYaml(workflow.code));
				expect(file.permissions).toEqual({ contents: 'read' });
				const [job] = Object.values(mapping(file.jobs)).map(mapping);
				return runWorkflow(path, list(job.steps).map(mapping));
			};

			it('passes a tokenizer that was only saved again', async () => {
				const path = repository('model/tokenizer.json');
				put(path, 'model/tokenizer.json', 'innocent');
				pullRequest(path);
				const { code, output, errors, summary, outputs } = await run(path);
				expect({ code, errors, outputs }).toEqual({
					code: 0,
					errors: '',
					outputs: 'verdict=formatting-only\n'
				});
				expect(output).toMatch(
					/^::notice title=Tokenizer drift%3A formatting-only,file=model\/tokenizer.json::HEAD\^:model → model%0A.*\n$/
				);
				expect(summary).toMatch(/^# Tokenizer drift: formatting-only\n/);
			});

			it('fails for one that splits digits differently, with annotations and a summary', async () => {
				const path = repository('model/tokenizer.json', 'same/tokenizer.json');
				put(path, 'model/tokenizer.json', 'harmful');
				pullRequest(path);
				const { code, output, errors, summary, outputs } = await run(path);
				expect({ code, outputs }).toEqual({ code: 1, outputs: 'verdict=silent\n' });
				expect(errors).toMatch(/^bpe-lab: model: silent: pre_tokenizer: .*\n$/);
				const annotations = output.trimEnd().split('\n');
				expect(annotations[0]).toMatch(
					/^::error title=Tokenizer drift%3A silent,file=model\/tokenizer.json::/
				);
				expect(annotations.filter((line) => !line.startsWith('::error title='))).toEqual([]);
				expect(summary.match(/^# .*/gm)).toEqual(['# Tokenizer drift: silent']);
				expect(summary).toContain('pre_tokenizer');
			});

			it('passes if no tokenizer has changed, and says so', async () => {
				const path = repository('model/tokenizer.json');
				writeFileSync(join(path, 'readme.txt'), 'text');
				pullRequest(path);
				expect(await run(path)).toMatchObject({
					code: 0,
					output: '',
					errors: 'bpe-lab: no tokenizer has changed since HEAD^\n',
					summary: 'No tokenizer has changed.\n',
					outputs: 'verdict=identical\n'
				});
			});
		});

		describe('the step of the README that compares two files', () => {
			const run = async (served: 'innocent' | 'harmful') => {
				const path = repository('trained/tokenizer.json');
				put(path, 'served/tokenizer.json', served);
				mkdirSync(join(path, 'samples'));
				writeFileSync(join(path, 'samples/chat.txt'), '3333 + 777');
				return runWorkflow(path, list(await readYaml(twoFiles.code)).map(mapping));
			};

			it('passes a file that was only saved again', async () => {
				expect(await run('innocent')).toMatchObject({
					code: 0,
					errors: '',
					outputs: 'verdict=formatting-only\n'
				});
			});

			it('fails for one that splits digits differently', async () => {
				const { code, summary, outputs } = await run('harmful');
				expect({ code, outputs }).toEqual({ code: 1, outputs: 'verdict=silent\n' });
				expect(summary).toContain('`samples/chat.txt`');
			});
		});

		describe('the Action', () => {
			it('takes every input as data', async () => {
				const path = repository('tokenizer.json');
				put(path, 'tokenizer.json', 'innocent');
				pullRequest(path);
				const inputs = ['paths', 'base', 'a', 'b', 'fail-on', 'text', 'embedding-rows', 'package'];
				for (const name of inputs) {
					const { code } = await runAction(path, { [name]: HOSTILE });
					// Without a, b means nothing.
					expect({ name, failed: code !== 0 }).toEqual({ name, failed: name !== 'b' });
				}
				expect(existsSync(join(path, 'pwned'))).toBe(false);
			});

			it('compares files and folders whose names mean something to a shell or to Git', async () => {
				const path = repository('-x/tokenizer.json', ':(exclude)y/tokenizer.json');
				put(path, '-x/tokenizer.json', 'harmful');
				put(path, ':(exclude)y/tokenizer.json', 'harmful');
				pullRequest(path);
				for (const paths of ['', '-x\n:(exclude)y\n']) {
					const { code, output, outputs, errors } = await runAction(path, { paths });
					expect({ code, outputs, errors }).toEqual({
						code: 1,
						outputs: 'verdict=silent\n',
						errors: expect.stringMatching(
							/^bpe-lab: -x: silent: .*; :\(exclude\)y: silent: .*\n$/
						) as string
					});
					expect(output.match(/^::error title=Tokenizer drift/gm)).toHaveLength(2);
				}
			});

			it('runs no package and reads no settings that a pull request brings', async () => {
				const path = repository('tokenizer.json');
				put(path, 'tokenizer.json', 'harmful');
				const bin = join(path, 'node_modules/bpe-lab');
				mkdirSync(join(path, 'node_modules/.bin'), { recursive: true });
				mkdirSync(bin);
				writeFileSync(
					join(bin, 'package.json'),
					JSON.stringify({ name: 'bpe-lab', version, bin: { 'bpe-lab': 'x.js' } })
				);
				writeFileSync(join(bin, 'x.js'), '#!/usr/bin/env node\n');
				writeFileSync(join(path, '.npmrc'), 'script-shell=/bin/true\n');
				pullRequest(path);
				expect(await runAction(path)).toMatchObject({ code: 1, outputs: 'verdict=silent\n' });
			});

			it('says what to do if the base commit was not fetched', async () => {
				const path = repository('tokenizer.json');
				expect(await runAction(path)).toMatchObject({
					code: 2,
					errors: expect.stringMatching(/^bpe-lab: HEAD\^: .*fetch-depth.*\n$/) as string
				});
			});
		});

		describe('the hook', () => {
			const configured = async () => {
				const config = mapping(await readYaml(hookConfig.code));
				const [source] = list(config.repos).map(mapping);
				expect(source.repo).toBe('https://github.com/OWNER/bpe-lab');
				return mapping(list(source.hooks)[0]);
			};
			const stage = async (content: 'innocent' | 'harmful') => {
				const path = repository('model/tokenizer.json');
				put(path, 'model/tokenizer.json', content);
				git(path, 'add', '--all');
				return runHook(path, await configured());
			};

			it('of the README passes a tokenizer that was only saved again', async () => {
				expect(await stage('innocent')).toMatchObject({
					code: 0,
					output: expect.stringMatching(/^HEAD:model → model: formatting-only\n/) as string
				});
			});

			it('of the README stops one that splits digits differently', async () => {
				expect(await stage('harmful')).toMatchObject({
					code: 1,
					errors: expect.stringMatching(/^bpe-lab: model: silent: .*\n$/) as string
				});
			});

			it('does not run for other files', async () => {
				const path = repository('tokenizer.json');
				writeFileSync(join(path, 'my-config.json'), '{}');
				git(path, 'add', '--all');
				expect(await runHook(path)).toBeNull();
			});

			it('compares with the commit that pre-commit was given', async () => {
				const path = repository('tokenizer.json');
				put(path, 'tokenizer.json', 'harmful');
				git(path, 'commit', '--quiet', '--all', '--message=change');
				const from = (PRE_COMMIT_FROM_REF: string) =>
					runHook(path, {}, ['tokenizer.json'], { PRE_COMMIT_FROM_REF });
				expect(await from('')).toMatchObject({ code: 0, output: '' });
				expect(await from('HEAD^')).toMatchObject({ code: 1 });
			});
		});

		it('the README has no other workflow', () => expect(rest).toEqual([]));

		it('the commands of the README pass and fail alike', async () => {
			const commands = snippets('Use it in CI')
				.filter(({ language }) => language === 'sh')
				.map(({ code }) => withTarball(code).trim());
			expect(commands).not.toEqual([]);
			for (const command of commands) {
				for (const [content, code] of [
					['innocent', 0],
					['harmful', 1]
				] as const) {
					const path = repository('tokenizer.json');
					git(path, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
					put(path, 'tokenizer.json', content);
					const outcome = await runProgram(path, 'bash', ['-e', '-c', command], '', env);
					expect({ command, content, code: outcome.code }).toEqual({ command, content, code });
				}
			}
		});
	});
}
