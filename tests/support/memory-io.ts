import { basename, dirname, join, normalize } from 'node:path';
import { UserError } from '../../src/cli/failure';
import type { Io } from '../../src/cli/io';
import type { OutputFolder, StepFile } from '../../src/cli/save';
import type { SlicedFile } from '../../src/lib/tokenizers/files/types';
import { slicedFile } from './tokenizer-files';

/** Normalized path without a trailing slash. */
const nameOf = (path: string) => normalize(path).replace(/(.)\/$/, '$1');

/**
 * An {@link Io} without a process. Files are given by name (`-` is standard input), and output is collected as text.
 * Three kinds of folders count as existing: those that contain a file, those created during a run, and the working
 * folder.
 */
export class MemoryIo implements Io {
	readonly #files: Readonly<Record<string, string | readonly Uint8Array[]>>;
	readonly #folders = new Set(['.']);
	output = '';
	readonly warnings: string[] = [];
	readonly statuses: string[] = [];
	/** Contents of written files, by path. */
	readonly saved: Record<string, string> = {};
	/** Files in the folders filled so far, by path. */
	readonly filled: Record<string, readonly Uint8Array[]> = {};
	/** Text appended to a workflow step's summary and output files. */
	readonly step = { summary: '', output: '' };

	/** @param files contents by path, either as text or as the chunks in which they arrive */
	constructor(files: Readonly<Record<string, string | readonly Uint8Array[]>> = {}) {
		this.#files = files;
	}

	get #all(): Readonly<Record<string, string | readonly Uint8Array[]>> {
		return { ...this.#files, ...this.saved, ...this.filled };
	}

	async *open(path: string): AsyncGenerator<Uint8Array> {
		await Promise.resolve();
		const file = Object.hasOwn(this.#all, path) ? this.#all[path] : null;
		if (file === null) {
			const cause = Object.assign(new Error(path), { code: 'ENOENT' });
			throw new UserError(`${path}: there is no such file`, { cause });
		}
		yield* typeof file === 'string' ? [new TextEncoder().encode(file)] : file;
	}

	async slices(path: string): Promise<readonly SlicedFile[]> {
		const paths = Object.keys(this.#all).map((file) => normalize(file));
		const inFolder = paths.includes(nameOf(path))
			? []
			: paths.filter((file) => dirname(file) === nameOf(path)).sort();
		const slices = (inFolder.length > 0 ? inFolder : [path]).map(async (file) => {
			const chunks: Uint8Array[] = [];
			for await (const chunk of this.open(file)) chunks.push(chunk);
			return slicedFile(new Uint8Array(Buffer.concat(chunks)), basename(file));
		});
		return Promise.all(slices);
	}

	write(text: string | Uint8Array): Promise<void> {
		this.output += typeof text === 'string' ? text : Buffer.from(text).toString();
		return Promise.resolve();
	}

	warn(line: string): void {
		this.warnings.push(line);
	}
	status(line: string, share: number | null = null): void {
		this.statuses.push(share === null ? line : `${Math.floor(100 * share)}% ${line}`);
	}

	sizeOf(path: string): Promise<number | null> {
		const file = path !== '-' && Object.hasOwn(this.#all, path) ? this.#all[path] : null;
		return Promise.resolve(
			file === null ? null : Buffer.concat([file].flat().map((part) => Buffer.from(part))).length
		);
	}

	kindOf(path: string): Promise<'file' | 'stream' | 'folder' | 'nothing'> {
		const files = Object.keys(this.#all).map((file) => normalize(file));
		const folders = [...this.#folders, ...files.map((file) => dirname(file))];
		const kind = folders.includes(nameOf(path))
			? 'folder'
			: files.includes(nameOf(path))
				? 'file'
				: 'nothing';
		return Promise.resolve(kind);
	}

	save(path: string, text: string): Promise<void> {
		this.saved[path] = text;
		return Promise.resolve();
	}

	async saveFolder(
		folder: string,
		fill: (files: OutputFolder) => Promise<void>,
		isStale: (name: string) => boolean
	): Promise<void> {
		const added: Record<string, readonly Uint8Array[]> = {};
		const texts: Record<string, string> = {};
		await fill({
			async add(name, content) {
				const path = join(folder, name);
				const isText = typeof content === 'string';
				if (isText) texts[path] = content;
				const all: Uint8Array[] = [];
				if (isText) all.push(new TextEncoder().encode(content));
				else for await (const chunk of content) all.push(chunk);
				added[path] = all;
			}
		});
		for (const path of Object.keys(this.filled)) {
			if (dirname(path) === normalize(folder) && isStale(basename(path)))
				Reflect.deleteProperty(this.filled, path);
		}
		Object.assign(this.filled, added);
		Object.assign(this.saved, texts);
		this.#folders.add(nameOf(folder));
	}

	appendForStep(file: StepFile, text: string): Promise<void> {
		this.step[file] += text;
		return Promise.resolve();
	}
}
