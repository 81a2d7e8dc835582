import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SlicedFile } from '../lib/tokenizers/files/types';
import { printable, printableJson } from '../lib/drift/escapes';
import { fileError, OutputClosed, systemCode, UserError } from './failure';
import { appendForStep, saveFile, saveFolder, type OutputFolder, type StepFile } from './save';
import { openSlices } from './slices';
import type { StartThread } from './threads';

/** Everything that a command does outside its own process. Tests replace it with plain objects. */
export interface Io {
	/** Bytes of a file, or of standard input for `-`. @throws UserError if it cannot be read */
	open(path: string): AsyncIterable<Uint8Array>;
	/**
	 * Opens a file, or the files directly inside a folder, for reading in slices.
	 * @throws UserError if nothing is there, or if it is a pipe or a device, which cannot be read in slices
	 */
	slices(path: string): Promise<readonly SlicedFile[]>;
	/** Starts a thread that runs thread.ts; absent if all work happens in this thread. */
	readonly startThread?: StartThread;
	/** Writes text or its UTF-8 bytes to standard output. Resolves when more can be written. @throws OutputClosed */
	write(text: string | Uint8Array): Promise<void>;
	/** Prints a line to standard error. */
	warn(line: string): void;
	/**
	 * Shows progress on a line that the next call replaces; '' clears the line. Does nothing without a terminal, and skips
	 * calls in quick succession.
	 * @param share fraction of the work done, for the progress bar; `null` if unknown
	 */
	status(line: string, share?: number | null): void;
	/** Kind of the entry at a path; `stream` for a pipe or a device. */
	kindOf(path: string): Promise<'file' | 'stream' | 'folder' | 'nothing'>;
	/** Size of a file in bytes; `null` if it is unknown before the file is read. */
	sizeOf(path: string): Promise<number | null>;
	/** Writes or overwrites a file; see save.ts. @throws UserError naming the path that cannot be written */
	save(path: string, text: string): Promise<void>;
	/**
	 * Fills a new or existing folder with files of any size; see save.ts.
	 * @param isStale whether an existing file with this name is left over from an earlier run; such a file is removed
	 * unless it was written again
	 * @throws UserError naming the path that cannot be written
	 */
	saveFolder(
		folder: string,
		fill: (files: OutputFolder) => Promise<void>,
		isStale: (name: string) => boolean
	): Promise<void>;
	/**
	 * Appends to the summary or the output variables of the current GitHub workflow step. Does nothing outside a workflow.
	 * @throws UserError if the file cannot be written
	 */
	appendForStep(file: StepFile, text: string): Promise<void>;
}

export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const STATUS_INTERVAL_MS = 100;

/**
 * Creates an {@link Io} with the process's own streams and with paths relative to its working directory.
 * @param threadScript bundle of thread.ts
 */
export function nodeIo(threadScript?: string): Io {
	// The first error contains the reason. Later errors say only that the stream is closed.
	let failure: Error | undefined;
	process.stdout.on('error', (error: Error) => {
		failure ??= error;
	});
	// An error in writing to standard error, for example because it is closed, can't be reported anywhere.
	process.stderr.on('error', () => undefined);
	let drawn = -Infinity;
	let shown = false;
	/** Control codes that clear the status line, if it is shown. */
	const clear = () => {
		const codes = shown ? '\r\x1b[K' : '';
		shown = false;
		return codes;
	};
	return {
		startThread:
			threadScript === undefined
				? undefined
				: (workerData, options) => new Worker(threadScript, { ...options, workerData }),
		async *open(path) {
			try {
				yield* path === '-' ? process.stdin : readUnchanged(path);
			} catch (error) {
				throw fileError(nameOf(path), error);
			}
		},
		async slices(path) {
			let files: readonly SlicedFile[] | null;
			try {
				files = await openSlices(path, { open, readdir, stat, basename, join });
			} catch (error) {
				throw fileError(nameOf(path), error);
			}
			if (files) return files;
			throw new UserError(
				`${path}: got a pipe or a device, expected a file or a folder; use - to read standard input`
			);
		},
		write: (text) =>
			new Promise((done, failed) => {
				if (process.stdout.isTTY) process.stderr.write(clear());
				process.stdout.write(text, (error) => {
					const reason = failure ?? error;
					if (!reason) done();
					else if (systemCode(reason) === 'EPIPE') failed(new OutputClosed());
					else failed(fileError('standard output', reason));
				});
			}),
		warn: (line) => process.stderr.write(`${clear()}bpe-lab: ${printable(line)}\n`),
		status(line, share = null) {
			if (!process.stderr.isTTY) return;
			if (line !== '' && performance.now() - drawn < STATUS_INTERVAL_MS) return;
			drawn = performance.now();
			const bar = line === '' || share === null ? '' : progressBar(share);
			process.stderr.write(`${clear()}${bar}${printable(line)}`);
			shown = line !== '';
		},
		async kindOf(path) {
			try {
				const entry = await stat(path);
				return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'stream';
			} catch (error) {
				if (systemCode(error) === 'ENOENT') return 'nothing';
				throw fileError(nameOf(path), error);
			}
		},
		async sizeOf(path) {
			if (path === '-') return null;
			const entry = await stat(path).catch(() => null);
			return entry?.isFile() ? entry.size : null;
		},
		save: saveFile,
		saveFolder,
		appendForStep
	};
}

const BAR_WIDTH = 24;

function progressBar(share: number): string {
	const percent = `${Math.floor(100 * share)}%`.padStart(4);
	return `[${'#'.repeat(Math.floor(BAR_WIDTH * share)).padEnd(BAR_WIDTH, '.')}]${percent}  `;
}

/**
 * Bytes of a file. @throws UserError at the end if the file changed while it was being read, because the bytes may then
 * be a mix of two versions
 */
async function* readUnchanged(file: string): AsyncGenerator<Uint8Array> {
	const before = await stat(file);
	yield* createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>;
	if (!before.isFile()) return;
	const after = await stat(file);
	if (after.mtimeMs === before.mtimeMs && after.size === before.size) return;
	throw new UserError(
		`${file}: the file changed while it was being read; try again when nothing is writing to it`
	);
}

/** Combines small writes into large ones. Call `flush` at the end. */
export class BufferedOutput {
	#pending = '';

	constructor(private readonly io: Io) {}

	async write(text: string): Promise<void> {
		this.#pending += text;
		if (this.#pending.length >= 1 << 16) await this.flush();
	}

	async flush(): Promise<void> {
		const text = this.#pending;
		this.#pending = '';
		if (text !== '') await this.io.write(text);
	}
}

/** Formats a JSON array with one object per line. */
export const jsonRows = (rows: readonly object[]): string =>
	`[\n${rows.map((row) => printableJson(row)).join(',\n')}\n]\n`;

/**
 * Formats rows as lines of text, escaping characters that a terminal would not print. Columns are two spaces apart and
 * as wide as their widest cell.
 * @param numbers indices of the columns to align to the right
 */
export function alignedTable(
	rows: readonly (readonly string[])[],
	numbers: readonly number[]
): string {
	const cells = rows.map((row) => row.map(printable));
	const widths = rows[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
	return cells
		.map((row) =>
			row
				.map((cell, column) =>
					numbers.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
				)
				.join('  ')
				.trimEnd()
		)
		.map((line) => `${line}\n`)
		.join('');
}
