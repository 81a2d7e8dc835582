import { encodeUtf8, splitsPair } from '../../engine/text';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { TokenizingCalls } from '../../session/worker/tokenizing';
import type { Workers } from '../../workers/pool';

type Opinion = TokenizingCalls['check']['result'];

/** Number of UTF-16 units at the beginning of a text that the libraries check. */
export const CHECKED_UNITS = 20_000;
/** How long the input must stay unchanged before the libraries are asked. */
const DEBOUNCE_MS = 900;

interface CheckInput {
	readonly tokenizers: readonly string[];
	/** The beginning of the text. */
	readonly checked: string;
	/** Whether the text is longer. */
	readonly isPartial: boolean;
	readonly special: 'text' | 'parse';
}

/** The libraries' answers to the text. Tokenizers are checked one after another, once typing pauses. */
export class SecondOpinions {
	#opinions = $state.raw<ReadonlyMap<string, Opinion>>(new Map());
	readonly #calls: Pick<Workers<TokenizingCalls>, 'check'>;
	readonly #query = new WorkerQuery<CheckInput, void>(
		(input, { signal }) => this.#checkEach(input, signal),
		{ policy: 'replace', isSame: Object.is }
	);

	constructor(calls: Pick<Workers<TokenizingCalls>, 'check'>) {
		this.#calls = calls;
	}

	/** Whether only the beginning of the text is checked. */
	get isPartial(): boolean {
		return this.#query.input?.isPartial ?? false;
	}

	/** Number of tokenizers to check. */
	get asked(): number {
		return this.#query.input?.tokenizers.length ?? 0;
	}

	/** Number of tokenizers checked so far. */
	get answered(): number {
		return this.#opinions.size;
	}

	get agreeing(): number {
		return [...this.#opinions.values()].filter(({ verdict }) => verdict === 'agrees').length;
	}

	/** Number of tokenizers that a library gave up on. */
	get unanswered(): number {
		return [...this.#opinions.values()].filter(({ verdict }) => verdict === 'gave-up').length;
	}

	of(tokenizer: string): Opinion | undefined {
		return this.#opinions.get(tokenizer);
	}

	/** Forgets the answers to an earlier text, and asks once the input stays unchanged. */
	ask(tokenizers: readonly string[], text: string, special: 'text' | 'parse'): void {
		this.#opinions = new Map();
		const checked = wellFormedPrefix(text, CHECKED_UNITS);
		const isPartial = checked.length < text.length;
		void this.#query.ask({ tokenizers, checked, isPartial, special });
	}

	stop(): void {
		this.#opinions = new Map();
		this.#query.forget();
	}

	async #checkEach({ tokenizers, checked, special }: CheckInput, signal: AbortSignal) {
		await new Promise((resolve) => setTimeout(resolve, DEBOUNCE_MS));
		const text = encodeUtf8(checked);
		for (const tokenizer of tokenizers) {
			signal.throwIfAborted();
			const opinion = await this.#calls
				.check({ tokenizer, text, special }, { signal })
				.catch((error: unknown): Opinion => {
					const reason = error instanceof Error ? error.message : String(error);
					return { verdict: 'gave-up', reason };
				});
			signal.throwIfAborted();
			this.#opinions = new Map(this.#opinions).set(tokenizer, opinion);
		}
	}
}

/** At most `units` UTF-16 units from the beginning of a text. Never splits a surrogate pair. */
function wellFormedPrefix(text: string, units: number): string {
	if (text.length <= units) return text;
	return text.slice(0, splitsPair(text, units) ? units - 1 : units);
}
