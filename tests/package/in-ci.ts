/**
 * The command line in continuous integration: the Action, the hook of pre-commit and the section "Use it in CI" of the
 * README, in scratch repositories. Their files are read as GitHub and pre-commit read them; only the clone is a copy.
 */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runProgram } from '../support/launcher';
import { HAS_GIT, ScratchRepository } from '../support/scratch-repository';
import { list, mapping, readYaml } from '../support/yaml';
import { ADDRESS, Runners, VERSION } from './runners';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers') as {
	Tokenizer: {
		fromFile(path: string): {
			save(path: string, pretty: boolean): void;
			encode(text: string): Promise<{ getIds(): number[] }>;
		};
	};
};

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Code blocks of a section of the README, by language. */
function snippets(heading: string): { readonly language: string; readonly code: string }[] {
	const [, section = ''] = read('README.md').split(`\n## ${heading}\n`);
	const [body] = section.split(/\n## /);
	return Array.from(body.matchAll(/```(\w+)\n([^]*?)```/g), ([, language, code]) => ({
		language,
		code
	}));
}

const NOTHING = 'compared 0, new 0, gone 0, renamed 0, skipped 0: nothing to compare';

/** A text with characters that a shell, Git and GitHub treat specially. */
const HOSTILE = "$(touch pwned) `touch pwned` ';%0A::error::x|<b>";

/**
 * Registers the tests.
 * @param folder in which scratch repositories are made
 * @param bin path of the installed command line
 */
export function testInCi(folder: string, bin: string): void {
	// `npm ci && npm test` needs Node only.
	describe.skipIf(!HAS_GIT)('in continuous integration, where Git is', () => {
		const files = join(folder, 'tokenizers');
		const runners = new Runners(folder);
		/** A pull request that brings code under every name that might be run. */
		const hostile = new ScratchRepository(folder);

		beforeAll(async () => {
			mkdirSync(files);
			const original = join(files, 'original.json');
			const corpus = join(files, 'corpus.txt');
			writeFileSync(corpus, read('README.md') + '3333 + 777\n'.repeat(9));
			execFileSync(bin, ['train', '--vocab-size', '2000', '--out', original, '--quiet', corpus]);
			Tokenizer.fromFile(original).save(join(files, 'innocent.json'), true);
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
			runners.makeClone();
			const code = "require('node:fs').writeFileSync('pwned', '')\n";
			const modules = ['bpe-lab', 'commander', 'rolldown'].flatMap((name) => [
				[`node_modules/${name}/package.json`, JSON.stringify({ name, bin: 'index.js' })],
				[`node_modules/${name}/index.js`, code]
			]);
			hostile.put({
				...Object.fromEntries(modules),
				'package.json': JSON.stringify({ name: 'x', scripts: { preinstall: 'touch pwned' } }),
				'.npmrc':
					'script-shell=/bin/true\nregistry=http://localhost:9/\nnode-options=--require ./x.cjs\n',
				'x.cjs': code
			});
			// Installs the packages and bundles the command line, once for all tests.
			await runners.hook(hostile, {}, { NODE_OPTIONS: '--require ./x.cjs', CDPATH: '.' });
		});

		type Content = 'original' | 'innocent' | 'harmful';
		const contentOf = (content: Content) => readFileSync(join(files, `${content}.json`));
		/** Repository with the original tokenizer in a commit. */
		const repositoryWith = (...paths: string[]) =>
			new ScratchRepository(
				folder,
				Object.fromEntries(paths.map((path) => [path, contentOf('original')]))
			);

		it('the README names this version', () => {
			const named = read('README.md').match(/(?<=drift@v|rev: v|--branch v|bpe-lab@)\d\S*/g);
			expect(new Set(named)).toEqual(new Set([VERSION]));
		});

		it('nothing is run from the folder of a pull request', () => {
			expect(existsSync(join(runners.clone, 'node_modules/.package-lock.json'))).toBe(true);
			expect(readdirSync(hostile.path)).not.toContain('pwned');
		});

		const [workflow, twoFiles, hookConfig, ...rest] = snippets('Use it in CI').filter(
			({ language }) => language === 'yaml'
		);

		describe('the workflow of the README', () => {
			const run = async ({ path }: ScratchRepository) => {
				const file = mapping(await readYaml(workflow.code));
				expect(file.permissions).toEqual({ contents: 'read' });
				const [job] = Object.values(mapping(file.jobs)).map(mapping);
				return runners.workflow(path, list(job.steps).map(mapping));
			};

			it('passes a tokenizer that was only saved again', async () => {
				const repository = repositoryWith('model/tokenizer.json');
				repository.put({ 'model/tokenizer.json': contentOf('innocent') });
				repository.mergePullRequest();
				const { code, output, errors, summary, outputs } = await run(repository);
				expect({ code, errors, outputs }).toEqual({
					code: 0,
					errors: '',
					outputs: 'verdict=formatting-only\n'
				});
				expect(output).toMatch(
					/^::notice title=Tokenizer drift%3A formatting-only,file=model\/tokenizer.json::HEAD\^:model → model%0A.*\ncompared 1, .*\n$/
				);
				expect(summary).toMatch(/^# Tokenizer drift: formatting-only\n/);
			});

			it('fails for one that splits digits differently, with annotations and a summary', async () => {
				const repository = repositoryWith('model/tokenizer.json', 'same/tokenizer.json');
				repository.put({ 'model/tokenizer.json': contentOf('harmful') });
				repository.mergePullRequest();
				const { code, output, errors, summary, outputs } = await run(repository);
				expect({ code, outputs }).toEqual({ code: 1, outputs: 'verdict=silent\n' });
				expect(errors).toMatch(/^bpe-lab: model: silent: pre_tokenizer: .*\n$/);
				const annotations = output.trimEnd().split('\n').slice(0, -1);
				expect(annotations[0]).toMatch(
					/^::error title=Tokenizer drift%3A silent,file=model\/tokenizer.json::/
				);
				expect(annotations.filter((line: string) => !line.startsWith('::error title='))).toEqual(
					[]
				);
				expect(summary.match(/^# .*/gm)).toEqual(['# Tokenizer drift: silent']);
				expect(summary).toContain('pre_tokenizer');
			});

			it('passes if no tokenizer has changed, and says so', async () => {
				const repository = repositoryWith('model/tokenizer.json');
				repository.put({ 'readme.txt': 'text' });
				repository.mergePullRequest();
				expect(await run(repository)).toMatchObject({
					code: 0,
					output: `${NOTHING}\n`,
					errors: '',
					summary: `${NOTHING}\n`,
					outputs: 'verdict=identical\n'
				});
			});
		});

		describe('the step of the README that compares two files', () => {
			const run = async (served: 'innocent' | 'harmful') => {
				const repository = repositoryWith('trained/tokenizer.json');
				repository.put({ 'served/tokenizer.json': contentOf(served) });
				repository.put({ 'samples/chat.txt': '3333 + 777' });
				return runners.workflow(repository.path, list(await readYaml(twoFiles.code)).map(mapping));
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
			it.each([
				['innocent', 0],
				['harmful', 1]
			] as const)(
				'compares the %s change with a baseline, and exits with %i',
				async (content, code) => {
					const { path } = new ScratchRepository(folder, { 'b.json': contentOf(content) });
					const original = join(files, 'original.json');
					const baseline = execFileSync(bin, ['fingerprint', original, '--json']);
					writeFileSync(join(path, 'baseline.json'), baseline);
					const result = await runners.action(path, { baseline: 'baseline.json', b: 'b.json' });
					expect(result).toMatchObject({
						code,
						outputs: code === 0 ? 'verdict=formatting-only\n' : 'verdict=silent\n'
					});
					expect(result.summary).not.toBe('');
				}
			);

			it('takes every input as data', async () => {
				const repository = repositoryWith('tokenizer.json');
				repository.put({ 'tokenizer.json': contentOf('innocent') });
				repository.mergePullRequest();
				const inputs = [
					'paths',
					'base',
					'a',
					'b',
					'baseline',
					'fail-on',
					'text',
					'embedding-rows',
					'except'
				];
				for (const name of inputs) {
					const { code } = await runners.action(repository.path, { [name]: HOSTILE });
					// Without a and baseline, b means nothing. An exception need not be there.
					const isIgnored = name === 'b' || name === 'except';
					expect({ name, failed: code !== 0 }).toEqual({ name, failed: !isIgnored });
				}
				expect(existsSync(join(repository.path, 'pwned'))).toBe(false);
			});

			it('compares files and folders whose names mean something to a shell or to Git', async () => {
				const repository = repositoryWith('-x/tokenizer.json', ':(exclude)y/tokenizer.json');
				repository.put({ '-x/tokenizer.json': contentOf('harmful') });
				repository.put({ ':(exclude)y/tokenizer.json': contentOf('harmful') });
				repository.mergePullRequest();
				for (const paths of ['', '-x\n:(exclude)y\n']) {
					const { code, output, outputs, errors } = await runners.action(repository.path, {
						paths
					});
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

			it('leaves out what it is told to, and has no verdict if something cannot be compared', async () => {
				const repository = repositoryWith('a/tokenizer.json', 'b/tokenizer.json');
				repository.git('rm', '-r', '--quiet', 'a');
				symlinkSync('/etc', join(repository.path, 'c'));
				repository.mergePullRequest();
				const run = async (except: string) => {
					const { code, outputs } = await runners.action(repository.path, { except });
					return { code, outputs };
				};
				expect(await run('c')).toEqual({ code: 1, outputs: 'verdict=crash\n' });
				expect(await run('a')).toEqual({ code: 2, outputs: 'verdict=\n' });
				expect(await run('a\nc\n')).toEqual({ code: 0, outputs: 'verdict=identical\n' });
			});

			it('says what to do if the base commit was not fetched', async () => {
				const repository = repositoryWith('tokenizer.json');
				expect(await runners.action(repository.path)).toMatchObject({
					code: 2,
					errors: expect.stringMatching(/^bpe-lab: HEAD\^: .*fetch-depth.*\n$/) as string
				});
			});
		});

		describe('the hook', () => {
			const configured = async () => {
				const config = mapping(await readYaml(hookConfig.code));
				const [source] = list(config.repos).map(mapping);
				expect(source.repo).toBe(`https://github.com/${ADDRESS}`);
				return mapping(list(source.hooks)[0]);
			};
			const stage = async (content: 'innocent' | 'harmful') => {
				const repository = repositoryWith('model/tokenizer.json');
				repository.put({ 'model/tokenizer.json': contentOf(content) });
				repository.git('add', '--all');
				return runners.hook(repository, await configured());
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

			it('stops a commit that only deletes a tokenizer', async () => {
				const repository = repositoryWith('any.json');
				repository.git('rm', '--quiet', 'any.json');
				expect(await runners.hook(repository)).toMatchObject({
					code: 1,
					errors: expect.stringMatching(
						/^bpe-lab: any.json: this tokenizer is gone, .*\n$/
					) as string
				});
			});

			it('compares with the commit that pre-commit was given', async () => {
				const repository = repositoryWith('tokenizer.json');
				repository.put({ 'tokenizer.json': contentOf('harmful') });
				repository.commit();
				const from = (PRE_COMMIT_FROM_REF: string) =>
					runners.hook(repository, {}, { PRE_COMMIT_FROM_REF });
				expect(await from('')).toMatchObject({ code: 0, output: `${NOTHING}\n` });
				expect(await from('HEAD^')).toMatchObject({ code: 1 });
			});
		});

		it('the README has no other workflow', () => expect(rest).toEqual([]));

		describe('the commands of the README', () => {
			const [clone, gate, baseline, comparison, ...others] = snippets('Use it in CI')
				.filter(({ language }) => language === 'sh')
				.map(({ code }) => code.trim());
			const inBash = ({ path }: ScratchRepository, command: string) =>
				runProgram(path, 'bash', ['-e', '-c', command], '', runners.env);

			it.each([
				['innocent', 0],
				['harmful', 1]
			] as const)('exit for the %s change with %i', async (content, code) => {
				const repository = repositoryWith('tokenizer.json');
				repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
				expect(await inBash(repository, baseline)).toMatchObject({ code: 0, errors: '' });
				repository.put({ 'tokenizer.json': contentOf(content) });
				expect(await inBash(repository, gate)).toMatchObject({ code });
				expect(await inBash(repository, comparison)).toMatchObject({ code });
			});

			it('begin with the clone, and are no others', () => {
				expect(clone).toBe(
					`git clone --depth 1 --branch v${VERSION} https://github.com/${ADDRESS} ~/bpe-lab`
				);
				expect(others).toEqual([]);
			});
		});
	});
}
