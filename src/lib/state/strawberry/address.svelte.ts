/** Keeps the Strawberry page's address and its state in step: a link restores word, letter, tokenizers and settings. */
import type { Names } from '../address.svelte';
import { decodeTextHash, encodeTextHash } from '../link-codec';
import type { LadderPair } from './ladders.svelte';
import { LONGEST_WORD, type StrawberryState } from './strawberry.svelte';
import { readWord, writeWord, type WordSettings } from './word-link';

/** How long the state must rest before it is written, in milliseconds. */
const REST = 300;

export class WordAddress {
	#problem = $state<string | null>(null);
	#tooLong = $state(false);
	readonly #state: StrawberryState;
	readonly #ladders: LadderPair;
	readonly #names: Names;
	readonly #defaults: WordSettings & { readonly word: string };
	readonly #replace: (address: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Count what was read and written, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** The hash written last, so that one's own change is not read back. */
	#written: string | null = null;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(
		state: StrawberryState,
		ladders: LadderPair,
		names: Names,
		defaults: WordSettings & { readonly word: string },
		replace: (address: string) => void
	) {
		this.#state = state;
		this.#ladders = ladders;
		this.#names = names;
		this.#defaults = defaults;
		this.#replace = replace;
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Whether the word is too long for a link. */
	get tooLong(): boolean {
		return this.#tooLong;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Takes over what the address asks for; a bad link says so and changes nothing. */
	async read({ searchParams, hash }: URL): Promise<void> {
		const read = ++this.#reads;
		await this.#names.load();
		// The page as it was left, not as it is by default.
		if (searchParams.size === 0 && hash === '') return;
		if (hash !== '' && hash.slice(1) === this.#written) return;
		const linked = readWord(searchParams, (id) => this.#names.has(id));
		const problems = [...linked.problems];
		let word = this.#defaults.word;
		try {
			const input = await decodeTextHash(hash);
			if (input) word = input.value;
			if (word.length > LONGEST_WORD)
				problems.push('The link carries a text, not a word: open it on Compare.');
		} catch (error) {
			problems.push(error instanceof Error ? error.message : String(error));
		}
		if (read !== this.#reads) return;
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
		if (problems.length > 0) return;
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
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#write(word, search), REST);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	async #write(word: string, search: string): Promise<void> {
		const write = ++this.#writes;
		const isFirst = word === this.#defaults.word;
		const hash = isFirst ? '' : await encodeTextHash({ kind: 'text', value: word });
		if (write !== this.#writes) return;
		this.#tooLong = hash === null;
		this.#written = hash;
		this.#replace(`${search}${hash ? `#${hash}` : ''}`);
	}
}
