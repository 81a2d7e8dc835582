import { createReadStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OutputClosed, systemCode, UserError } from './failure';

/** What a command touches of the world; a test passes plain objects. */
export interface Io {
	/** The bytes of a file, or of standard input for `-`. @throws UserError when it cannot be read. */
	open(path: string): AsyncIterable<Uint8Array>;
	/** Resolves when the reader has room for more. @throws OutputClosed */
	write(text: string): Promise<void>;
	/** One line on standard error. */
	warn(line: string): void;
	/**
	 * What is going on, in a line that the next one replaces ('': none); for people at a terminal only,
	 * and not every line is shown.
	 */
	status(line: string): void;
	/** What there is at a path. */
	kindOf(path: string): Promise<'file' | 'folder' | 'nothing'>;
	/** Writes a file, over one that is there. @throws UserError when it cannot be written. */
	save(path: string, text: string): Promise<void>;
	/** Makes a folder in one that is there. @throws UserError when it cannot be made. */
	makeFolder(path: string): Promise<void>;
}

/** How messages call an input. */
export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'this is a folder, expected a file',
	ENOTDIR: 'a part of this path is a file, expected a folder',
	EACCES: 'permission denied',
	ENOSPC: 'the disk is full'
};

/** The status line is drawn anew no sooner than after so many milliseconds. */
const STATUS_PAUSE = 100;

/** What went wrong with a path, said for people. */
function fileError(path: string, error: unknown): unknown {
	const code = systemCode(error);
	if (code === null) return error;
	return new UserError(`${nameOf(path)}: ${REASONS[code] ?? code}`, { cause: error });
}

async function withFileErrors(path: string, work: Promise<void>): Promise<void> {
	try {
		await work;
	} catch (error) {
		throw fileError(path, error);
	}
}

/** The process's own streams, and files of its working folder. */
export function nodeIo(): Io {
	process.stdout.on('error', (error) => {
		if (systemCode(error) !== 'EPIPE') throw error;
	});
	const base = workingFolder();
	let drawn = -Infinity;
	let shown = false;
	/** Takes the status line away. */
	const clear = () => {
		const codes = shown ? '\r\x1b[K' : '';
		shown = false;
		return codes;
	};
	return {
		async *open(path) {
			try {
				yield* path === '-' ? process.stdin : readUnchanged(resolve(base, path), path);
			} catch (error) {
				throw fileError(path, error);
			}
		},
		write: (text) =>
			new Promise((done, failed) => {
				process.stdout.write(text, (error) => {
					if (!error) done();
					else if (systemCode(error) === 'EPIPE' || process.stdout.destroyed)
						failed(new OutputClosed());
					else failed(error);
				});
			}),
		warn: (line) => process.stderr.write(`${clear()}bpe-lab: ${line}\n`),
		status(line) {
			if (!process.stderr.isTTY) return;
			if (line !== '' && performance.now() - drawn < STATUS_PAUSE) return;
			drawn = performance.now();
			process.stderr.write(`${clear()}${line}`);
			shown = line !== '';
		},
		async kindOf(path) {
			try {
				return (await stat(resolve(base, path))).isDirectory() ? 'folder' : 'file';
			} catch (error) {
				if (systemCode(error) === 'ENOENT') return 'nothing';
				throw fileError(path, error);
			}
		},
		save: (path, text) => withFileErrors(path, writeFile(resolve(base, path), text)),
		makeFolder: (path) => withFileErrors(path, mkdir(resolve(base, path)))
	};
}

/** The bytes of a file. @throws UserError at the end if it changed meanwhile: what was read is no file that ever was */
async function* readUnchanged(file: string, name: string): AsyncGenerator<Uint8Array> {
	const before = await stat(file);
	yield* createReadStream(file) as AsyncIterable<Uint8Array>;
	if (!before.isFile()) return;
	const after = await stat(file);
	if (after.mtimeMs === before.mtimeMs && after.size === before.size) return;
	throw new UserError(
		`${nameOf(name)}: this file changed while it was read; try again when nothing writes to it`
	);
}

/** `npm run cli` moves to the repository's root; paths are meant from where it was called. */
function workingFolder(): string {
	const { npm_lifecycle_event, INIT_CWD } = process.env;
	return (npm_lifecycle_event === 'cli' && INIT_CWD) || process.cwd();
}

/** Collects small writes into large ones. `flush` at the end. */
export class BufferedOutput {
	readonly #io: Io;
	#pending = '';

	constructor(io: Io) {
		this.#io = io;
	}

	async write(text: string): Promise<void> {
		this.#pending += text;
		if (this.#pending.length >= 1 << 16) await this.flush();
	}

	async flush(): Promise<void> {
		const text = this.#pending;
		this.#pending = '';
		if (text !== '') await this.#io.write(text);
	}
}
