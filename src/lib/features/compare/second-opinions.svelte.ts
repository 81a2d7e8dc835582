import { encodeUtf8 } from '../../engine/text';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { wellFormedPrefix } from './prefix';
import type { TokenizingCalls } from '../../session/worker/tokenizing';
import type { Workers } from '../../workers/pool';

type Opinion = TokenizingCalls['check']['result'];

export type CheckCalls = Pick<Workers<TokenizingCalls>, 'check'>;

/** UTF-16 units at the beginning of a text that the libraries are asked about. */
export const CHECKED_UNITS = 20_000;
/** How long the input must stay unchanged before the libraries are asked. */
const DEBOUNCE_MS = 900;

interface CheckInput {
	readonly tokenizers: readonly string[];
	/** The beginning of the text. */
	readonly checked: string;
	/** Whether there is more of it. */
	readonly isPartial: boolean;
	readonly special: 'text' | 'parse';
}

/** The libraries' answers to the text, one tokenizer after another and only while nothing is being typed. */
export class SecondOpinions {
	/** So far. */
	#opinions = $state.raw<ReadonlyMap<string, Opinion>>(new Map());
	readonly #calls: CheckCalls;
	readonly #query = new WorkerQuery<CheckInput, void>(
		(input, { signal }) => this.#checkEach(input, signal),
		{ policy: 'replace', isSame: Object.is }
	);

	constructor(calls: CheckCalls) {
		this.#calls = calls;
	}

	/** Whether only the beginning of the text is checked. */
	get partial(): boolean {
		return this.#query.input?.isPartial ?? false;
	}

	/** How many tokenizers are to be checked. */
	get asked(): number {
		return this.#query.input?.tokenizers.length ?? 0;
	}

	/** How many have been. */
	get answered(): number {
		return this.#opinions.size;
	}

	get agreeing(): number {
		return [...this.#opinions.values()].filter(({ verdict }) => verdict === 'agrees').length;
	}

	/** How many a library gave no answer about. */
	get unanswered(): number {
		return [...this.#opinions.values()].filter(({ verdict }) => verdict === 'gave-up').length;
	}

	of(tokenizer: string): Opinion | undefined {
		return this.#opinions.get(tokenizer);
	}

	/** Asks once the input stays unchanged; forgets the answers to an earlier text. */
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
