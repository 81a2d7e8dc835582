/** Keeps the diff's address and its state in step: a link restores both sides, their changes, rows and text. */
import { decodeTextHash } from '../../../session/links/link-codec';
import { PageAddress, readPart, type Names } from '../../../session/links/page-address.svelte';
import { asksForDiff, readDiff, writeDiff, type LinkedDiff } from '../../../session/links/diff';
import type { DriftSides } from '../../../session/links/drift-side';

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
	readonly #state: LinkedState;
	readonly #names: Names;
	readonly #first: LinkedDiff & { readonly text: string };
	readonly #address: PageAddress;

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
		this.#address = new PageAddress(replace);
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#address.problem;
	}

	/** Why the text is not in the link: too long, or files. */
	get unlinked(): 'long' | 'file' | null {
		return this.#address.unlinked;
	}

	dismiss(): void {
		this.#address.dismiss();
	}

	/** Takes over what the address asks for; of a bad link the part that can be read, and the rest is said. */
	async read(address: URL): Promise<void> {
		const { search, searchParams, hash } = address;
		const end = this.#address.startReading();
		await this.#names.load();
		// The page as it was left, not as it is by default.
		if ((search === '' && hash === '') || this.#address.wrote(address)) return;
		const found = readDiff(searchParams, this.#first, (id) => this.#names.has(id));
		const problems = 'problems' in found ? [...found.problems] : [];
		const input = await readPart(() => decodeTextHash(hash), problems);
		if (!end(problems)) return;
		// Each part is taken as a whole or not at all: half a pair would be another question.
		if (!('problems' in found) && asksForDiff(searchParams))
			this.#state.set(found.sides, found.rows);
		if (input) this.#state.setText(input.value);
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { sides, rows, text } = this.#state;
		const search = writeDiff({ sides, rows });
		const spelled = text !== null && text !== this.#first.text;
		// A plain address stays plain until something is changed.
		const plain = !spelled && search === writeDiff(this.#first);
		return this.#address.write(plain ? '' : search, () => {
			if (text === null) return 'file';
			return spelled ? { kind: 'text', value: text } : 'nothing';
		});
	}
}
