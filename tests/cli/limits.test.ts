import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runLauncher } from '../support/launcher';
import { launcherFolder } from '../support/scratch-folder';
import { sized } from '../support/size';

/** Maximum size of JSON that is read. */
const MAX_JSON_BYTES = 64 << 20;
const TOKENS = sized(240_000, 480_000);
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

const folder = launcherFolder();
beforeAll(() => writeFileSync(join(folder, 'large.json'), largeFile()));

/** A tokenizer.json of exactly 64 MB: tokens of about 40 letters, each with its merge, padded with spaces. */
function largeFile(): Buffer {
	const tokens = [...LETTERS];
	const merges: [string, string][] = [];
	const join = (left: string, right: string) => {
		merges.push([left, right]);
		tokens.push(left + right);
	};
	for (let length = 2; length <= 36; length++) join('a'.repeat(length - 1), 'a');
	for (let from = tokens.length - 1; tokens.length < TOKENS; from++) {
		for (const letter of LETTERS) join(tokens[from], letter);
	}
	const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
	const file = Buffer.alloc(MAX_JSON_BYTES, ' ');
	const written = file.write(JSON.stringify({ model: { type: 'BPE', vocab, merges } }));
	expect(written).toBeGreaterThan(sized(20e6, 40e6));
	expect(written).toBeLessThan(MAX_JSON_BYTES);
	return file;
}

const encode = (options: string) => runLauncher(folder, `encode ${options}`, 'hello');

it('opens a file of 64 MB within the limits that apply by default', async () => {
	expect(await encode('-t large.json')).toEqual({ code: 0, output: '7 4 11 11 14\n', errors: '' });
});

it.each([
	['0.01s', '0.01 s'],
	['120MB', '120 MB']
])('refuses it with --limits %s, in one line that says what to do', async (limits, limit) => {
	expect(await encode(`-t large.json --limits ${limits}`)).toEqual({
		code: 2,
		output: '',
		errors: `bpe-lab: large.json: reading this tokenizer exceeded the limit of ${limit}; if you trust the file, raise the limit with --limits\n`
	});
});

it('reads a tokenizer from standard input in the thread, too', async () => {
	const json = JSON.stringify({ model: { type: 'BPE', vocab: { a: 0, b: 1 }, merges: [] } });
	writeFileSync(join(folder, 'text.txt'), 'ab');
	expect(await runLauncher(folder, 'encode -t - text.txt', json)).toEqual({
		code: 0,
		output: '0 1\n',
		errors: ''
	});
});
