import { createReadStream } from 'node:fs';
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
}

/** How messages call an input. */
export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'this is a folder, expected a file',
	EACCES: 'permission denied'
};

/** The process's own streams, and files of its working folder. */
export function nodeIo(): Io {
	process.stdout.on('error', (error) => {
		if (systemCode(error) !== 'EPIPE') throw error;
	});
	const base = workingFolder();
	return {
		async *open(path) {
			try {
				yield* path === '-' ? process.stdin : createReadStream(resolve(base, path));
			} catch (error) {
				const code = systemCode(error);
				if (code === null) throw error;
				throw new UserError(`${nameOf(path)}: ${REASONS[code] ?? code}`, { cause: error });
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
		warn: (line) => process.stderr.write(`bpe-lab: ${line}\n`)
	};
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
