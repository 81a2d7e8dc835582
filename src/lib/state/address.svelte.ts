/** Keeps the page's address and its state in step: a link restores what was seen. */
import { DEFAULT_TOKENIZERS } from '../catalogue/entries';
import { FIRST_PAINT } from '../catalogue/first-paint';
import type { CompareState } from './compare.svelte';
import { readOnTheSpot, readTokenizers, writeSearch, type OnTheSpot } from './compare-link';
import { decodeTextHash, encodeTextHash } from './link-codec';

/** How long the state must rest before it is written, in milliseconds. */
const REST = 300;

/** What an address may name; a test passes a plain object. */
export interface Names {
	/** Resolves when `has` can answer for all. */
	load(): Promise<void>;
	has(id: string): boolean;
}

/** The tokenizer that is trained on the spot, as far as a link says something of it. */
export interface Spot {
	/** As a link says it now. */
	readonly link: OnTheSpot;
	/** Takes over what a link says. True when that changes what it is trained on. */
	take(link: OnTheSpot): boolean;
}

export class CompareAddress {
	#problem = $state<string | null>(null);
	#tooLong = $state(false);
	readonly #state: CompareState;
	readonly #names: Names;
	readonly #spot: Spot;
	readonly #replace: (address: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Counts what was written, so that an earlier one never overwrites a later one. */
	#writes = 0;
	/** The hash written last, so that one's own change is not read back. */
	#written: string | null = null;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(state: CompareState, names: Names, spot: Spot, replace: (address: string) => void) {
		this.#state = state;
		this.#names = names;
		this.#spot = spot;
		this.#replace = replace;
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Whether the input is too long for a link. */
	get tooLong(): boolean {
		return this.#tooLong;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Takes over what the address asks for; a bad link says so and changes nothing else. */
	async read(address: URL): Promise<void> {
		const problems: string[] = [];
		await this.#names.load();
		// The page as it was left, not as it is by default.
		if (address.searchParams.size === 0 && address.hash === '') return;
		const { ids, unknown } = readTokenizers(address.searchParams, (id) => this.#names.has(id));
		if (unknown.length > 0) {
			problems.push(
				`The link asks for ${unknown.map((name) => `“${name}”`).join(', ')}, which ${unknown.length === 1 ? 'is' : 'are'} neither in the catalogue nor kept in this browser.`
			);
		}
		const { problems: wrong, ...onTheSpot } = readOnTheSpot(address.searchParams);
		problems.push(...wrong);
		const retrained = this.#spot.take(onTheSpot);
		if (ids) this.#state.setTokenizers(ids);
		if (retrained) this.#state.retryLocal();
		else this.#state.redrawLocal();
		const hash = address.hash.slice(1);
		if (hash !== '' && hash !== this.#written) {
			try {
				const input = await decodeTextHash(hash);
				if (input?.kind === 'text') {
					this.#state.setKind('text');
					this.#state.setText(input.value);
				} else if (input) {
					this.#state.setKind('ids');
					this.#state.setIdsText(input.value);
				}
			} catch (error) {
				problems.push(error instanceof Error ? error.message : String(error));
			}
		}
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { kind, text, idsText, tokenizers } = this.#state;
		const search = writeSearch(tokenizers, DEFAULT_TOKENIZERS, this.#spot.link);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#write(kind, text, idsText, search), REST);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	async #write(kind: 'text' | 'ids', text: string, idsText: string, search: string): Promise<void> {
		const write = ++this.#writes;
		const isFirst = kind === 'text' && text === FIRST_PAINT.text;
		const value = kind === 'text' ? text : idsText;
		const hash = isFirst ? '' : await encodeTextHash({ kind, value });
		if (write !== this.#writes) return;
		this.#tooLong = hash === null;
		this.#written = hash;
		this.#replace(`${search}${hash ? `#${hash}` : ''}`);
	}
}
