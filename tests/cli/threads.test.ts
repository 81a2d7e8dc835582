/** The output of commands equals that for the whole text in one thread, for any number of threads. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAUNCHER, runLauncher, runProgram } from '../support/launcher';
import { ORACLE_INPUTS } from '../support/oracle';
import { PACKED_IDS, packedTokenizer } from '../support/packed-tokenizers';
import { launcherFolder } from '../support/scratch-folder';
import { sized } from '../support/size';

const folder = launcherFolder();
const run = (args: string, input: string | Uint8Array = '') => runLauncher(folder, args, input);

/** Well above the size at which threads start. */
const BYTES = sized(2_300_000, 3_500_000);

const repeated = (part: (i: number) => string): string => {
	const parts: string[] = [];
	for (let [i, length] = [0, 0]; length < BYTES; i++) {
		parts.push(part(i));
		length += Buffer.byteLength(parts[i]);
	}
	return parts.join('');
};
const inputs = ORACLE_INPUTS.map(({ text }) => text.toWellFormed());
const TEXTS: Readonly<Record<string, string>> = {
	mixed: repeated((i) => `${inputs[i % inputs.length]}\nThe ${i} words, 東京 ${i * 7} καὶ.\n`),
	lines: repeated((i) => `line ${i} of text, and more\n`),
	code: repeated((i) => `def f_${i}(x):\n    return x * ${i}  # done\n\n`),
	json: repeated((i) => `{"id":${i},"name":"Zoë ${i}","tags":["a","b"]}\n`),
	Chinese: repeated((i) => `第${i}章 敏捷的棕色狐狸跳过了懒狗。 你好 世界\n`),
	spaces: repeated((i) => `a${' '.repeat(i % 40)}b\n\n\t\n${i}\r\n`),
	special: repeated((i) => `<|endoftext|>Hi ${i}<|im_start|><s>▁ x</s>\n`),
	emoji: repeated((i) => `👩‍👩‍👧‍👦 ${i} e\u0301 ﬁ ½ Å 🇩🇪 ok\n`)
};

const ids = sized(['o200k_base', 'llama2', 'gemma3'], PACKED_IDS);
const texts = Object.entries(TEXTS).slice(0, sized(1, 8));
for (const [name, text] of texts)
	it(`has room for threads: ${name}`, () => {
		expect(Buffer.byteLength(text)).toBeGreaterThan(2 << 20);
	});

describe.each(ids)('%s', (id) => {
	it.each(texts)('encodes and counts in any number of threads: %s', async (name, text) => {
		const file = `${name}.txt`;
		writeFileSync(join(folder, file), text);
		const whole = packedTokenizer(id).encode(text).ids;
		const expected = `${whole.join(' ')}\n`;
		for (const threads of sized([1, 3], [1, 2, 3, 4])) {
			const encoded = await run(`encode -t ${id} --threads ${threads} ${file}`);
			expect(encoded.output === expected).toBe(true);
			const counted = await run(`encode -t ${id} --threads ${threads} --count`, text);
			expect(counted).toMatchObject({ code: 0, output: `${whole.length}\n` });
		}
	});
});

it('encodes JSON lines and counts pre-tokens in any number of threads', async () => {
	const lines = `${TEXTS.lines}${TEXTS.mixed}`.split('\n');
	const jsonl = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	const objects = lines.map((line) => `${JSON.stringify({ text: line })}\n`).join('');
	const commands: readonly [args: string, input: string][] = [
		['encode -t gpt2 --jsonl --offsets', jsonl],
		['encode -t gpt2 --jsonl --count', jsonl],
		['count --pattern o200k', TEXTS.mixed],
		['count --pattern /\\p{L}+|\\s+/ --feed lines', TEXTS.mixed],
		['count --ndjson text', objects],
		['inflation -t gpt2 llama2 qwen3 --json', '']
	];
	for (const [args, input] of commands) {
		const [alone, ...others] = await Promise.all(
			sized([1, 3], [1, 2, 4]).map((threads) => run(`${args} --threads ${threads}`, input))
		);
		expect(alone.code).toBe(0);
		expect(alone.output.length).toBeGreaterThan(1000);
		for (const other of others) expect(other.output === alone.output).toBe(true);
	}
});

describe('bad input', () => {
	const invalid = Buffer.concat([
		Buffer.from(TEXTS.lines),
		Buffer.from([0xff]),
		Buffer.from(TEXTS.lines)
	]);

	it.each(['encode -t gpt2', 'encode -t gpt2 --count', 'count --out none'])(
		'%s prints one line, and nothing else, for a byte far inside that is not UTF-8',
		async (args) => {
			const expected = `not UTF-8 at byte ${Buffer.byteLength(TEXTS.lines)} (0x`;
			for (const threads of [1, 4]) {
				const { code, output, errors } = await run(`${args} --threads ${threads}`, invalid);
				expect({ code, output }).toEqual({ code: 2, output: '' });
				expect(errors.toLowerCase()).toContain(expected.toLowerCase());
				expect(errors).toMatch(/^bpe-lab: [^\n]+\n$/);
			}
		}
	);

	it('prints the lines before a wrong one', async () => {
		const line = '"a b"\n';
		const jsonl = `${line.repeat(400_000)}[1]\n${line.repeat(400_000)}`;
		for (const threads of [1, 4]) {
			const { code, output, errors } = await run(
				`encode -t gpt2 --jsonl --threads ${threads}`,
				jsonl
			);
			expect(code).toBe(2);
			expect(output === '[64,275]\n'.repeat(400_000)).toBe(true);
			expect(errors).toContain('standard input line 400001: got [1], expected a JSON string');
		}
	});

	it.each(['0', '-1', '1.5', 'many', ''])('refuses --threads %j', async (threads) => {
		const { code, errors } = await runProgram(folder, process.execPath, [
			LAUNCHER,
			...['encode', '-t', 'gpt2', `--threads=${threads}`]
		]);
		expect(code).toBe(2);
		expect(errors).toContain('expected a whole number of at least 1');
	});

	it('stops quietly when its reader does, and at once when it is interrupted', async () => {
		writeFileSync(join(folder, 'long.txt'), TEXTS.lines.repeat(4));
		const command = `"${process.execPath}" "${LAUNCHER}" encode -t gpt2 --threads 4 long.txt`;
		const pipe = await runProgram(folder, 'bash', ['-c', `(${command}; echo $? >&2) | head -c 4`]);
		expect(pipe).toEqual({ code: 0, output: '1370', errors: '0\n' });
		const child = spawn(
			process.execPath,
			[LAUNCHER, ...'encode -t gpt2 --threads 4 --count'.split(' ')],
			{
				cwd: folder
			}
		);
		child.stdin.on('error', () => undefined);
		child.stdin.write(TEXTS.lines, () => child.kill('SIGINT'));
		const [, signal] = (await once(child, 'close')) as [number | null, string | null];
		expect(signal).toBe('SIGINT');
	});
});
