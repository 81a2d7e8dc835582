import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCHER, runLauncher, runProgram } from '../support/launcher';
import { GIT_ENV, HAS_GIT, ScratchRepository } from '../support/scratch-repository';

const root = mkdtempSync(join(tmpdir(), 'bpe-lab-gate-test-'));
/** For what the command writes and removes. */
const temporary = join(root, 'temporary');
// The first run of all may bundle and pack.
beforeAll(() => {
	mkdirSync(temporary);
	return runLauncher(root, 'tokenizers');
});
afterAll(() => rmSync(root, { recursive: true }));

const vocab = { a: 0, b: 1, ab: 2, ba: 3 };
const jsonOf = (merges: readonly string[], extra: object = {}) =>
	JSON.stringify({ model: { type: 'BPE', vocab, merges }, ...extra });

/** "abab" is [2, 2] in the first two, and [0, 3, 1] in the last. */
const ORIGINAL = jsonOf(['a b', 'b a']);
const INNOCENT = JSON.stringify(JSON.parse(ORIGINAL), null, 4);
const HARMFUL = jsonOf(['b a', 'a b']);

/** A repository in which the command can run. */
class Repository extends ScratchRepository {
	constructor(files: Readonly<Record<string, string>> = {}) {
		super(root, files);
	}

	async gate(args: readonly string[] = [], folder = '.', more: NodeJS.ProcessEnv = {}) {
		const words = [LAUNCHER, 'gate', '--probes', 'quick', ...args];
		const env = { ...process.env, ...GIT_ENV, TMPDIR: temporary, ...more };
		const outcome = await runProgram(join(this.path, folder), process.execPath, words, '', env);
		expect(readdirSync(temporary)).toEqual([]);
		return { ...outcome, titles: outcome.output.match(/^\S.* → .*$/gm) ?? [] };
	}
}

const FAILED = (name: string): unknown =>
	expect.stringMatching(new RegExp(`^bpe-lab: ${name}: silent: .*\\n$`));

describe.skipIf(!HAS_GIT)('bpe-lab gate, where Git is', () => {
	it('passes a tokenizer that is written differently, and stops one that gives other ids', async () => {
		const repository = new Repository({ 'model/tokenizer.json': ORIGINAL, 'a.txt': 'a' });
		expect(await repository.gate()).toEqual({
			code: 0,
			output: '',
			titles: [],
			errors: 'bpe-lab: no tokenizer has changed since HEAD\n'
		});
		repository.put({ 'model/tokenizer.json': INNOCENT });
		expect(await repository.gate()).toMatchObject({
			code: 0,
			titles: ['HEAD:model → model: formatting-only'],
			output: expect.stringMatching(
				/\nnot run, or not to the end: loads; see the reports\n$/
			) as string,
			errors: ''
		});
		repository.put({ 'model/tokenizer.json': HARMFUL });
		expect(await repository.gate()).toMatchObject({
			code: 1,
			titles: ['HEAD:model → model: silent'],
			errors: FAILED('model')
		});
	});

	it('prints no notes with --quiet', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL });
		expect(await repository.gate(['--quiet'])).toMatchObject({ code: 0, output: '', errors: '' });
	});

	it('fails from the severity that is asked for', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL });
		repository.put({ 'tokenizer.json': HARMFUL });
		expect(await repository.gate(['--fail-on', 'crash'])).toMatchObject({ code: 0 });
		expect(await repository.gate(['--fail-on', 'any'])).toMatchObject({ code: 1 });
	});

	it('prints a command that gives the same verdict', async () => {
		const repository = new Repository({ 'it is/tokenizer.json': ORIGINAL });
		repository.put({ 'it is/tokenizer.json': HARMFUL });
		const { output } = await repository.gate();
		const [, command] = /^ +Repeat +bpe-lab (.*)$/m.exec(output) ?? [];
		const script = `"${process.execPath}" "${LAUNCHER}" ${command}`;
		const { code } = await runProgram(repository.path, 'bash', ['-c', script]);
		expect(command).toBe("gate --base HEAD 'it is' --probes quick --fail-on silent");
		expect(code).toBe(1);
	});

	it('compares each tokenizer that has changed: folders, ranks, and any file that is named', async () => {
		const ranks = (...merges: string[]) =>
			[
				...Array.from({ length: 256 }, (_, byte) => Buffer.of(byte)),
				...merges.map((one) => Buffer.from(one))
			]
				.map((bytes, rank) => `${bytes.toString('base64')} ${rank}\n`)
				.join('');
		const repository = new Repository({
			'one/tokenizer.json': ORIGINAL,
			'two/vocab.json': JSON.stringify(vocab),
			'two/merges.txt': '#version: 0.2\na b\nb a\n',
			'c.tiktoken': ranks('ab', 'ba'),
			'named.json': ORIGINAL,
			'same/tokenizer.json': ORIGINAL,
			'settings/vocab.json': '{}'
		});
		repository.put({
			'one/tokenizer.json': HARMFUL,
			'two/merges.txt': '#version: 0.2\nb a\na b\n',
			'c.tiktoken': ranks('ba', 'ab'),
			'named.json': HARMFUL,
			'settings/vocab.json': '{"a":0}'
		});
		const pattern = ['--pattern', 'gpt2'];
		const all = await repository.gate(pattern);
		expect(all.titles).toEqual([
			'HEAD:c.tiktoken → c.tiktoken: silent',
			'HEAD:one → one: silent',
			'HEAD:two → two: silent'
		]);
		expect(all.errors).toMatch(/^bpe-lab: c.tiktoken: silent: .*; one: silent: .*; two: .*\n$/);
		const some = await repository.gate([...pattern, 'named.json', 'two']);
		expect(some.titles).toEqual(['HEAD:named.json → named.json: silent', 'HEAD:two → two: silent']);
	});

	it('compares the settings beside a tokenizer', async () => {
		const config = (content: string) => JSON.stringify({ eos_token: { content, special: true } });
		const repository = new Repository({
			'm/tokenizer.json': ORIGINAL,
			'm/tokenizer_config.json': config('a')
		});
		repository.put({
			'm/tokenizer_config.json': JSON.stringify({
				added_tokens_decoder: { 4: { content: 'aa', special: true } }
			})
		});
		const { code, titles } = await repository.gate();
		expect(code).toBe(1);
		expect(titles).toEqual([expect.stringMatching(/^HEAD:m → m: (silent|crash)$/)]);
	});

	it('takes paths from the folder it runs in', async () => {
		const files = { 'x/y/tokenizer.json': ORIGINAL, 'tokenizer.json': ORIGINAL };
		const repository = new Repository(files);
		repository.put({ 'x/y/tokenizer.json': HARMFUL, 'tokenizer.json': HARMFUL });
		const titles = async (...args: Parameters<Repository['gate']>) =>
			(await repository.gate(...args)).titles.map((title) => title.split(' ')[2]);
		expect(await titles([], 'x')).toEqual(['.:', 'x/y:']);
		expect(await titles(['y'], 'x')).toEqual(['x/y:']);
		expect(await titles(['.'], 'x')).toEqual(['x/y:']);
		expect(await titles(['../tokenizer.json'], 'x')).toEqual(['.:']);
		expect(await titles([join(repository.path, 'x')])).toEqual(['x/y:']);
	});

	it('follows a tokenizer that was renamed', async () => {
		const repository = new Repository({ 'old/tokenizer.json': `${ORIGINAL}\n${' \n'.repeat(99)}` });
		repository.git('mv', 'old', 'new');
		repository.put({ 'new/tokenizer.json': `${HARMFUL}\n${' \n'.repeat(99)}` });
		expect((await repository.gate(['new'])).titles).toEqual(['HEAD:old → new: silent']);
	});

	it('passes what is new or gone, and says so', async () => {
		const repository = new Repository({
			'old/tokenizer.json': ORIGINAL,
			'lost/tokenizer.json': ORIGINAL
		});
		repository.git('rm', '--quiet', 'old/tokenizer.json');
		rmSync(join(repository.path, 'lost/tokenizer.json'));
		repository.put({ 'new/tokenizer.json': HARMFUL + '\n'.repeat(999) });
		repository.git('add', 'new');
		expect(await repository.gate()).toEqual({
			code: 0,
			output: '',
			titles: [],
			errors: `bpe-lab: lost: this tokenizer is gone; there is nothing to compare
bpe-lab: new: this tokenizer is new; there is nothing to compare
bpe-lab: old: this tokenizer is gone; there is nothing to compare
bpe-lab: no tokenizer has changed since HEAD
`
		});
	});

	it('compares with the commit where the branch left the base', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL });
		repository.git('branch', 'change');
		repository.put({ 'tokenizer.json': HARMFUL });
		repository.commit();
		repository.git('checkout', '--quiet', 'change');
		expect(await repository.gate(['--base', 'main'])).toMatchObject({ code: 0, output: '' });
		repository.put({ 'tokenizer.json': INNOCENT });
		repository.commit();
		const { titles } = await repository.gate(['--base', 'main']);
		expect(titles).toEqual(['main:. → .: formatting-only']);
	});

	it('compares with the commit that pre-commit was started from', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL });
		repository.put({ 'tokenizer.json': HARMFUL });
		repository.commit();
		expect(await repository.gate([], '.', { PRE_COMMIT_FROM_REF: 'HEAD~1' })).toMatchObject({
			code: 1,
			titles: ['HEAD~1:. → .: silent']
		});
	});

	it('reads a former version as Git would check it out', async () => {
		const repository = new Repository();
		repository.git('config', 'filter.pointer.clean', 'tr ab xy');
		repository.git('config', 'filter.pointer.smudge', 'tr xy ab');
		repository.put({
			'.gitattributes': 'tokenizer.json filter=pointer\n',
			'tokenizer.json': ORIGINAL
		});
		repository.commit();
		expect(repository.git('cat-file', '-p', 'HEAD:tokenizer.json')).not.toContain('"ab"');
		repository.put({ 'tokenizer.json': INNOCENT });
		expect((await repository.gate()).titles).toEqual(['HEAD:. → .: formatting-only']);
	});

	it('says that a former version is a pointer of Git LFS', async () => {
		const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
		const repository = new Repository({ 'm/tokenizer.json': pointer });
		repository.put({ 'm/tokenizer.json': ORIGINAL });
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: 'bpe-lab: HEAD:m: got a Git LFS pointer; run git lfs pull; expected a tokenizer\n'
		});
	});

	it('does not follow a link in a commit', async () => {
		const repository = new Repository({ 'm/other.json': ORIGINAL });
		symlinkSync('other.json', join(repository.path, 'm/tokenizer.json'));
		repository.commit();
		rmSync(join(repository.path, 'm/tokenizer.json'));
		renameSync(join(repository.path, 'm/other.json'), join(repository.path, 'm/tokenizer.json'));
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: expect.stringMatching(
				/^bpe-lab: HEAD:m\/tokenizer.json: this is a symbolic link, .*\n$/
			) as string
		});
	});

	it('reads the target of a link in the working tree', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL, 'other.json': HARMFUL });
		rmSync(join(repository.path, 'tokenizer.json'));
		symlinkSync('other.json', join(repository.path, 'tokenizer.json'));
		expect(await repository.gate()).toMatchObject({ code: 1, titles: ['HEAD:. → .: silent'] });
	});

	it('passes in a repository without a commit', async () => {
		const repository = new Repository();
		repository.put({ 'tokenizer.json': ORIGINAL });
		expect(await repository.gate()).toMatchObject({ code: 0, output: '' });
	});

	it('refuses what it cannot compare, in one line', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL });
		const errors = async (...args: Parameters<Repository['gate']>) => {
			const outcome = await repository.gate(...args);
			expect(outcome).toMatchObject({ code: 2, output: '' });
			return outcome.errors;
		};
		expect(await errors(['--base', 'HEAD^'])).toMatch(
			/^bpe-lab: HEAD\^: got no such commit here, .*fetch-depth.*\n$/
		);
		expect(await errors(['--base=--output=x'])).toMatch(/^bpe-lab: --output=x: got no such commit/);
		repository.put({ 'new.json': ORIGINAL });
		expect(await errors(['new.json'])).toMatch(/^bpe-lab: new.json: Git tracks no such file .*\n$/);
		expect(await errors(['..'])).toMatch(
			/^bpe-lab: git ls-files: fatal: .* outside repository .*\n$/
		);
		repository.put({ 'tokenizer.json': '{' });
		expect(await errors()).toMatch(/^bpe-lab: \.: .*\n$/);
		expect(await errors([], '..')).toMatch(
			/^bpe-lab: git rev-parse: fatal: not a git repository.*\n$/
		);
		expect(await errors([], '.', { PATH: join(root, 'nothing') })).toBe(
			'bpe-lab: Git was not found; install it, or use bpe-lab diff\n'
		);
	});

	it('removes its copies when it is interrupted, and when nobody reads its reports', async () => {
		const repository = new Repository({ 'tokenizer.json': ORIGINAL });
		repository.put({ 'tokenizer.json': HARMFUL });
		const command = `TMPDIR="${temporary}" "${process.execPath}" "${LAUNCHER}" gate`;
		const inShell = (script: string) => runProgram(repository.path, 'bash', ['-c', script]);
		const closed = await inShell(`(${command}; echo "code $?" >&2) | true`);
		expect(closed).toMatchObject({ output: '', errors: 'code 0\n' });
		const full = await inShell(`${command} > /dev/full`);
		expect(full).toMatchObject({
			code: 2,
			errors: 'bpe-lab: standard output: the disk is full\n'
		});
		// It waits for a text that nobody writes.
		const stopped = await inShell(
			`mkfifo text; ${command} --text text & until [ -n "$(ls "${temporary}")" ]; do :; done; kill $!; wait $!`
		);
		expect(stopped.code).toBe(128 + constants.signals.SIGTERM);
		expect(readdirSync(temporary)).toEqual([]);
	});
});
