import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { expectRefusal, runBpeLab } from '../../tests/support/run-bpe-lab';
import { CATALOGUE } from '../lib/tokenizers/catalogue';
import { OutputClosed } from './failure';
import { run } from './main';

/** Runs `bpe-lab` with this standard input. */
const bpeLab = (args: string, input = '') => runBpeLab(args, { '-': input });

describe('usage', () => {
	it.each([
		...['--help', 'tokenizers --help', 'encode --help', 'decode -h', 'trace -h', 'help encode'],
		'inflation --help'
	])('%s prints help', async (args) => {
		const { code, output, warnings } = await bpeLab(args);
		expect({ code, warnings }).toEqual({ code: 0, warnings: [] });
		expect(output).toMatch(/^Usage: bpe-lab /);
	});

	it.each([
		['nonsense', 'unknown command "nonsense"; see `bpe-lab --help`'],
		['encode', 'missing option --tokenizer; see `bpe-lab encode --help`'],
		['encode -t gpt2 --bso', 'unknown option "--bso" (did you mean --bos?)'],
		[
			'encode -t gpt2 --runtime rust',
			'--runtime: got "rust", expected lab, js-tiktoken or transformers.js'
		],
		['encode -t gpt2 --special maybe', '--special: got "maybe", expected text or parse'],
		['encode -t gpt2 --offsets', '--offsets needs --jsonl'],
		['encode -t gpt2 --jsonl --offsets --count', "--offsets can't be used with --count"],
		['encode -t nope', 'unknown tokenizer "nope"'],
		['encode -t gpt2 gone.txt', 'gone.txt: there is no such file'],
		['encode -t llama2 --runtime js-tiktoken', 'js-tiktoken runs rank files only']
	])('%s is refused in one line', async (args, message) => {
		expectRefusal(await bpeLab(args, 'a'), message);
	});

	it('prints the version of the package with --version, and asks for a command without one', async () => {
		const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
		const { code, output, warnings } = await bpeLab('--version');
		expect({ code, output, warnings }).toEqual({ code: 0, output: `${version}\n`, warnings: [] });
		expectRefusal(await bpeLab(''), 'no command given; see `bpe-lab --help`');
	});

	it.each([['--help'], ['tokenizers'], ['encode', '-t', 'gpt2']])(
		'%s is silent when the reader has gone',
		async (...args) => {
			const io = new MemoryIo({ '-': 'a' });
			io.write = () => Promise.reject(new OutputClosed());
			expect(await run(args, io)).toBe(0);
			expect(io.warnings).toEqual([]);
		}
	);
});

const commandNames = async () =>
	Array.from(
		(await bpeLab('--help')).output.matchAll(/^ {2}([a-z]+)/gm),
		([, name]) => name
	).filter((name) => name !== 'help');

describe('every command', () => {
	it('has examples in its help', async () => {
		const names = await commandNames();
		expect(names).toContain('encode');
		for (const name of names) {
			const { output } = await bpeLab(`${name} --help`);
			expect(output, name).toMatch(/^Examples:\n {2}.*bpe-lab /m);
		}
	});

	it('keeps its notes to itself with --quiet, but no error', async () => {
		const quiet = await bpeLab('encode -t gpt2 --bos --quiet', 'a');
		expect([quiet.code, quiet.output, quiet.warnings]).toEqual([0, '64\n', []]);
		const wrong = await bpeLab('encode -q -t nope', 'a');
		expect([wrong.code, wrong.warnings.length]).toEqual([2, 1]);
	});

	it('is completed by a script for each shell', async () => {
		for (const shell of ['bash', 'zsh']) {
			const { code, output } = await bpeLab(`completion ${shell}`);
			expect(code).toBe(0);
			for (const name of await commandNames())
				expect(output).toMatch(new RegExp(`^\\t\\t'${name}'`, 'm'));
			expect(output).toMatch(/'encode -t'\) .*cl100k_base/);
			expect(output).toMatch(/'encode --special'\) .*text parse/);
			expect(output).not.toContain("'train --special'");
		}
	});
});

describe('tokenizers', () => {
	it('lists the catalogue', async () => {
		const { output } = await bpeLab('tokenizers');
		expect(output.trimEnd().split('\n')).toHaveLength(CATALOGUE.length + 1);
		expect(output).toMatch(/^llama3 +Meta +128256 +byte-level BPE +Meta Llama 3 .*3\.7\.2$/m);
	});

	it('lists it as JSON', async () => {
		const { output } = await bpeLab('tokenizers --json');
		expect(JSON.parse(output)).toEqual(
			CATALOGUE.map((descriptor) => {
				const { id, family, vocabularySize, kind, licence, source, chatTemplate } = descriptor;
				const { models } = descriptor;
				return { id, family, vocabularySize, kind, licence, source, chatTemplate, models };
			})
		);
		expect(output).toContain(
			'"chatTemplate":{"file":"qwen3.jinja","model":"Qwen3","source":"https:'
		);
		expect(output).toContain(
			'{"name":"Llama 4 Scout","released":{"value":"2025-04-05","source":"https://github.com/meta-llama/'
		);
	});
});

describe('encode', () => {
	it.each([
		['encode -t cl100k_base', 'Hello world\n', '9906 1917 198\n'],
		['encode -t cl100k_base', '', '\n'],
		['encode -t cl100k_base --count', 'Hello world\n', '3\n'],
		['encode -t llama3 --bos', 'Hello', '128000 9906\n'],
		['encode -t llama3 --bos --count', '', '1\n'],
		['encode -t cl100k_base', '<|endoftext|>', '27 91 8862 728 428 91 29\n'],
		['encode -t cl100k_base --special parse', '<|endoftext|>', '100257\n'],
		['encode -t cl100k_base --jsonl', '"Hello"\n""\n', '[9906]\n[]\n'],
		['encode -t cl100k_base --jsonl --count', '"Hello"\n""\n', '1\n0\n'],
		[
			'encode -t cl100k_base --jsonl --offsets',
			'"caf\\u00e9 \\ud800 x"',
			'{"ids":[936,59958,30433,865],"byteStarts":[0,2,5,9],"byteEnds":[2,5,9,11]}\n'
		],
		[
			'encode -t gemma3 --jsonl --offsets --bos',
			'"日本"',
			'{"ids":[2,10956],"byteStarts":[0,0],"byteEnds":[0,6]}\n'
		]
	])('%s of %j', async (args, input, expected) => {
		const { code, output, warnings } = await bpeLab(args, input);
		expect({ code, output, warnings }).toEqual({ code: 0, output: expected, warnings: [] });
	});

	it('counts the bytes that a tokenizer drops', async () => {
		const model = { type: 'BPE', vocab: { a: 0 }, merges: [] };
		const normalizer = { type: 'Replace', pattern: { String: '\u0001' }, content: '' };
		const files = {
			'-': '"a日"\n"a!\\u0001"\n',
			'small.json': JSON.stringify({ version: '1.0', added_tokens: [], normalizer, model })
		};
		const { code, output, warnings } = await runBpeLab('encode -t small.json --jsonl', files);
		expect({ code, output }).toEqual({ code: 0, output: '[0]\n[0]\n' });
		expect(warnings).toEqual([
			expect.stringContaining('4 bytes have no token in small.json, so'),
			expect.stringContaining('the normalizer of small.json removes 1 byte of the text, so')
		]);
	});

	it('says when a tokenizer has no BOS', async () => {
		const { code, output, warnings } = await bpeLab('encode -t gpt2 --bos', 'a');
		expect({ code, output }).toEqual({ code: 0, output: '64\n' });
		expect(warnings).toEqual(['gpt2 has no BOS, so --bos adds nothing']);
	});

	it('says which line a library gives up on', async () => {
		const input = `"a"\n${JSON.stringify('a'.repeat(5000))}\n`;
		const args = 'encode -t gpt2 --runtime js-tiktoken --jsonl';
		const { code, output, warnings } = await bpeLab(args, input);
		expect({ code, output }).toEqual({ code: 2, output: '[64]\n' });
		expect(warnings[0]).toMatch(/^standard input line 2: js-tiktoken gave up/);
	});
});

describe('decode', () => {
	it.each([
		['decode -t cl100k_base', '9906 1917', 'Hello world'],
		['decode -t cl100k_base', '9906\n1917\t198\n', 'Hello world\n'],
		['decode -t cl100k_base', '9906,1917', 'Hello world'],
		['decode -t cl100k_base', '[9906, 1917,\n198]\n', 'Hello world\n'],
		['decode -t cl100k_base', '[]', ''],
		['decode -t cl100k_base', '', ''],
		['decode -t llama3', '128000 9906', '<|begin_of_text|>Hello'],
		['decode -t llama3 --skip-special', '128000 9906', 'Hello'],
		['decode -t cl100k_base --jsonl', '[9906,198]\n[]\n', '"Hello\\n"\n""\n']
	])('%s of %j', async (args, input, expected) => {
		const { code, output, warnings } = await bpeLab(args, input);
		expect({ code, output, warnings }).toEqual({ code: 0, output: expected, warnings: [] });
	});

	it.each([
		['decode -t cl100k_base', '9906 x', 'ids: got "x" as item 2, expected a token id'],
		['decode -t cl100k_base', '-1', 'ids: got "-1" as item 1, expected a token id'],
		['decode -t cl100k_base', '9906,,1917', 'ids: got "," as item 2, expected a token id'],
		['decode -t cl100k_base', '[9906]\n[1917]', 'ids: got "9906]" as item 1, expected a token id'],
		['decode -t gpt2', '50257', 'token id 50257 is out of range'],
		['decode -t gpt2 --jsonl', '[1]\n[50257]', 'standard input line 2: token id 50257'],
		['decode -t gpt2 --jsonl', '[1]\nnull', 'standard input line 2: got null']
	])('%s refuses %j', async (args, input, message) => {
		const { code, warnings } = await bpeLab(args, input);
		expect(code).toBe(2);
		expect(warnings[0]).toContain(message);
	});
});

describe('trace', () => {
	it('prints a pre-token a line, within an array', async () => {
		const { output } = await bpeLab('trace -t gpt2', 'low x');
		expect(output.split('\n')).toHaveLength(5);
		expect(JSON.parse(output)).toMatchObject([
			{ kind: 'piece', byteStart: 0, byteEnd: 3, bytes: [108, 111, 119], whole: false },
			{ kind: 'piece', byteStart: 3, byteEnd: 5, bytes: [32, 120] }
		]);
		expect((await bpeLab('trace -t gpt2')).output).toBe('[]\n');
	});
});
