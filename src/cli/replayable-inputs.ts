/** Reads inputs twice: once to check them before anything is written, and once to process them. */
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputs, readUtf8, type InputSource } from './input';

/** Size up to which the bytes from a pipe are kept in memory; larger inputs are kept in a temporary file. */
const MAX_KEPT_BYTES = 1 << 26;
const READ_BYTES = 1 << 20;

/** Input that can be read twice: files, or standard input if no files are named. */
export class ReplayableInputs {
	readonly #io: InputSource;
	readonly #paths: readonly string[];
	/** The bytes kept for each path, in order; `null` for a regular file, which can be read a second time. */
	readonly #kept: (Kept | null)[] = [];

	constructor(io: InputSource, paths: readonly string[]) {
		this.#io = io;
		this.#paths = inputs(paths);
	}

	/** Reads all inputs without keeping any bytes. @throws UserError as `readUtf8` does */
	async *once(): AsyncGenerator<Uint8Array> {
		for (const path of this.#paths) yield* readUtf8(this.#io, path);
	}

	/** Reads all inputs and keeps the bytes of those that can't be read again. @throws UserError as `readUtf8` does */
	async *keep(): AsyncGenerator<Uint8Array> {
		for (const path of this.#paths) {
			const isFile = path !== '-' && (await this.#io.kindOf(path)) === 'file';
			const kept = isFile ? null : new Kept();
			this.#kept.push(kept);
			for await (const bytes of readUtf8(this.#io, path)) {
				await kept?.add(bytes);
				yield bytes;
			}
		}
	}

	/** Yields the same bytes as `keep` did. */
	async *again(): AsyncGenerator<Uint8Array> {
		for (const [i, path] of this.#paths.entries())
			yield* this.#kept[i]?.read() ?? this.#io.open(path);
	}

	async close(): Promise<void> {
		for (const kept of this.#kept) await kept?.close();
	}
}

/** Bytes kept in memory or, beyond {@link MAX_KEPT_BYTES}, in a temporary file. */
class Kept {
	readonly #chunks: Uint8Array[] = [];
	#length = 0;
	#file: { readonly handle: FileHandle; readonly folder: string } | null = null;

	async add(bytes: Uint8Array): Promise<void> {
		this.#length += bytes.length;
		this.#chunks.push(bytes);
		if (!this.#file && this.#length <= MAX_KEPT_BYTES) return;
		this.#file ??= await createTemporaryFile();
		for (const chunk of this.#chunks.splice(0)) await this.#file.handle.appendFile(chunk);
	}

	async *read(): AsyncGenerator<Uint8Array> {
		if (!this.#file) yield* this.#chunks;
		else
			yield* this.#file.handle.createReadStream({
				start: 0,
				autoClose: false,
				highWaterMark: READ_BYTES
			}) as AsyncIterable<Uint8Array>;
	}

	async close(): Promise<void> {
		if (!this.#file) return;
		await this.#file.handle.close();
		await rm(this.#file.folder, { recursive: true, force: true });
	}
}

/**
 * Creates a file and, where the system allows it, removes it while it is open, so that nothing is left behind if the
 * process is killed.
 */
async function createTemporaryFile() {
	const folder = await mkdtemp(join(tmpdir(), 'bpe-lab-'));
	const handle = await open(join(folder, 'input'), 'w+');
	// Windows can't remove open files.
	await rm(folder, { recursive: true, force: true }).catch(() => undefined);
	return { handle, folder };
}
