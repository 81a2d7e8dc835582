import { spawn, spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const LAUNCHER = join(ROOT, 'src/cli/bin.js');

export interface Outcome {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/** Runs a program in `folder` until it exits. */
export function runProgram(
	folder: string,
	program: string,
	args: readonly string[],
	input: string | Uint8Array = '',
	env: NodeJS.ProcessEnv = process.env
): Promise<Outcome> {
	return new Promise((done, failed) => {
		const child = spawn(program, args, { cwd: folder, env });
		const output: Buffer[] = [];
		const errors: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
		// A program that rejects its arguments may exit without reading its input.
		child.stdin.on('error', () => undefined);
		child.on('error', failed);
		child.on('close', (code) =>
			done({ code, output: String(Buffer.concat(output)), errors: String(Buffer.concat(errors)) })
		);
		child.stdin.end(input);
	});
}

/** Runs `bpe-lab` in `folder`; arguments are separated by single spaces. */
export const runLauncher = (folder: string, args: string, input: string | Uint8Array = '') =>
	runProgram(folder, process.execPath, [LAUNCHER, ...args.split(' ')], input);

/** Runs a program until it exits. @returns the program's output @throws Error with that output if the program fails */
export function execute(
	program: string,
	args: readonly string[],
	options: SpawnSyncOptions = {}
): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		maxBuffer: 2 ** 30,
		...options,
		encoding: 'utf8'
	});
	if (status === 0) return stdout;
	throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? (stderr || stdout)}`);
}

/**
 * Most informative line of an error message: a line that names an error, preferably in Python's format, or else the
 * last line.
 */
export function reasonOf(error: unknown): string {
	const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n');
	const named = (pattern: RegExp) => lines.findLast((line) => pattern.test(line));
	const line = named(/^[\w.]*(Error|Exception)\b/) ?? named(/\berror\b/i) ?? lines.at(-1) ?? '';
	return line.trim().slice(0, 200);
}
