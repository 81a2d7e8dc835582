/** Keeps the Strawberry page's address and its state in step: a link restores word, letter, tokenizers and settings. */
import { decodeTextHash } from '../../session/links/link-codec';
import { PageAddress, readPart, type Names } from '../../session/links/page-address.svelte';
import type { WordMergesPair } from './ladders.svelte';
import { MAX_WORD_UNITS, type StrawberryState } from './strawberry.svelte';
import { readWord, writeWord, type WordSettings } from '../../session/links/strawberry';

export class WordAddress {
	readonly #state: StrawberryState;
	readonly #ladders: WordMergesPair;
	readonly #names: Names;
	readonly #defaults: WordSettings & { readonly word: string };
	readonly #address: PageAddress;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(
		state: StrawberryState,
		ladders: WordMergesPair,
		names: Names,
		defaults: WordSettings & { readonly word: string },
		replace: (address: string) => void
	) {
		this.#state = state;
		this.#ladders = ladders;
		this.#names = names;
		this.#defaults = defaults;
		this.#address = new PageAddress(replace);
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#address.problem;
	}

	/** Whether the word is too long for a link. */
	get tooLong(): boolean {
		return this.#address.unlinked === 'long';
	}

	dismiss(): void {
		this.#address.dismiss();
	}

	/** Takes over what the address asks for; a bad link says so and changes nothing. */
	async read({ searchParams, hash }: URL): Promise<void> {
		const end = this.#address.startReading();
		await this.#names.load();
		// The page as it was left, not as it is by default.
		if (searchParams.size === 0 && hash === '') return;
		if (this.#address.wroteHash(hash)) return;
		const linked = readWord(searchParams, (id) => this.#names.has(id));
		const problems = [...linked.problems];
		const input = await readPart(() => decodeTextHash(hash), problems);
		const word = input?.value ?? this.#defaults.word;
		if (word.length > MAX_WORD_UNITS)
			problems.push('The link carries a text, not a word: open it on Compare.');
		if (!end(problems) || problems.length > 0) return;
		const { tokenizers, letter, ladders } = this.#defaults;
		this.#state.setTokenizers(linked.tokenizers ?? tokenizers);
		this.#state.setLetter(linked.letter ?? letter);
		this.#state.setCaseRule(linked.caseRule);
		this.#state.setWord(word);
		const [a, b] = linked.ladders ?? ladders;
		this.#ladders.setTokenizer(0, a);
		this.#ladders.setTokenizer(1, b);
		this.#ladders.setForm(linked.form);
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { word, letter, caseRule, tokenizers } = this.#state;
		const { tokenizers: ladders, form } = this.#ladders;
		const search = writeWord({ tokenizers, letter, caseRule, ladders, form }, this.#defaults);
		const isFirst = word === this.#defaults.word;
		return this.#address.write(search, () => (isFirst ? 'nothing' : { kind: 'text', value: word }));
	}
}
