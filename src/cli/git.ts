/** Runs Git. */
import { execFile, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { oneLine, systemCode, UserError } from './failure';

/** Largest output of Git that is kept in memory: several files. */
const MAX_OUTPUT_BYTES = 256 << 20;

/**
 * Runs Git and returns its output, or its first bytes if there are more.
 * @throws UserError in Git's words
 */
export type Git = (args: readonly string[], input?: string, maxBytes?: number) => Promise<Buffer>;

/** Lines of an output, of which a path may be empty. */
export const lines = (output: Buffer): string[] => output.toString('utf8').split(/\r?\n/);

/** Entries of an output with `-z`. */
export const entriesOf = (output: Buffer): string[] =>
	output.toString('latin1').split('\0').slice(0, -1);

/** First line that Git prints; `null` if it fails. */
export const firstLine = (output: Promise<Buffer>): Promise<string | null> =>
	output.then(
		(bytes) => lines(bytes)[0],
		() => null
	);

/** Environment of Git: nothing is locked, and messages are in English. */
const gitEnv = () => ({ ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' });

/** Git in a folder. */
export const gitIn =
	(cwd: string): Git =>
	(args, input, maxBytes) =>
		new Promise((resolve, reject) => {
			const options = {
				cwd,
				encoding: 'buffer',
				maxBuffer: maxBytes ?? MAX_OUTPUT_BYTES,
				env: gitEnv()
			} as const;
			const child = execFile('git', args, options, (error, output, errors) => {
				const code = systemCode(error);
				const isStart = maxBytes !== undefined && code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
				if (!error || isStart) resolve(output);
				else if (code === 'ENOENT') {
					reject(new UserError('Git was not found; install it, or use bpe-lab diff'));
				} else {
					const words = errors.toString('utf8').trim() || oneLine(error);
					reject(new UserError(`git ${args[0]}: ${words}`, { cause: error }));
				}
			});
			// Git may stop before it has read everything; the callback says why.
			child.stdin?.on('error', () => undefined).end(input);
		});

/** Writes what Git prints to a new file. @throws UserError in Git's words */
export async function gitToFile(
	cwd: string,
	args: readonly string[],
	target: string
): Promise<void> {
	const file = await open(target, 'wx');
	try {
		await new Promise<void>((resolve, reject) => {
			const child = spawn('git', args, { cwd, env: gitEnv(), stdio: ['ignore', file.fd, 'pipe'] });
			const errors: Buffer[] = [];
			child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
			child.on('error', reject);
			child.on('close', (code) => {
				const words = `git ${args[0]}: ${Buffer.concat(errors).toString('utf8').trim()}`;
				if (code === 0) resolve();
				else reject(new UserError(words));
			});
		});
	} finally {
		await file.close();
	}
}

/** Contents of objects of the repository. @throws UserError if one is missing */
export async function readObjects(
	git: Git,
	objects: readonly string[]
): Promise<Map<string, Buffer>> {
	const found = new Map<string, Buffer>();
	if (objects.length === 0) return found;
	const output = await git(['cat-file', '--batch'], objects.join('\n'));
	for (let at = 0; at < output.length;) {
		const end = output.indexOf('\n', at);
		const [object, type, size] = output.toString('latin1', at, end).split(' ');
		if (size === undefined) throw new UserError(`git cat-file: object ${object} is ${type}`);
		at = end + 1 + Number(size) + 1;
		found.set(object, output.subarray(end + 1, at - 1));
	}
	return found;
}
