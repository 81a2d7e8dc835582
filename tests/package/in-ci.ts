/**
 * The command line in continuous integration: the Action, the pre-commit hook and the snippets in docs/ci.md, run in
 * scratch repositories. A copy of this repository stands in for the clone.
 */
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HARMFUL, INNOCENT, ORIGINAL } from '../support/gate-repository';
import { ROOT, runProgram } from '../support/launcher';
import { HAS_GIT, ScratchRepository } from '../support/scratch-repository';
import { readYaml } from '../support/yaml';
import { ADDRESS, runnersIn, VERSION } from './runners';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Code blocks in a given language on a page. */
const snippets = (language: string, page = 'docs/ci.md'): string[] => {
	const blocks = read(page).matchAll(/```(\w+)\n([^]*?)```/g);
	return Array.from(blocks).flatMap(([, name, code]) => (name === language ? [code.trim()] : []));
};

/** Text with characters that have a special meaning for a shell, Git or GitHub. */
const HOSTILE = "$(touch pwned) `touch pwned` ';%0A::error::x|<b>";

/**
 * Registers the tests. The tests can't be in a file of their own, because they might then copy this repository while
 * npm is packing it, and packing changes package.json.
 * @param folder where scratch repositories are created
 */
export function testInCi(folder: string): void {
	// `npm ci && npm test` must work with Node alone.
	describe.skipIf(!HAS_GIT)('in continuous integration, where Git is', () => {
		const runners = runnersIn(folder);
		/** A pull request that adds code under every file name that a command might run. */
		const hostile = new ScratchRepository(folder);

		beforeAll(async () => {
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
			// Bundles the command line once for all tests.
			await runners.hook(hostile, {}, { NODE_OPTIONS: '--require ./x.cjs', CDPATH: '.' });
		});

		/** Creates a repository with the original tokenizer committed at these paths. */
		const repositoryWith = (...paths: string[]) =>
			new ScratchRepository(folder, Object.fromEntries(paths.map((path) => [path, ORIGINAL])));

		const [workflow, twoFiles, hookConfig, ...rest] = snippets('yaml');

		it('the documentation names this version, and the README has its workflow', () => {
			const named = (read('README.md') + read('docs/ci.md')).match(
				/(?<=drift@v|rev: v|--branch v|bpe-lab@)\d\S*/g
			);
			expect(new Set(named)).toEqual(new Set([VERSION]));
			expect(snippets('yaml', 'README.md')).toEqual([workflow]);
		});

		it('nothing is run from the folder of a pull request', () => {
			expect(existsSync(join(runners.clone, 'node_modules/.package-lock.json'))).toBe(true);
			expect(readdirSync(hostile.path)).not.toContain('pwned');
		});

		it('the workflow of docs/ci.md fails for a tokenizer that gives other ids, with annotations and a summary', async () => {
			const repository = repositoryWith('model/tokenizer.json', 'same/tokenizer.json');
			repository.put({ 'model/tokenizer.json': HARMFUL });
			repository.mergePullRequest();
			const { permissions, jobs } = await readYaml(workflow);
			expect(permissions).toEqual({ contents: 'read' });
			const outcome = await runners.workflow(repository.path, jobs.drift.steps);
			const { code, output, errors, summary, outputs } = outcome;
			expect({ code, outputs }).toEqual({ code: 1, outputs: 'verdict=silent\n' });
			expect(errors).toMatch(/^bpe-lab: model: silent: .*\n$/);
			const annotations = output.trimEnd().split('\n').slice(0, -1);
			expect(annotations[0]).toMatch(
				/^::error title=Tokenizer drift%3A silent,file=model\/tokenizer.json::/
			);
			expect(annotations.filter((line) => !line.startsWith('::error title='))).toEqual([]);
			expect(summary.match(/^# .*/gm)).toEqual(['# Tokenizer drift: silent']);
		});

		it('the step of docs/ci.md that compares two files fails for one that gives other ids', async () => {
			const repository = repositoryWith('trained/tokenizer.json');
			repository.put({ 'served/tokenizer.json': HARMFUL });
			repository.put({ 'samples/chat.txt': 'abab' });
			const steps = await readYaml(twoFiles);
			const { code, summary, outputs } = await runners.workflow(repository.path, steps);
			expect({ code, outputs }).toEqual({ code: 1, outputs: 'verdict=silent\n' });
			expect(summary).toContain('`samples/chat.txt`');
		});

		describe('the Action', () => {
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

		it('the hook of docs/ci.md passes a tokenizer that was only saved again, and stops a harmful one', async () => {
			const [{ repo, hooks }] = (await readYaml(hookConfig)).repos;
			expect(repo).toBe(`https://github.com/${ADDRESS}`);
			const repository = repositoryWith('model/tokenizer.json');
			const stage = (tokenizer: string) => {
				repository.put({ 'model/tokenizer.json': tokenizer });
				repository.git('add', '--all');
				return runners.hook(repository, hooks[0]);
			};
			expect(await stage(INNOCENT)).toMatchObject({
				code: 0,
				output: expect.stringMatching(/^HEAD:model → model: formatting-only\n/) as string
			});
			expect(await stage(HARMFUL)).toMatchObject({
				code: 1,
				errors: expect.stringMatching(/^bpe-lab: model: silent: .*\n$/) as string
			});
		});

		it('the commands of docs/ci.md stop a change that gives other ids', async () => {
			const [clone, gate, baseline, comparison, ...others] = snippets('sh');
			expect([rest, others]).toEqual([[], []]);
			expect(clone).toBe(
				`git clone --depth 1 --branch v${VERSION} https://github.com/${ADDRESS} ~/bpe-lab`
			);
			const repository = repositoryWith('tokenizer.json');
			const inBash = (command: string) =>
				runProgram(repository.path, 'bash', ['-e', '-c', command], '', runners.env);
			repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
			expect(await inBash(baseline)).toMatchObject({ code: 0, errors: '' });
			repository.put({ 'tokenizer.json': HARMFUL });
			expect(await inBash(gate)).toMatchObject({ code: 1 });
			expect(await inBash(comparison)).toMatchObject({ code: 1 });
		});
	});
}
