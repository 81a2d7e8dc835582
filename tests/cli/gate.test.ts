import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	counts,
	GateRepository,
	HARMFUL,
	INNOCENT,
	jsonOf,
	NOTHING,
	NOT_ASKED,
	ORIGINAL,
	temporary,
	vocab,
	useRepositories
} from '../support/gate-repository';
import { LAUNCHER, runProgram } from '../support/launcher';
import { HAS_GIT } from '../support/scratch-repository';

describe.skipIf(!HAS_GIT)('bpe-lab gate, where Git is', () => {
	useRepositories();

	it('passes a tokenizer that is written differently, and stops one that gives other ids', async () => {
		const repository = new GateRepository({ 'model/tokenizer.json': ORIGINAL, 'a.txt': 'a' });
		expect(await repository.gate()).toMatchObject({ code: 0, output: `${NOTHING}\n`, errors: '' });
		repository.put({ 'model/tokenizer.json': INNOCENT });
		expect(await repository.gate()).toMatchObject({
			code: 0,
			titles: ['HEAD:model → model: formatting-only'],
			lastLine: `${counts(1, 0, 0, 0, 0)}: formatting-only (model/tokenizer.json)${NOT_ASKED}`,
			errors: ''
		});
		repository.put({ 'model/tokenizer.json': HARMFUL });
		expect(await repository.gate()).toMatchObject({
			code: 1,
			titles: ['HEAD:model → model: silent'],
			errors: expect.stringMatching(/^bpe-lab: model: silent: .*\n$/) as string
		});
		expect(await repository.gate(['--fail-on', 'crash'])).toMatchObject({ code: 0 });
		expect(await repository.gate(['--fail-on', 'any'])).toMatchObject({ code: 1 });
		repository.commit();
		expect(await repository.gate()).toMatchObject({ code: 0, output: `${NOTHING}\n` });
		expect(await repository.gate([], '.', { PRE_COMMIT_FROM_REF: '' })).toMatchObject({ code: 0 });
		// The commit that pre-commit runs from.
		expect(await repository.gate([], '.', { PRE_COMMIT_FROM_REF: 'HEAD~1' })).toMatchObject({
			code: 1,
			titles: ['HEAD~1:model → model: silent']
		});
	});

	it('prints a command that gives the same verdict', async () => {
		const repository = new GateRepository({ 'it is/tokenizer.json': ORIGINAL });
		repository.put({ 'it is/tokenizer.json': HARMFUL });
		const { output } = await repository.gate();
		const [, command] = /^ +Repeat +bpe-lab (.*)$/m.exec(output) ?? [];
		const script = `"${process.execPath}" "${LAUNCHER}" ${command}`;
		const { code } = await runProgram(repository.path, 'bash', ['-c', script]);
		expect(command).toBe("gate --base HEAD 'it is' --probes quick --fail-on silent");
		expect(code).toBe(1);
	});

	const ranks = (...merges: string[]) =>
		[
			...Array.from({ length: 256 }, (_, byte) => Buffer.of(byte)),
			...merges.map((one) => Buffer.from(one))
		]
			.map((bytes, rank) => `${bytes.toString('base64')} ${rank}\n`)
			.join('');

	it('compares each tokenizer that has changed, in folders and in files of any name', async () => {
		const repository = new GateRepository({
			'-x/tokenizer.json': ORIGINAL,
			':(exclude)y/vocab.json': JSON.stringify(vocab),
			':(exclude)y/merges.txt': '#version: 0.2\na b\nb a\n',
			'ranks.v3': ranks('ab', 'ba'),
			'named.json': ORIGINAL,
			'same/tokenizer.json': ORIGINAL,
			'settings/vocab.json': '{}',
			'data.json': '{"model":"a","vocab":1}',
			'words.txt': 'abcd 1\nab 2\n'
		});
		repository.put({
			'-x/tokenizer.json': HARMFUL,
			':(exclude)y/merges.txt': '#version: 0.2\nb a\na b\n',
			'ranks.v3': ranks('ba', 'ab'),
			'named.json': HARMFUL,
			'settings/vocab.json': '{"a":0}',
			'data.json': '{"model":"b","vocab":2}',
			'words.txt': 'abcd 2\nab 1\n'
		});
		const pattern = ['--pattern', 'gpt2'];
		const all = await repository.gate(pattern);
		expect(all.titles).toEqual([
			'HEAD:-x → -x: silent',
			'HEAD::(exclude)y → :(exclude)y: silent',
			'HEAD:named.json → named.json: silent',
			'HEAD:ranks.v3 → ranks.v3: silent'
		]);
		expect(all.errors).toMatch(
			/^bpe-lab: -x: silent: .*; :\(exclude\)y: silent: .*; named.json: .*\n$/
		);
		expect(all.lastLine).toBe(`${counts(4, 0, 0, 0, 0)}: silent (-x/tokenizer.json)${NOT_ASKED}`);
		const some = await repository.gate([...pattern, '--', '-x', ':(exclude)y']);
		expect(some.titles).toEqual(all.titles.slice(0, 2));
	});

	it('takes paths from the folder it runs in', async () => {
		const files = { 'x/y/tokenizer.json': ORIGINAL, 'tokenizer.json': ORIGINAL };
		const repository = new GateRepository(files);
		repository.put({ 'x/y/tokenizer.json': HARMFUL, 'tokenizer.json': HARMFUL });
		const titles = async (...args: Parameters<GateRepository['gate']>) =>
			(await repository.gate(...args)).titles.map((title) => title.split(' ')[2]);
		expect(await titles([], 'x')).toEqual(['.:', 'x/y:']);
		expect(await titles(['y'], 'x')).toEqual(['x/y:']);
		expect(await titles(['.'], 'x')).toEqual(['x/y:']);
		expect(await titles(['../tokenizer.json'], 'x')).toEqual(['.:']);
		expect(await titles([join(repository.path, 'x')])).toEqual(['x/y:']);
	});

	it('compares a tokenizer that was renamed with the one whose tokens it has', async () => {
		const words = (prefix: string) =>
			Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${prefix}${i}`, 4 + i]));
		const other = (prefix: string, merges: readonly string[] = []) => {
			const model = { type: 'BPE', vocab: { ...vocab, ...words(prefix) }, merges };
			return JSON.stringify({ model }, null, 1);
		};
		const repository = new GateRepository({
			'm/tokenizer.json': other('x'),
			'n/tok.json': other('y')
		});
		repository.git('mv', 'm', 'm2');
		repository.git('mv', 'n/tok.json', 'o.json');
		repository.put({ 'm2/tokenizer.json': other('x', ['a b']) });
		expect(await repository.gate()).toMatchObject({
			code: 1,
			titles: ['HEAD:m → m2: silent'],
			lastLine: `${counts(2, 0, 0, 2, 0)}: silent (m2/tokenizer.json)${NOT_ASKED}`,
			errors: expect.stringMatching(
				/^bpe-lab: o.json: renamed from n.tok.json, .*\nbpe-lab: m2: silent: .*\n$/
			) as string
		});
	});

	it('passes what is new, and stops what is gone unless it is left out', async () => {
		const repository = new GateRepository({
			'old/tokenizer.json': ORIGINAL,
			'older/tokenizer.json': ORIGINAL
		});
		repository.git('rm', '--quiet', 'old/tokenizer.json');
		rmSync(join(repository.path, 'older/tokenizer.json'));
		repository.put({
			'new/tokenizer.json': jsonOf([], { model: { vocab: { other: 0 }, merges: [] } })
		});
		repository.git('add', 'new');
		expect(await repository.gate(['--fail-on', 'crash'])).toMatchObject({
			code: 1,
			output: `${counts(0, 1, 2, 0, 0)}: crash (old/tokenizer.json)\n`,
			errors: expect.stringMatching(
				/^bpe-lab: new: this tokenizer is new, .*\nbpe-lab: old: this tokenizer was removed, .*; older: .* removed, .*\n$/
			) as string
		});
		expect(await repository.gate(['--except', 'old'])).toMatchObject({
			code: 1,
			output: `${counts(0, 1, 1, 0, 1)}: crash (older/tokenizer.json)\n`
		});
		expect(await repository.gate(['--except', 'old', '--except', 'older/'])).toMatchObject({
			code: 0,
			output: `${counts(0, 1, 0, 0, 2)}: nothing to compare\n`
		});
	});

	it('compares files beside a tokenizer that are changed or deleted, and additional templates', async () => {
		const beside = {
			'm/tokenizer_config.json': JSON.stringify({ eos_token: 'a' }),
			'n/chat_template.jinja': 'a',
			'p/tokenizer_config.json': JSON.stringify({ eos_token: { content: 'a', special: true } }),
			'o/additional_chat_templates/tool.jinja': 'a',
			'o/chat_template.jinja': 'a'
		};
		const tokenizers = ['m', 'n', 'o', 'p'].map((name) => [`${name}/tokenizer.json`, ORIGINAL]);
		const repository = new GateRepository({ ...Object.fromEntries(tokenizers), ...beside });
		repository.git('rm', '--quiet', 'm/tokenizer_config.json', 'n/chat_template.jinja');
		repository.put({
			'o/additional_chat_templates/tool.jinja': 'b',
			'p/tokenizer_config.json': JSON.stringify({
				added_tokens_decoder: { 4: { content: 'aa', special: true } }
			})
		});
		const { code, titles, output } = await repository.gate();
		expect({ code, titles }).toEqual({
			code: 1,
			titles: [
				...['m', 'n', 'o'].map((name) => `HEAD:${name} → ${name}: silent`),
				'HEAD:p → p: crash'
			]
		});
		expect(output).toContain('additional_chat_templates/tool.jinja');
	});

	it('compares with the commit where the branch left the base', async () => {
		const repository = new GateRepository({ 'tokenizer.json': ORIGINAL });
		repository.git('branch', 'change');
		repository.put({ 'tokenizer.json': HARMFUL });
		repository.commit();
		repository.git('checkout', '--quiet', 'change');
		expect(await repository.gate(['--base', 'main'])).toMatchObject({
			code: 0,
			output: `${NOTHING}\n`
		});
		repository.put({ 'tokenizer.json': INNOCENT });
		repository.commit();
		const { titles } = await repository.gate(['--base', 'main']);
		expect(titles).toEqual(['main:. → .: formatting-only']);
	});

	it('reads a former version as Git would check it out', async () => {
		const repository = new GateRepository();
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

	it('compares files and folders whose names are not UTF-8', async () => {
		const repository = new GateRepository({ 'a.txt': 'a' });
		const put = (text: string) => {
			const folder = Buffer.from(`${repository.path}/m\xff`, 'latin1');
			mkdirSync(folder, { recursive: true });
			writeFileSync(Buffer.concat([folder, Buffer.from('/tokenizer.json')]), text);
			writeFileSync(Buffer.concat([folder, Buffer.from('.tok')]), text);
		};
		put(ORIGINAL);
		repository.commit();
		put(HARMFUL);
		expect(await repository.gate()).toMatchObject({
			code: 1,
			titles: ['HEAD:m\\xff.tok → m\\xff.tok: silent', 'HEAD:m\\xff → m\\xff: silent']
		});
	});

	it('passes in a repository without a commit, without notes if they are not wanted', async () => {
		const repository = new GateRepository();
		repository.put({ 'tokenizer.json': ORIGINAL });
		expect(await repository.gate()).toMatchObject({ code: 0, output: `${NOTHING}\n` });
		repository.git('add', '--all');
		expect(await repository.gate(['--quiet'])).toMatchObject({
			code: 0,
			output: `${counts(0, 1, 0, 0, 0)}: nothing to compare\n`,
			errors: ''
		});
	});

	it('removes its copies when it is interrupted, and when nobody reads its reports', async () => {
		const repository = new GateRepository({ 'tokenizer.json': ORIGINAL });
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
		// The command waits for a text that nobody writes.
		const stopped = await inShell(
			`mkfifo text; ${command} --text text & until [ -n "$(ls "${temporary}")" ]; do :; done; kill $!; wait $!`
		);
		expect(stopped.code).toBe(128 + constants.signals.SIGTERM);
		expect(readdirSync(temporary)).toEqual([]);
	});
});
