import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a command is on the PATH. */
export const isCommand = (name: string): boolean =>
	(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** A program that runs until it is stopped. */
export interface Running {
	/** First match of a pattern in what it prints. */
	printed: (pattern: RegExp) => Promise<RegExpMatchArray>;
	stop: () => Promise<void>;
}

/** Starts a program and everything that it starts in a process group of their own. */
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
	const listeners = new Set<() => void>();
	const exited = new Promise<void>((resolve) => {
		child.once('exit', resolve);
		child.once('error', (error) => {
			output += String(error);
			resolve();
		});
	});
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (chunk: string) => {
			output += chunk;
			for (const listener of listeners) listener();
		});
	const printed = (pattern: RegExp) =>
		new Promise<RegExpMatchArray>((resolve, reject) => {
			const look = () => {
				const match = pattern.exec(output);
				if (!match) return;
				listeners.delete(look);
				resolve(match);
			};
			listeners.add(look);
			void exited.then(() =>
				reject(new Error(`${program} ended without ${String(pattern)}: ${output.slice(-500)}`))
			);
			look();
		});
	const stop = async () => {
		if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
			process.kill(-child.pid, 'SIGKILL');
		}
		await exited;
	};
	return { printed, stop };
}
