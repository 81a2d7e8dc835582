/** Training and counting in a separate process, with files and standard input. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LAUNCHER, runLauncher } from '../support/launcher';
import { launcherFolder } from '../support/scratch-folder';

const folder = launcherFolder();
const at = (path: string) => join(folder, path);
const read = (path: string) => readFileSync(at(path), 'utf8');

/** Standard output of a run that must succeed. */
async function outputOf(args: string, input: string | Uint8Array = ''): Promise<string> {
	const { code, output, errors } = await runLauncher(folder, args, input);
	expect(code, errors).toBe(0);
	return output;
}

/** Starts a run and writes text to it. */
function start(args: string, text: string) {
	const child = spawn(process.execPath, [LAUNCHER, ...args.split(' ')], { cwd: folder });
	child.stdin.on('error', () => undefined);
	return { child, taken: child.stdin.write(text) || once(child.stdin, 'drain') };
}

it('stops when it is interrupted while it reads', async () => {
	// Larger than the pipe's buffer, so the process must have read the beginning.
	const { child, taken } = start(
		'train --vocab-size 3000 --out none.json',
		'many words '.repeat(2e5)
	);
	await taken;
	child.kill('SIGINT');
	expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
});

it('leaves the former counts and no part of new ones if it is interrupted', async () => {
	await outputOf('count --out kept', 'former\n');
	const former = read('kept/manifest.json');
	const { child } = start('count --out kept', 'new\n');
	// The draft shows that writing has begun.
	while (readdirSync(at('kept')).length === 2) await new Promise((next) => setImmediate(next));
	child.kill('SIGINT');
	expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
	expect(readdirSync(at('kept')).sort()).toEqual(['counts-00000.tsv.gz', 'manifest.json']);
	expect(read('kept/manifest.json')).toBe(former);
	expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});
