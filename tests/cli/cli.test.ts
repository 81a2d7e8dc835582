import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Oracle } from '../support/oracle';
import { LAUNCHER, ROOT, runLauncher, runProgram } from '../support/launcher';

const ORACLE = join(ROOT, 'tests/oracle');

const json = (path: string): unknown => JSON.parse(readFileSync(join(ORACLE, path), 'utf8'));
const texts = (json('inputs.json') as { text: string }[]).map(({ text }) => text);
const lines = (values: readonly unknown[]) =>
	values.map((value) => `${JSON.stringify(value)}\n`).join('');
const parsed = (output: string): unknown[] =>
	output
		.trimEnd()
		.split('\n')
		.map((line): unknown => JSON.parse(line));

interface WithOffsets {
	readonly ids: number[];
	readonly byteStarts: number[];
	readonly byteEnds: number[];
}

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'bpe-lab-cli-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const bpeLab = (args: string, input: string | Uint8Array = '') => runLauncher(folder, args, input);

/** The output of a run that must succeed without a word. */
async function outputOf(args: string, input: string | Uint8Array = ''): Promise<string> {
	const { code, output, errors } = await bpeLab(args, input);
	expect({ code, errors }).toEqual({ code: 0, errors: '' });
	return output;
}

// The first run of all may bundle and pack.
beforeAll(() => bpeLab('tokenizers'), 300_000);

describe.each([
	['gpt2', 'text'],
	['cl100k_base', 'text'],
	['o200k_base', 'parse'],
	['claude-legacy', 'text'],
	['llama2', 'parse'],
	['llama3', 'parse'],
	['mistral-tekken', 'parse'],
	['qwen3', 'text'],
	['gemma3', 'parse'],
	['gemma4', 'parse'],
	['deepseek-v4', 'text']
] as const)('%s', (id, special) => {
	const rows = (json(`expected/${id}.json`) as Oracle)[special] as number[][];

	it('encodes every oracle input as the reference does', async () => {
		const output = await outputOf(`encode -t ${id} --special ${special} --jsonl`, lines(texts));
		expect(parsed(output)).toEqual(rows);
	});

	it('gives offsets within the input that never go back', async () => {
		const input = lines(texts);
		const args = `encode -t ${id} --special ${special} --jsonl --offsets`;
		const results = parsed(await outputOf(args, input)) as WithOffsets[];
		expect(results.map(({ ids }) => ids)).toEqual(rows);
		for (const [i, { byteStarts, byteEnds }] of results.entries()) {
			const size = Buffer.byteLength(texts[i].toWellFormed());
			expect(byteStarts).toHaveLength(rows[i].length);
			expect(byteEnds).toHaveLength(rows[i].length);
			byteStarts.forEach((start, token) => {
				expect(start).toBeGreaterThanOrEqual(byteStarts[token - 1] ?? 0);
				expect(byteEnds[token]).toBeGreaterThanOrEqual(start);
			});
			expect(Math.max(0, ...byteEnds)).toBeLessThanOrEqual(size);
		}
	});
});

it('gives offsets that split the input into its tokens', async () => {
	const text = 'Naïve café — 日本語 🤖\r\n\ttabs';
	const output = await outputOf('encode -t o200k_base --jsonl --offsets', lines([text]));
	const [{ ids, byteStarts, byteEnds }] = parsed(output) as WithOffsets[];
	const bytes = Buffer.from(text);
	const slices = byteStarts.map((start, i) => bytes.subarray(start, byteEnds[i]));
	expect(Buffer.concat(slices)).toEqual(bytes);
	// Tokens that are whole characters decode to their slice.
	const decoded = parsed(
		await outputOf('decode -t o200k_base --jsonl', lines(ids.map((id) => [id])))
	) as string[];
	const whole = decoded.map((token, i) => [token, String(slices[i])]);
	for (const [token, slice] of whole.filter(([token]) => !token.includes('\ufffd'))) {
		expect(token).toBe(slice);
	}
});

it.each(['cl100k_base', 'llama3', 'llama2', 'gemma3'])('%s: decode undoes encode', async (id) => {
	// SentencePiece writes spaces as ▁ and cannot tell the two apart afterwards.
	const wellFormed = texts.filter((text) => text.isWellFormed() && !text.includes('▁'));
	const ids = await outputOf(`encode -t ${id} --jsonl`, lines(wellFormed));
	expect(parsed(await outputOf(`decode -t ${id} --jsonl`, ids))).toEqual(wellFormed);
	const text = '\ufeff two  spaces\r\n日本\n\n';
	const plain = await outputOf(`encode -t ${id}`, text);
	expect(plain).toMatch(/^\d+( \d+)*\n$/);
	expect(await outputOf(`decode -t ${id}`, plain)).toBe(text);
});

it('counts the tokens of a file and of a megabyte from standard input', async () => {
	writeFileSync(join(folder, 'a.txt'), 'Hello world\n');
	expect(await outputOf('encode -t llama3 --count a.txt')).toBe('3\n');
	const large = 'Hello world\n'.repeat(90_000);
	expect(await outputOf('encode -t llama3 --count', large)).toBe('270000\n');
});

it('runs as an npm script, on files of the folder it is called from', async () => {
	writeFileSync(join(folder, 'b.txt'), 'Hello world');
	const args = ['run', '-s', '--prefix', ROOT, 'cli', '--', 'encode', '-t', 'llama3', 'b.txt'];
	const { code, output } = await runProgram(folder, 'npm', args);
	expect({ code, output }).toEqual({ code: 0, output: '9906 1917\n' });
});

it('refuses a file that is not UTF-8, naming the byte', async () => {
	writeFileSync(join(folder, 'latin1.txt'), Buffer.from('caf\xe9 au lait', 'latin1'));
	const { code, output, errors } = await bpeLab('encode -t gpt2 latin1.txt');
	expect({ code, output }).toEqual({ code: 2, output: '' });
	expect(errors).toMatch(/^bpe-lab: latin1\.txt: not UTF-8 at byte 3 \(0xe9\)[^\n]*\n$/);
});

it('refuses a tokenizer that nobody knows, naming those it knows', async () => {
	const { code, output, errors } = await bpeLab('encode -t gpt-9', 'a');
	expect({ code, output }).toEqual({ code: 2, output: '' });
	expect(errors).toMatch(/^bpe-lab: unknown tokenizer "gpt-9": [^\n]*cl100k_base[^\n]*\n$/);
});

it('traces to the ids that encode gives', async () => {
	const text = "It's 2024: strawberry, naïve 日本語!\n";
	for (const id of ['cl100k_base', 'llama3', 'llama2']) {
		const trace = JSON.parse(await outputOf(`trace -t ${id}`, text)) as {
			bytes: number[];
			initialIds: number[];
			merges: { left: number; right: number; product: number }[];
			ids: number[];
		}[];
		const ids = trace.flatMap((piece) => piece.ids);
		expect(`${ids.join(' ')}\n`).toBe(await outputOf(`encode -t ${id}`, text));
		for (const { initialIds, merges, ids } of trace) {
			expect(initialIds.length - merges.length).toBe(ids.length);
		}
	}
});

it('prints the tokens of a text in every language, and refuses an unknown baseline', async () => {
	const rows = JSON.parse(await outputOf('inflation -t cl100k_base o200k_base --json')) as {
		tokenizer: string;
		language: string;
		ratio: number;
	}[];
	const ratios = rows.filter(({ language }) => language === 'tur');
	expect(ratios.map(({ tokenizer, ratio }) => [tokenizer, ratio.toFixed(2)])).toEqual([
		['cl100k_base', '2.02'],
		['o200k_base', '1.52']
	]);
	const { code, output, errors } = await bpeLab('inflation -t gpt2 --baseline english');
	expect({ code, output }).toEqual({ code: 2, output: '' });
	expect(errors).toMatch(/^bpe-lab: unknown language "english": [^\n]*eng \(English\)[^\n]*\n$/);
});

const PLAIN = 'The quick brown fox jumps over the lazy dog.\nIt costs 12,500 euros; café, naïve.\n';

it.each([
	['js-tiktoken', 'cl100k_base'],
	['js-tiktoken', 'claude-legacy'],
	['js-tiktoken', 'mistral-tekken'],
	['transformers.js', 'llama3'],
	['transformers.js', 'llama2'],
	['transformers.js', 'cl100k_base']
])('%s agrees with the lab on plain text through %s', async (runtime, id) => {
	const lab = await outputOf(`encode -t ${id}`, PLAIN);
	expect(await outputOf(`encode -t ${id} --runtime ${runtime}`, PLAIN)).toBe(lab);
	const args = `encode -t ${id} --jsonl --offsets`;
	expect(await outputOf(`${args} --runtime ${runtime}`, lines([PLAIN]))).toBe(
		await outputOf(args, lines([PLAIN]))
	);
});

it('stops quietly when its reader does', async () => {
	writeFileSync(join(folder, 'large.txt'), PLAIN.repeat(20_000));
	const command = `"${process.execPath}" "${LAUNCHER}" encode -t gpt2 large.txt; echo "code $?" >&2`;
	const pipe = await runProgram(folder, 'sh', ['-c', `(${command}) | head -c 3`]);
	expect(pipe).toEqual({ code: 0, output: '464', errors: 'code 0\n' });
});

/** Runs the launcher from a shell. */
const inShell = (script: string) =>
	runProgram(folder, 'bash', [
		'-c',
		script.replaceAll('bpe-lab', `"${process.execPath}" "${LAUNCHER}"`)
	]);

it('says that the disk is full, for text, reports and help', async () => {
	writeFileSync(join(folder, 'full.txt'), PLAIN);
	for (const args of ['encode -t gpt2 full.txt', 'diff gpt2 gpt2', '--help']) {
		const { code, errors } = await inShell(`bpe-lab ${args} > /dev/full`);
		expect({ code, errors }).toEqual({
			code: 2,
			errors: 'bpe-lab: standard output: the disk is full\n'
		});
	}
});

it('keeps the former file if the new one cannot be written', async () => {
	writeFileSync(join(folder, 'kept.json'), 'former');
	// Without the signal, a write beyond the limit fails as it does on a full disk.
	const { code, errors } = await inShell(
		`trap '' XFSZ; ulimit -f 1; bpe-lab convert gpt2 --out kept.json`
	);
	expect({ code, errors }).toEqual({
		code: 2,
		errors: 'bpe-lab: kept.json: the file would be larger than is allowed here\n'
	});
	expect(readFileSync(join(folder, 'kept.json'), 'utf8')).toBe('former');
	expect(readdirSync(folder).filter((name) => name.includes('kept'))).toEqual(['kept.json']);
});

it('shows control characters of a file name as escapes', async () => {
	const { code, errors } = await bpeLab('encode -t gpt2 a\x1b[31m\x07.txt');
	expect({ code, errors }).toEqual({
		code: 2,
		errors: 'bpe-lab: a\\x1b[31m\\x07.txt: there is no such file\n'
	});
});

it('completes commands, options, tokenizers and values in bash', async () => {
	const complete = (words: string) => `
		COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _bpe_lab; echo "\${COMPREPLY[*]}"`;
	writeFileSync(join(folder, 'completion-a.json'), '');
	const { output, errors } = await inShell(
		`eval "$(bpe-lab completion bash)"` +
			[
				'bpe-lab tr',
				'bpe-lab encode -t o200k',
				'bpe-lab encode --jso',
				'bpe-lab encode --special ""',
				'bpe-lab encode file',
				'bpe-lab encode ""',
				'bpe-lab convert gpt',
				'bpe-lab diff gpt2 completion-',
				'bpe-lab diff --pro'
			]
				.map((words) => complete(words.replace('bpe-lab', 'lab')))
				.join('')
	);
	expect({ output, errors }).toEqual({
		output:
			'trace train\no200k_base o200k_harmony\n--jsonl\ntext parse\n\n\ngpt2 gpt-neox\ncompletion-a.json\n--probes\n',
		errors: ''
	});
});

const hasZsh = spawnSync('zsh', ['--version']).status === 0;

// Few machines without macOS have it.
it.skipIf(!hasZsh)(
	'completes commands, options, tokenizers and values in zsh, where it is',
	async () => {
		writeFileSync(join(folder, 'completion.zsh'), await outputOf('completion zsh'));
		// Only a line that is edited can be completed, so functions stand for what zsh has for that.
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
		const [defined, commands, ids, options, values, files] = output.split('\n');
		expect(defined).toBe('_bpe_lab bpe-lab');
		expect(commands).toContain('tokenizers encode decode trace train count ');
		expect(ids).toContain(' o200k_base ');
		expect(options).toBe('--quiet --help ');
		expect(values).toBe('deep quick ');
		expect(files).toBe('files');
	}
);
