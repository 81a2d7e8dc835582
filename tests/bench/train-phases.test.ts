import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepare } from './engine.mjs';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bpe-lab-phases-'));
	await prepare([]);
});
afterAll(() => rm(folder, { recursive: true }));

it('counts and merges what a corpus has', async () => {
	const corpus = join(folder, 'corpus.txt');
	await writeFile(corpus, 'low low lower');
	const script = fileURLToPath(new URL('train-phases.mjs', import.meta.url));
	const { stdout } = await promisify(execFile)(process.execPath, [script, corpus, '32000']);
	// Pre-tokens: "low", " low" and " lower". Their letters: "elorw" and the space.
	expect(JSON.parse(stdout)).toMatchObject({ pretokens: 3, distinct: 3, symbols: 13, merges: 5 });
});
