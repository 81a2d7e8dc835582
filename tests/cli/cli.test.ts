/** The command line in its own process, with streams, files and signals. The tests in `src/cli` cover each command. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LAUNCHER, ROOT, runLauncher, runProgram } from '../support/launcher';
import { ORACLE_INPUTS, oracleOf } from '../support/oracle';
import { launcherFolder } from '../support/scratch-folder';
import { BYTE_PIECES, ggufFile } from '../support/tokenizer-files';

const folder = launcherFolder();

const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
const bpeLab = (args: string, input: string | Uint8Array = '') => runLauncher(folder, args, input);

/** Output of a run that must succeed without messages. */
async function outputOf(args: string, input: string | Uint8Array = ''): Promise<string> {
	const { code, output, errors } = await bpeLab(args, input);
	expect({ code, errors }).toEqual({ code: 0, errors: '' });
	return output;
}

/** Runs a shell script in which `bpe-lab` is the launcher. */
const inShell = (script: string) =>
	runProgram(folder, 'bash', [
		'-c',
		script.replaceAll('bpe-lab', `"${process.execPath}" "${LAUNCHER}"`)
	]);

it('encodes every text of the oracle as the reference does, and splits it into the tokens', async () => {
	const input = ORACLE_INPUTS.map(({ text }) => `${JSON.stringify(text)}\n`).join('');
	const args = 'encode -t o200k_base --special parse --jsonl --offsets';
	const lines = (await outputOf(args, input)).trimEnd().split('\n');
	const results = lines.map(
		(line) => JSON.parse(line) as Record<'ids' | 'byteStarts' | 'byteEnds', number[]>
	);
	expect(results.map(({ ids }) => ids)).toEqual(oracleOf('o200k_base').parse);
	for (const [i, { byteStarts, byteEnds }] of results.entries()) {
		const size = Buffer.byteLength(ORACLE_INPUTS[i].text.toWellFormed());
		expect([...byteStarts, size]).toEqual([0, ...byteEnds]);
	}
});

it('decodes to the text that was encoded, with its byte order mark and line ends', async () => {
	const text = '\ufeff two  spaces\r\n日本\n\n';
	const ids = await outputOf('encode -t llama2', text);
	expect(ids).toMatch(/^\d+( \d+)*\n$/);
	expect(await outputOf('decode -t llama2', ids)).toBe(text);
});

it('runs as an npm script, on files of the folder it is called from', async () => {
	write('b.txt', 'Hello world');
	const args = ['run', '-s', '--prefix', ROOT, 'cli', '--', 'encode', '-t', 'llama3', 'b.txt'];
	const { code, output } = await runProgram(folder, 'npm', args);
	expect({ code, output }).toEqual({ code: 0, output: '9906 1917\n' });
});

it('opens a GGUF file of 40 GB', async () => {
	const tokens = ['<unk>', '<s>', ...BYTE_PIECES, '▁', 'a', '▁a'];
	const contents = ggufFile({
		'tokenizer.ggml.model': 'llama',
		'tokenizer.ggml.tokens': tokens,
		'tokenizer.ggml.scores': tokens.map((_, id) => -id),
		'tokenizer.ggml.token_type': tokens.map((token) =>
			token.startsWith('<0x') ? 6 : token === '<s>' ? 3 : 1
		)
	});
	writeFileSync(join(folder, 'large.gguf'), contents);
	// A sparse file takes no disk space.
	truncateSync(join(folder, 'large.gguf'), 40e9);
	expect(await outputOf('encode -t large.gguf', 'a a')).toBe('260 260\n');
});

const PLAIN = 'The quick brown fox jumps over the lazy dog.\nIt costs 12,500 euros; café, naïve.\n';

it('stops quietly when its reader does', async () => {
	write('large.txt', PLAIN.repeat(20_000));
	const pipe = await inShell(`(bpe-lab encode -t gpt2 large.txt; echo "code $?" >&2) | head -c 3`);
	expect(pipe).toEqual({ code: 0, output: '464', errors: 'code 0\n' });
});

it('says that the disk is full, for text and help', async () => {
	write('full.txt', PLAIN);
	for (const args of ['encode -t gpt2 full.txt', '--help']) {
		const { code, errors } = await inShell(`bpe-lab ${args} > /dev/full`);
		expect({ code, errors }).toEqual({
			code: 2,
			errors: 'bpe-lab: standard output: the disk is full\n'
		});
	}
});

it('keeps the former file if the new one cannot be written', async () => {
	write('kept.json', 'former');
	// With the signal ignored, writing beyond the limit fails as it would on a full disk.
	const { code, errors } = await inShell(
		`trap '' XFSZ; ulimit -f 1; bpe-lab convert gpt2 --out kept.json`
	);
	expect({ code, errors }).toEqual({
		code: 2,
		errors: 'bpe-lab: kept.json: the file would be larger than this system allows\n'
	});
	expect(readFileSync(join(folder, 'kept.json'), 'utf8')).toBe('former');
	expect(readdirSync(folder).filter((name) => name.includes('kept'))).toEqual(['kept.json']);
});

it('shows control characters of a file name as escapes', async () => {
	const { code, errors } = await bpeLab('encode -t gpt2 a\x1b[31m\x07.txt');
	expect({ code, errors }).toEqual({
		code: 2,
		errors:
			'bpe-lab: a\\x1b[31m\\x07.txt: there is no such file; to pass the input itself, use --text\n'
	});
});

it('completes commands, options, tokenizers and values in bash', async () => {
	const complete = (words: string) => `
		COMP_WORDS=(lab ${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _bpe_lab; echo "\${COMPREPLY[*]}"`;
	write('completion-a.json', '');
	const cases = [
		['tr', 'trace train'],
		['encode -t o200k', 'o200k_base o200k_harmony'],
		['encode --jso', '--jsonl'],
		['encode --special ""', 'text parse'],
		['encode file', ''],
		['encode ""', ''],
		['convert gpt', 'gpt2 gpt-neox'],
		['diff gpt2 completion-', 'completion-a.json'],
		['diff --pro', '--probes']
	];
	const script = cases.map(([words]) => complete(words)).join('');
	const { output, errors } = await inShell(`eval "$(bpe-lab completion bash)"${script}`);
	expect({ output, errors }).toEqual({
		output: cases.map(([, words]) => `${words}\n`).join(''),
		errors: ''
	});
});

const hasZsh = spawnSync('zsh', ['--version']).status === 0;

// Outside macOS, few machines have zsh.
it.skipIf(!hasZsh)('completes the same in zsh, where it is', async () => {
	write('completion.zsh', await outputOf('completion zsh'));
	// zsh completes only a line being edited, so these functions replace its own.
	const complete = (...words: string[]) =>
		`words=(${words.join(' ')}); CURRENT=$#words; _bpe_lab; print`;
	const script = [
		'compdef() { print "$@" }',
		'compadd() { shift; print -n -- "$@ " }',
		'_files() { print -n files }',
		'source completion.zsh',
		complete('bpe-lab', '""'),
		complete('bpe-lab', 'encode', '-t', 'o200k'),
		complete('bpe-lab', 'completion', '--'),
		complete('bpe-lab', 'diff', '--probes', '""'),
		complete('bpe-lab', 'encode', 'file')
	].join('\n');
	const { code, output, errors } = await runProgram(folder, 'zsh', ['-f', '-c', script]);
	expect({ code, errors }).toEqual({ code: 0, errors: '' });
	expect(output.split('\n')).toEqual([
		'_bpe_lab bpe-lab',
		expect.stringContaining('tokenizers encode decode trace train count '),
		expect.stringContaining(' o200k_base '),
		'--quiet --help ',
		'deep quick ',
		'files',
		''
	]);
});
