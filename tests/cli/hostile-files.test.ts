import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FORMATS } from '../fuzz/formats/seeds';
import { ROOT, runLauncher } from '../support/launcher';
import { BYTE_PIECES, ggufFile } from '../support/tokenizer-files';

const MUTANTS = 2000;

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'hostile-'))));
afterAll(() => rmSync(folder, { recursive: true }));

// Memory and processor time are measured in child processes, which a busy machine does not change.
it.each(FORMATS)(
	'2,000 changed files of the format %s are read or refused in words, within bounds',
	(format) => {
		const program = join(ROOT, 'tests/fuzz/run.js');
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[program, 'formats', String(MUTANTS), format],
			{ encoding: 'utf8', env: { ...process.env, SEED: '20261125' } }
		);
		expect(stderr + stdout).toMatch(
			new RegExp(`^${format}: 2000 mutants, \\d+ read, \\d+ refused, 0 failures, at most`)
		);
		expect(stdout).not.toMatch(/, 0 read|, 0 refused/);
		expect(status).toBe(0);
	},
	600_000
);

it('opens a GGUF file of 40 GB', async () => {
	const tokens = ['<unk>', '<s>', ...BYTE_PIECES, '▁', 'a', '▁a'];
	const path = join(folder, 'large.gguf');
	const types = tokens.map((token) => (token.startsWith('<0x') ? 6 : token === '<s>' ? 3 : 1));
	writeFileSync(
		path,
		ggufFile({
			'tokenizer.ggml.model': 'llama',
			'tokenizer.ggml.tokens': tokens,
			'tokenizer.ggml.scores': tokens.map((_, id) => -id),
			'tokenizer.ggml.token_type': types
		})
	);
	// A hole takes no room on the disk.
	truncateSync(path, 40e9);
	const { code, output, errors } = await runLauncher(folder, 'encode -t large.gguf', 'a a');
	expect({ code, output, errors }).toEqual({ code: 0, output: '260 260\n', errors: '' });
});
