import { UserError } from '../../src/cli/failure';
import type { Io } from '../../src/cli/io';

/** An {@link Io} without a process: files by name (`-` is standard input), what was printed as text. */
export class MemoryIo implements Io {
	readonly #files: Readonly<Record<string, string | readonly Uint8Array[]>>;
	output = '';
	readonly warnings: string[] = [];

	/** @param files their text, or the chunks that arrive */
	constructor(files: Readonly<Record<string, string | readonly Uint8Array[]>> = {}) {
		this.#files = files;
	}

	async *open(path: string): AsyncGenerator<Uint8Array> {
		await Promise.resolve();
		const file = Object.hasOwn(this.#files, path) ? this.#files[path] : null;
		if (file === null) {
			const cause = Object.assign(new Error(path), { code: 'ENOENT' });
			throw new UserError(`${path}: there is no such file`, { cause });
		}
		yield* typeof file === 'string' ? [new TextEncoder().encode(file)] : file;
	}

	write(text: string): Promise<void> {
		this.output += text;
		return Promise.resolve();
	}

	warn(line: string): void {
		this.warnings.push(line);
	}
}
