import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	counts,
	GateRepository,
	HARMFUL,
	ORIGINAL,
	root,
	temporary,
	useRepositories
} from '../support/gate-repository';
import { HAS_GIT } from '../support/scratch-repository';

describe.skipIf(!HAS_GIT)('what bpe-lab gate cannot compare, where Git is', () => {
	useRepositories();

	it('names files that only begin to be readable, and fails unless they are left out', async () => {
		const files = {
			'codes.bpe': '#version: 0.2\na b\n',
			'own.model': 'minbpe v1\n\n0\n97 98\n',
			'pulled.tiktoken': 'version https://git-lfs.github.com/spec/v1\n',
			'vocab.txt': '[PAD]\n',
			'x\n::error::y.gguf': 'GGUF'
		};
		const repository = new GateRepository(files);
		for (const [name, text] of Object.entries(files)) repository.put({ [name]: `${text}\n` });
		const { code, lastLine, errors } = await repository.gate(['--fail-on', 'crash']);
		const names = Object.keys(files);
		const shown = names.map((name) => name.replace('\n', '\\x0a')).join(', ');
		expect({ code, lastLine }).toEqual({
			code: 2,
			lastLine: `${counts(0, 0, 0, 0, names.length)}: could not compare ${shown}`
		});
		expect(errors).not.toContain(temporary);
		const except = names.flatMap((name) => ['--except', name]);
		expect(await repository.gate(except)).toMatchObject({
			code: 0,
			lastLine: `${counts(0, 0, 0, 0, names.length)}: nothing to compare`
		});
	});

	it('says which changed files beside another format nothing compares', async () => {
		const model = readFileSync('tests/oracle/formats/small.model');
		const repository = new GateRepository({
			'm/spiece.model': model,
			'm/chat_template.jinja': 'a'
		});
		repository.put({ 'm/chat_template.jinja': 'b' });
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: expect.stringMatching(/^bpe-lab: m: chat_template.jinja changed, .*\n$/) as string
		});
	});

	it('says that a former version is a pointer of Git LFS', async () => {
		const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
		const repository = new GateRepository({ 'm/tokenizer.json': pointer });
		repository.put({ 'm/tokenizer.json': ORIGINAL });
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: 'bpe-lab: HEAD:m: got a Git LFS pointer, expected a tokenizer; run `git lfs pull`\n',
			lastLine: `${counts(0, 0, 0, 0, 1)}: could not compare m`
		});
	});

	it('refuses symbolic links by name and without a word of what is there', async () => {
		const secret = join(root, 'secret');
		writeFileSync(secret, 'SECRET\n');
		const links: Record<string, string> = {
			'a/chat_template.jinja': '../../secret',
			'b/tokenizer_config.json': secret,
			'c/additional_chat_templates': '../..',
			d: '..'
		};
		const repository = new GateRepository({
			...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}/tokenizer.json`, ORIGINAL])),
			...Object.fromEntries(Object.keys(links).map((link) => [link, '{}']))
		});
		for (const [name, target] of Object.entries(links)) repository.link(name, target);
		const check = async () => {
			const { code, output, errors } = await repository.gate();
			expect(code).toBe(2);
			expect(output + errors).not.toMatch(/SECRET/);
			for (const name of Object.keys(links))
				expect(errors).toMatch(new RegExp(`[ :]${name}: got a changed symbolic link`));
		};
		await check();
		repository.commit();
		repository.put({ 'a/tokenizer.json': HARMFUL });
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: 'bpe-lab: HEAD:a/chat_template.jinja: got a symbolic link, expected a file\n'
		});
		// The reverse: the commit has links.
		for (const name of Object.keys(links)) {
			rmSync(join(repository.path, name));
			repository.put({ [name]: '{}' });
		}
		await check();
	});

	it('refuses a pipe or a folder in the place of a file at once', async () => {
		const repository = new GateRepository({
			'a/tokenizer.json': ORIGINAL,
			'b.txt': 'b',
			'c.gguf': 'GGUF'
		});
		for (const name of ['a/tokenizer.json', 'b.txt', 'c.gguf']) rmSync(join(repository.path, name));
		execFileSync('mkfifo', ['a/tokenizer.json', 'b.txt'], { cwd: repository.path });
		mkdirSync(join(repository.path, 'c.gguf'));
		expect(await repository.gate()).toMatchObject({
			code: 1,
			lastLine: `${counts(0, 0, 1, 0, 2)}: crash (c.gguf); could not compare a, b.txt`,
			errors: expect.stringMatching(
				/^bpe-lab: c.gguf: this tokenizer was removed.*; a.tokenizer.json: got a pipe or a device, .*; b.txt: got a pipe .*\n$/
			) as string
		});
	});

	it('names a submodule at a different commit, even if .gitmodules hides it', async () => {
		const inner = new GateRepository({ 'tokenizer.json': ORIGINAL });
		const repository = new GateRepository({ 'a.txt': 'a' });
		const add = ['-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet'];
		repository.git(...add, inner.path, 'sub');
		repository.git('config', '--file', '.gitmodules', 'submodule.sub.ignore', 'all');
		repository.commit();
		inner.put({ 'tokenizer.json': HARMFUL });
		inner.commit();
		repository.git('-C', 'sub', 'pull', '--quiet');
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: expect.stringMatching(/^bpe-lab: sub: got a submodule .*--except.*\n$/) as string
		});
		expect(await repository.gate(['--except', 'sub'])).toMatchObject({ code: 0 });
	});

	it('counts a version that nothing can read as a crash, and a former one as bad input', async () => {
		const repository = new GateRepository({ 'tokenizer.json': ORIGINAL });
		repository.put({ 'tokenizer.json': '{' });
		expect(await repository.gate()).toMatchObject({
			code: 1,
			lastLine: expect.stringContaining(': crash (tokenizer.json)') as string,
			errors: expect.stringMatching(/^bpe-lab: \.: crash: .*\n$/) as string
		});
		repository.commit();
		repository.put({ 'tokenizer.json': ORIGINAL });
		expect(await repository.gate()).toMatchObject({
			code: 2,
			errors: expect.stringMatching(/^bpe-lab: HEAD:\.: .*\n$/) as string
		});
	});

	it('refuses what it cannot compare, in one line', async () => {
		const repository = new GateRepository({ 'tokenizer.json': ORIGINAL });
		const errors = async (...args: Parameters<GateRepository['gate']>) => {
			const outcome = await repository.gate(...args);
			expect(outcome).toMatchObject({ code: 2, titles: [] });
			return outcome.errors;
		};
		expect(await errors(['--base', 'HEAD^'])).toMatch(
			/^bpe-lab: HEAD\^: there is no such commit, .*fetch-depth.*\n$/
		);
		expect(await errors(['--base=--output=x'])).toMatch(
			/^bpe-lab: --output=x: there is no such commit/
		);
		repository.put({ 'new.json': ORIGINAL });
		expect(await errors(['new.json'])).toMatch(
			/^bpe-lab: new.json: Git doesn't track this file .*\n$/
		);
		expect(await errors(['..'])).toMatch(
			/^bpe-lab: \.\.: got a path outside the repository, .*\n$/
		);
		expect(await errors([], '..')).toMatch(
			/^bpe-lab: got a folder outside any Git repository, .*\n$/
		);
		expect(await errors([], '.', { PATH: join(root, 'nothing') })).toBe(
			"bpe-lab: Git isn't installed; install it, or use `bpe-lab diff`\n"
		);
	});
});
