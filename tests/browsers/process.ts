import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export const isCommand = (name: string): boolean =>
	(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

export interface Running {
	/** Waits for the first match of a pattern in the program's output. */
	printed: (pattern: RegExp) => Promise<RegExpMatchArray>;
	stop: () => Promise<void>;
}

/** Starts a program and its child processes in a process group of their own. */
export function start(
	program: string,
	args: readonly string[],
	env: Readonly<Record<string, string | undefined>> = process.env
): Running {
	const child = spawn(program, args, {
		env: { ...env },
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	const exited = once(child, 'exit').catch((error: unknown) => (output += String(error)));
	const isRunning = () =>
		child.pid !== undefined && child.exitCode === null && child.signalCode === null;
	const printed = async (pattern: RegExp) => {
		for (;;) {
			const match = pattern.exec(output);
			if (match) return match;
			if (!isRunning())
				throw new Error(`${program} ended without ${String(pattern)}: ${output.slice(-500)}`);
			await setTimeout(20);
		}
	};
	const stop = async () => {
		if (child.pid !== undefined && isRunning()) process.kill(-child.pid, 'SIGKILL');
		await exited;
	};
	return { printed, stop };
}
