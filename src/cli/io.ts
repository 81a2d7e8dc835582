import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { SlicedFile } from '../lib/tokenizers/files/types';
import { OutputClosed, printable, systemCode, UserError } from './failure';

/** Everything that a command does outside itself; a test passes plain objects. */
export interface Io {
	/** The bytes of a file, or of standard input for `-`. @throws UserError if it cannot be read */
	open(path: string): AsyncIterable<Uint8Array>;
	/**
	 * A file whose slices are read on demand, or the files directly in a folder.
	 * @throws UserError if there is none, or if it is a pipe or a device, which has no slices
	 */
	slices(path: string): Promise<readonly SlicedFile[]>;
	/** Script of a thread that reads tokenizer files; absent where files are read in this thread. */
	readonly readerScript?: string;
	/** Resolves when the reader has room for more. @throws OutputClosed */
	write(text: string): Promise<void>;
	/** One line on standard error. */
	warn(line: string): void;
	/**
	 * Shows progress in a line that the next one replaces; '' clears it. Only on a terminal, and not every line.
	 */
	status(line: string): void;
	/** Kind of the entry at a path. */
	kindOf(path: string): Promise<'file' | 'folder' | 'nothing'>;
	/**
	 * Writes or overwrites files. At a problem or an interrupt, each is as it was before.
	 * @param folder that is made for them, in an existing one; `null` if there is one
	 * @throws UserError if they cannot be written
	 */
	save(files: readonly OutputFile[], folder: string | null): Promise<void>;
}

/** A file to be written. */
export interface OutputFile {
	readonly path: string;
	readonly text: string;
}

/** Name of an input for messages. */
export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'this is a folder, expected a file',
	ENOTDIR: 'part of this path is a file, expected a folder',
	EACCES: 'permission denied',
	EFBIG: 'the file would be larger than is allowed here',
	ENOSPC: 'the disk is full'
};

/** Least time between two status lines. */
const STATUS_INTERVAL_MS = 100;

/** Error for users about a path; an error without a system code is returned unchanged. */
function fileError(path: string, error: unknown): Error {
	const code = systemCode(error);
	if (code === null) return error instanceof Error ? error : new Error(String(error));
	return new UserError(`${nameOf(path)}: ${REASONS[code] ?? code}`, { cause: error });
}

/**
 * The process's own streams, and files of its working folder.
 * @param readerScript bundle of reading-thread.ts
 */
export function nodeIo(readerScript?: string): Io {
	// Reported by the write that failed. Later ones say only that the stream is closed.
	let failure: Error | undefined;
	process.stdout.on('error', (error: Error) => {
		failure ??= error;
	});
	// Nobody is left to tell.
	process.stderr.on('error', () => undefined);
	const base = workingFolder();
	let drawn = -Infinity;
	let shown = false;
	/** Codes that clear the status line, if one is shown. */
	const clear = () => {
		const codes = shown ? '\r\x1b[K' : '';
		shown = false;
		return codes;
	};
	return {
		readerScript,
		async *open(path) {
			try {
				yield* path === '-' ? process.stdin : readUnchanged(resolve(base, path), path);
			} catch (error) {
				throw fileError(path, error);
			}
		},
		async slices(path) {
			const target = resolve(base, path);
			try {
				const found = await stat(target);
				if (found.isFile()) return [sliced(target, found.size)];
				if (!found.isDirectory()) {
					throw new UserError(
						`${nameOf(path)}: a pipe or a device cannot be read in slices; use - or a regular file`
					);
				}
				const files: SlicedFile[] = [];
				for (const name of (await readdir(target)).sort()) {
					const file = await stat(join(target, name));
					if (file.isFile()) files.push(sliced(join(target, name), file.size));
				}
				return files;
			} catch (error) {
				throw fileError(path, error);
			}
		},
		write: (text) =>
			new Promise((done, failed) => {
				process.stdout.write(text, (error) => {
					const reason = failure ?? error;
					if (!reason) done();
					else if (systemCode(reason) === 'EPIPE') failed(new OutputClosed());
					else failed(fileError('standard output', reason));
				});
			}),
		warn: (line) => process.stderr.write(`${clear()}bpe-lab: ${printable(line)}\n`),
		status(line) {
			if (!process.stderr.isTTY) return;
			if (line !== '' && performance.now() - drawn < STATUS_INTERVAL_MS) return;
			drawn = performance.now();
			process.stderr.write(`${clear()}${printable(line)}`);
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
		async save(files, folder) {
			const { saveFiles } = await import('./save');
			const at = (path: string) => resolve(base, path);
			try {
				await saveFiles(
					files.map(({ path, text }) => ({ path: at(path), text })),
					folder === null ? null : at(folder)
				);
			} catch (error) {
				throw fileError(folder ?? files[0].path, error);
			}
		}
	};
}

/** A file of the disk. It is open only while it is read. */
const sliced = (path: string, size: number): SlicedFile => ({
	name: basename(path),
	size,
	async read(start, end) {
		const file = await open(path);
		try {
			const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
			let filled = 0;
			while (filled < bytes.length) {
				const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
				if (bytesRead === 0) break;
				filled += bytesRead;
			}
			return bytes.subarray(0, filled);
		} finally {
			await file.close();
		}
	}
});

/** Bytes of a file. @throws UserError at the end if the file changed meanwhile: the bytes may mix two versions */
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

/** `npm run cli` changes to the repository's root, but paths are relative to where it was called. */
function workingFolder(): string {
	const { npm_lifecycle_event, INIT_CWD } = process.env;
	return (npm_lifecycle_event === 'cli' && INIT_CWD) || process.cwd();
}

/** Collects small writes into large ones. Call `flush` at the end. */
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
