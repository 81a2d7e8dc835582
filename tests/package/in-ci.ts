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
import type { NativeTokenizer } from '../support/native-library';
import { HAS_GIT, ScratchRepository } from '../support/scratch-repository';
import { list, mapping, readYaml } from '../support/yaml';
import { ADDRESS, Runners, VERSION } from './runners';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers') as {
	Tokenizer: {
		fromFile(path: string): NativeTokenizer & { save(path: string, pretty: boolean): void };
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
			// Bundles the command line, once for all tests.
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

			it('fails for a tokenizer that splits digits differently, with annotations and a summary', async () => {
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

		it('the step of the README that compares two files fails for one that splits digits differently', async () => {
			const repository = repositoryWith('trained/tokenizer.json');
			repository.put({ 'served/tokenizer.json': contentOf('harmful') });
			repository.put({ 'samples/chat.txt': '3333 + 777' });
			const steps = list(await readYaml(twoFiles.code)).map(mapping);
			const { code, summary, outputs } = await runners.workflow(repository.path, steps);
			expect({ code, outputs }).toEqual({ code: 1, outputs: 'verdict=silent\n' });
			expect(summary).toContain('`samples/chat.txt`');
		});

		describe('the Action', () => {
			it('compares a tokenizer with a baseline', async () => {
				const { path } = new ScratchRepository(folder, { 'b.json': contentOf('innocent') });
				const original = join(files, 'original.json');
				const baseline = execFileSync(bin, ['fingerprint', original, '--json']);
				writeFileSync(join(path, 'baseline.json'), baseline);
				const result = await runners.action(path, { baseline: 'baseline.json', b: 'b.json' });
				expect(result).toMatchObject({ code: 0, outputs: 'verdict=formatting-only\n' });
				expect(result.summary).not.toBe('');
			});

			const options = ['--format', 'github', '--fail-on', HOSTILE];
			it.each([
				[
					{ baseline: HOSTILE, b: HOSTILE, a: 'ignored', paths: 'ignored' },
					['diff', ...options, `--baseline=${HOSTILE}`, '--', HOSTILE]
				],
				[
					{ a: HOSTILE, b: HOSTILE, 'embedding-rows': HOSTILE, paths: 'ignored' },
					['diff', ...options, '--embedding-rows', HOSTILE, '--', HOSTILE, HOSTILE]
				],
				[
					{
						base: HOSTILE,
						except: `-x\n${HOSTILE}`,
						text: `-x\n\n${HOSTILE}\n`,
						paths: `-x\n${HOSTILE}`
					},
					[
						...['gate', ...options, '--text=-x', `--text=${HOSTILE}`],
						...['--except=-x', `--except=${HOSTILE}`, `--base=${HOSTILE}`, '--', '-x', HOSTILE]
					]
				]
			])('passes its inputs on as data: %o', async (inputs, args) => {
				const { path } = new ScratchRepository(folder);
				const given = { 'fail-on': HOSTILE, ...inputs };
				const { output } = await runners.action(path, given, runners.makePrinter());
				expect(output.split('\0').slice(0, -1)).toEqual(args);
				expect(existsSync(join(path, 'pwned'))).toBe(false);
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
				expect(await run('a')).toEqual({ code: 2, outputs: 'verdict=\n' });
				expect(await run('a\nc\n')).toEqual({ code: 0, outputs: 'verdict=identical\n' });
			});
		});

		it('the hook of the README passes a tokenizer that was only saved again, and stops a harmful one', async () => {
			const config = mapping(await readYaml(hookConfig.code));
			const [source] = list(config.repos).map(mapping);
			expect(source.repo).toBe(`https://github.com/${ADDRESS}`);
			const configured = mapping(list(source.hooks)[0]);
			const repository = repositoryWith('model/tokenizer.json');
			const stage = (content: Content) => {
				repository.put({ 'model/tokenizer.json': contentOf(content) });
				repository.git('add', '--all');
				return runners.hook(repository, configured);
			};
			expect(await stage('innocent')).toMatchObject({
				code: 0,
				output: expect.stringMatching(/^HEAD:model → model: formatting-only\n/) as string
			});
			expect(await stage('harmful')).toMatchObject({
				code: 1,
				errors: expect.stringMatching(/^bpe-lab: model: silent: .*\n$/) as string
			});
		});

		it('the README has no other workflow', () => expect(rest).toEqual([]));

		describe('the commands of the README', () => {
			const [clone, gate, baseline, comparison, ...others] = snippets('Use it in CI')
				.filter(({ language }) => language === 'sh')
				.map(({ code }) => code.trim());
			const inBash = ({ path }: ScratchRepository, command: string) =>
				runProgram(path, 'bash', ['-e', '-c', command], '', runners.env);

			it('stop a change that splits digits differently', async () => {
				const repository = repositoryWith('tokenizer.json');
				repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
				expect(await inBash(repository, baseline)).toMatchObject({ code: 0, errors: '' });
				repository.put({ 'tokenizer.json': contentOf('harmful') });
				expect(await inBash(repository, gate)).toMatchObject({ code: 1 });
				expect(await inBash(repository, comparison)).toMatchObject({ code: 1 });
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
