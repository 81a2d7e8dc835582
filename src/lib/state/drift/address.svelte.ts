/** Keeps the diff's address and its state in step: a link restores both sides, their changes, rows and text. */
import { decodeTextHash, encodeTextHash } from '../link-codec';
import type { Names } from '../address.svelte';
import { asksForDiff, readDiff, writeDiff, type LinkedDiff } from './diff-link';
import type { DriftSides } from './side';

/** How long the state must rest before it is written, in milliseconds. */
const REST = 300;

/** What a link says something of; a test passes a plain object. */
export interface LinkedState {
	readonly sides: DriftSides;
	readonly rows: number | null;
	/** The user's text; null where files are compared. */
	readonly text: string | null;
	set(sides: DriftSides, rows: number | null): void;
	setText(text: string): void;
}

export class DiffAddress {
	#problem = $state<string | null>(null);
	#unlinked = $state<'long' | 'file' | null>(null);
	readonly #state: LinkedState;
	readonly #names: Names;
	readonly #first: LinkedDiff & { readonly text: string };
	readonly #replace: (address: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Count what was read and written, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** Written last, so that one's own change is not read back. */
	#written: string | null = null;

	/**
	 * @param first what a plain address shows
	 * @param replace puts an address (search and hash) in place of the current one
	 */
	constructor(
		state: LinkedState,
		names: Names,
		first: LinkedDiff & { readonly text: string },
		replace: (address: string) => void
	) {
		this.#state = state;
		this.#names = names;
		this.#first = first;
		this.#replace = replace;
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Why the text is not in the link: too long, or files. */
	get unlinked(): 'long' | 'file' | null {
		return this.#unlinked;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Takes over what the address asks for; a bad link says so and changes nothing. */
	async read({ search, searchParams, hash }: URL): Promise<void> {
		const read = ++this.#reads;
		await this.#names.load();
		// The page as it was left, not as it is by default.
		if ((search === '' && hash === '') || search + hash === this.#written) return;
		const found = readDiff(searchParams, this.#first, (id) => this.#names.has(id));
		const problems = 'problems' in found ? [...found.problems] : [];
		let text: string | null = null;
		try {
			text = (await decodeTextHash(hash))?.value ?? null;
		} catch (error) {
			problems.push(error instanceof Error ? error.message : String(error));
		}
		if (read !== this.#reads) return;
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
		if ('problems' in found || problems.length > 0) return;
		if (asksForDiff(searchParams)) this.#state.set(found.sides, found.rows);
		if (text !== null) this.#state.setText(text);
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { sides, rows, text } = this.#state;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#write({ sides, rows }, text), REST);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	async #write(diff: LinkedDiff, text: string | null): Promise<void> {
		const write = ++this.#writes;
		const isFirst = text === null || text === this.#first.text;
		const hash = isFirst ? '' : await encodeTextHash({ kind: 'text', value: text });
		if (write !== this.#writes) return;
		this.#unlinked = text === null ? 'file' : hash === null ? 'long' : null;
		const search = writeDiff(diff);
		// A plain address stays plain until something is changed.
		const plain = search === writeDiff(this.#first) && hash === '';
		this.#written = plain ? '' : `${search}${hash ? `#${hash}` : ''}`;
		this.#replace(this.#written);
	}
}
