/** Keeps the page's address and its state in step: a link restores what was seen. */
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import { FIRST_EXAMPLE } from '../../session/examples';
import type { CompareState } from '../../session/compare.svelte';
import {
	readLiveTokenizer,
	readTokenizers,
	writeSearch,
	type LiveTokenizerLink
} from '../../session/links/compare';
import { decodeTextHash } from '../../session/links/link-codec';
import { PageAddress, readPart, type Names } from '../../session/links/page-address.svelte';

/** The tokenizer that is trained on the spot, as far as a link says something of it. */
export interface LiveTokenizerSource {
	/** As a link says it now. */
	readonly link: LiveTokenizerLink;
	/** Takes over what a link says. True when that changes what it is trained on. */
	take(link: LiveTokenizerLink): boolean;
}

export class CompareAddress {
	readonly #state: CompareState;
	readonly #names: Names;
	readonly #spot: LiveTokenizerSource;
	readonly #address: PageAddress;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(
		state: CompareState,
		names: Names,
		spot: LiveTokenizerSource,
		replace: (address: string) => void
	) {
		this.#state = state;
		this.#names = names;
		this.#spot = spot;
		this.#address = new PageAddress(replace);
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#address.problem;
	}

	/** Whether the input is too long for a link. */
	get tooLong(): boolean {
		return this.#address.unlinked === 'long';
	}

	dismiss(): void {
		this.#address.dismiss();
	}

	/** Takes over what the address asks for; a bad link says so and changes nothing else. */
	async read(address: URL): Promise<void> {
		await this.#names.load();
		// The page as it was left, not as it is by default.
		if (address.searchParams.size === 0 && address.hash === '') return;
		const end = this.#address.startReading();
		const problems: string[] = [];
		const { ids, unknown } = readTokenizers(address.searchParams, (id) => this.#names.has(id));
		if (unknown.length > 0) {
			problems.push(
				`The link asks for ${unknown.map((name) => `“${name}”`).join(', ')}, which ${unknown.length === 1 ? 'is' : 'are'} neither in the catalogue nor kept in this browser.`
			);
		}
		const { problems: wrong, ...onTheSpot } = readLiveTokenizer(address.searchParams);
		problems.push(...wrong);
		const retrained = this.#spot.take(onTheSpot);
		if (ids) this.#state.setTokenizers(ids);
		if (retrained) this.#state.retryLocal();
		else this.#state.redrawLocal();
		const input = this.#address.wroteHash(address.hash)
			? null
			: await readPart(() => decodeTextHash(address.hash), problems);
		if (!end(problems)) return;
		if (input?.kind === 'text') {
			this.#state.setKind('text');
			this.#state.setText(input.value);
		} else if (input) {
			this.#state.setKind('ids');
			this.#state.setIdsText(input.value);
		}
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { kind, text, idsText, tokenizers } = this.#state;
		const search = writeSearch(tokenizers, DEFAULT_TOKENIZERS, this.#spot.link);
		const isFirst = kind === 'text' && text === FIRST_EXAMPLE.text;
		const value = kind === 'text' ? text : idsText;
		return this.#address.write(search, () => (isFirst ? 'nothing' : { kind, value }));
	}
}
