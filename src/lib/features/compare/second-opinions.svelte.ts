import { encodeUtf8 } from '../../engine/text';
import { wellFormedPrefix } from './prefix';
import type { TokenizingCalls } from '../../session/worker/tokenizing';
import type { Workers } from '../../workers/pool';

type Opinion = TokenizingCalls['check']['result'];

export type CheckCalls = Pick<Workers<TokenizingCalls>, 'check'>;

/** How much of a text the libraries are asked about, in units. */
export const CHECKED_UNITS = 20_000;
/** How long the input must rest before the libraries are asked, in milliseconds. */
const DEBOUNCE_MS = 900;

/**
 * What the libraries say of the text, tokenizer by tokenizer, one at a time and only when nothing
 * is being typed.
 */
export class SecondOpinions {
	#opinions = $state.raw<ReadonlyMap<string, Opinion>>(new Map());
	#asked = $state.raw<readonly string[]>([]);
	#partial = $state(false);
	readonly #calls: () => CheckCalls;
	#abort = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(calls: () => CheckCalls) {
		this.#calls = calls;
	}

	/** Whether only the beginning of the text is checked. */
	get partial(): boolean {
		return this.#partial;
	}

	/** How many tokenizers are to be checked. */
	get asked(): number {
		return this.#asked.length;
	}

	/** How many have been. */
	get answered(): number {
		return this.#opinions.size;
	}

	get agreeing(): number {
		return [...this.#opinions.values()].filter(({ verdict }) => verdict === 'agrees').length;
	}

	/** How many a library came to no answer on. */
	get unanswered(): number {
		return [...this.#opinions.values()].filter(({ verdict }) => verdict === 'gave-up').length;
	}

	of(tokenizer: string): Opinion | undefined {
		return this.#opinions.get(tokenizer);
	}

	/** Asks anew, after a rest; forgets what was said of an earlier text. */
	ask(tokenizers: readonly string[], text: string, special: 'text' | 'parse'): void {
		this.stop();
		this.#asked = tokenizers;
		const checked = wellFormedPrefix(text, CHECKED_UNITS);
		this.#partial = checked.length < text.length;
		this.#timer = setTimeout(
			() => void this.#run(tokenizers, encodeUtf8(checked), special),
			DEBOUNCE_MS
		);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#abort.abort(new DOMException('The text changed.', 'AbortError'));
		this.#opinions = new Map();
		this.#asked = [];
	}

	async #run(tokenizers: readonly string[], text: Uint8Array, special: 'text' | 'parse') {
		const { signal } = (this.#abort = new AbortController());
		for (const tokenizer of tokenizers) {
			const opinion = await this.#calls()
				.check({ tokenizer, text, special }, { signal })
				.catch((error: unknown): Opinion => {
					const reason = error instanceof Error ? error.message : String(error);
					return { verdict: 'gave-up', reason };
				});
			if (signal.aborted) return;
			this.#opinions = new Map(this.#opinions).set(tokenizer, opinion);
		}
	}
}
