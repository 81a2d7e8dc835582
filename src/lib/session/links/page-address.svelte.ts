/** What is the same in every page that keeps its address and its state in step. */
import { encodeTextHash, type LinkInput } from './link-codec';

/** How long the state must rest before it is written, in milliseconds. */
const DEBOUNCE_MS = 300;

/** What an address may name; a test passes a plain object. */
export interface Names {
	/** Resolves when `has` can answer for all. */
	load(): Promise<void>;
	has(id: string): boolean;
}

/** What the hash is to carry: nothing where the page shows what it shows by default, never a file. */
export type Carried = LinkInput | 'nothing' | 'file';

/** A page's class says what is read and written, this one when, and what the page says of it. */
export class PageAddress {
	#problem = $state<string | null>(null);
	#unlinked = $state<'long' | 'file' | null>(null);
	readonly #replace: (address: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Count what was read and written, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** Written last, so that one's own change is not read back; the hash begins with its `#` or is empty. */
	#written: { readonly search: string; readonly hash: string } | null = null;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(replace: (address: string) => void) {
		this.#replace = replace;
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Why the hash does not carry what it should: too long, or a file. */
	get unlinked(): 'long' | 'file' | null {
		return this.#unlinked;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Whether an address is the one that was written last. */
	wrote({ search, hash }: Pick<URL, 'search' | 'hash'>): boolean {
		return search === this.#written?.search && hash === this.#written.hash;
	}

	/** Whether a hash that carries something is the one that was written last. */
	wroteHash(hash: string): boolean {
		return hash !== '' && hash === this.#written?.hash;
	}

	/**
	 * Begins to read an address.
	 * @returns ends it and says what is wrong with the link; false, and nothing said, where a later one
	 * was begun: nothing more may be taken over then
	 */
	startReading(): (problems: readonly string[]) => boolean {
		const read = ++this.#reads;
		return (problems) => {
			if (read !== this.#reads) return false;
			this.#problem = problems.length > 0 ? problems.join(' ') : null;
			return true;
		};
	}

	/**
	 * Writes an address once the state rests, and only the last one.
	 * @param carried asked for only then
	 * @returns gives it up: the address may be another page's by then
	 */
	write(search: string, carried: () => Carried): () => void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#write(search, carried()), DEBOUNCE_MS);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	async #write(search: string, carried: Carried): Promise<void> {
		const write = ++this.#writes;
		const encoded = typeof carried === 'string' ? '' : await encodeTextHash(carried);
		if (write !== this.#writes) return;
		this.#unlinked = carried === 'file' ? 'file' : encoded === null ? 'long' : null;
		const hash = encoded ? `#${encoded}` : '';
		this.#written = { search, hash };
		this.#replace(search + hash);
	}
}

/** What one part of a link says; null where it cannot be read, and why is added to the problems. */
export async function readPart<T>(
	part: () => Promise<T>,
	problems: string[]
): Promise<Awaited<T> | null> {
	try {
		return await part();
	} catch (error) {
		problems.push(error instanceof Error ? error.message : String(error));
		return null;
	}
}
