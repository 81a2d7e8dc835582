import { basename, dirname, join, normalize } from 'node:path';
import { UserError } from '../../src/cli/failure';
import type { Io, OutputFile, OutputFolder, StepFile } from '../../src/cli/io';
import type { SlicedFile } from '../../src/lib/tokenizers/files/types';

/**
 * An {@link Io} without a process: files by name (`-` is standard input), what was printed as text.
 * Folders are those that files lie in, those made, and the working folder.
 */
export class MemoryIo implements Io {
	readonly #files: Readonly<Record<string, string | readonly Uint8Array[]>>;
	readonly #folders = new Set(['.']);
	output = '';
	readonly warnings: string[] = [];
	readonly statuses: string[] = [];
	/** What was written, by path. */
	readonly saved: Record<string, string> = {};
	/** The files of folders that were filled, by path. */
	readonly filled: Record<string, readonly Uint8Array[]> = {};
	/** Text that was appended to the files of a workflow’s step. */
	readonly step = { summary: '', output: '' };

	/** @param files their text, or the chunks that arrive */
	constructor(files: Readonly<Record<string, string | readonly Uint8Array[]>> = {}) {
		this.#files = files;
	}

	async *open(path: string): AsyncGenerator<Uint8Array> {
		await Promise.resolve();
		const files = { ...this.#files, ...this.saved, ...this.filled };
		const file = Object.hasOwn(files, path) ? files[path] : null;
		if (file === null) {
			const cause = Object.assign(new Error(path), { code: 'ENOENT' });
			throw new UserError(`${path}: there is no such file`, { cause });
		}
		yield* typeof file === 'string' ? [new TextEncoder().encode(file)] : file;
	}

	async slices(path: string): Promise<readonly SlicedFile[]> {
		const name = normalize(path).replace(/(.)\/$/, '$1');
		const paths = Object.keys({ ...this.#files, ...this.saved, ...this.filled }).map((file) =>
			normalize(file)
		);
		const inFolder = paths.includes(name) ? [] : paths.filter((file) => dirname(file) === name);
		const files: SlicedFile[] = [];
		for (const file of inFolder.length > 0 ? inFolder.sort() : [path]) {
			const chunks: Uint8Array[] = [];
			for await (const chunk of this.open(file)) chunks.push(chunk);
			const bytes = new Uint8Array(Buffer.concat(chunks));
			const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
			files.push({ name: basename(file), size: bytes.length, read });
		}
		return files;
	}

	write(text: string): Promise<void> {
		this.output += text;
		return Promise.resolve();
	}

	warn(line: string): void {
		this.warnings.push(line);
	}
	status(line: string): void {
		this.statuses.push(line);
	}

	kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
		const files = Object.keys({ ...this.#files, ...this.saved, ...this.filled }).map((file) =>
			normalize(file)
		);
		const name = normalize(path).replace(/(.)\/$/, '$1');
		const folders = [...this.#folders, ...files.map((file) => dirname(file))];
		const kind = folders.includes(name) ? 'folder' : files.includes(name) ? 'file' : 'nothing';
		return Promise.resolve(kind);
	}

	save(files: readonly OutputFile[], folder: string | null): Promise<void> {
		if (folder !== null) this.#folders.add(normalize(folder).replace(/(.)\/$/, '$1'));
		for (const { path, text } of files) this.saved[path] = text;
		return Promise.resolve();
	}

	async saveFolder(
		folder: string,
		fill: (files: OutputFolder) => Promise<void>,
		isFormer: (name: string) => boolean
	): Promise<void> {
		const added: Record<string, readonly Uint8Array[]> = {};
		await fill({
			async add(name, chunks) {
				const all: Uint8Array[] = [];
				for await (const chunk of chunks) all.push(chunk);
				added[join(folder, name)] = all;
			}
		});
		for (const path of Object.keys(this.filled)) {
			if (dirname(path) === normalize(folder) && isFormer(basename(path)))
				Reflect.deleteProperty(this.filled, path);
		}
		Object.assign(this.filled, added);
		this.#folders.add(normalize(folder));
	}

	appendForStep(file: StepFile, text: string): Promise<void> {
		this.step[file] += text;
		return Promise.resolve();
	}
}
