import { untrack } from 'svelte';
import { reasonOf } from '../../session/format';
import { WorkerQuery, type QueryOptions } from '../../session/worker-query.svelte';
import type { TokenizingCalls, TokenizingWorkers } from '../../session/calls/tokenizing';

type Opinion = TokenizingCalls['check']['result'];

/**
 * How long the page must be idle before a check starts by itself, in milliseconds. Someone who types pauses for less, so
 * a library is loaded only for a text that is being read.
 */
export const IDLE_MS = 10_000;
/** Size of the largest text that is checked without being asked for, in bytes. A longer one may take minutes. */
export const MAX_IDLE_BYTES = 20_000;

/** Text and tokenizers that the libraries can check. */
export interface CheckInput {
	readonly tokenizers: readonly string[];
	/** UTF-8 of the text. */
	readonly document: Uint8Array;
	readonly special: 'text' | 'parse';
}

/**
 * The libraries' answers to the whole text, one tokenizer after another. The worker that runs the libraries is stopped
 * after each, because their tables take several times the memory of the engine's.
 */
export class SecondOpinions {
	#input = $state.raw<CheckInput | null>(null);
	#opinions = $state.raw<ReadonlyMap<string, Opinion>>(new Map());
	/** Whether the visitor has stopped the check of this input, so that none starts by itself. */
	#isStopped = false;
	readonly #calls: Pick<TokenizingWorkers, 'check' | 'stopChecking'>;
	readonly #query = new WorkerQuery<CheckInput, void>(
		(input, options) => this.#checkEach(input, options),
		{ policy: 'replace', isSame: Object.is }
	);

	constructor(calls: Pick<TokenizingWorkers, 'check' | 'stopChecking'>) {
		this.#calls = calls;
	}

	/** Begins with prerendered opinions. @param document the text that they are about, as UTF-8 */
	showPrerendered(document: Uint8Array, opinions: Readonly<Record<string, Opinion>>): void {
		this.#input = { tokenizers: Object.keys(opinions), document, special: 'text' };
		this.#opinions = new Map(Object.entries(opinions));
	}

	/** The text and the tokenizers that can be checked; `null` if there is no text. */
	get input() {
		return this.#input;
	}
	get isRunning(): boolean {
		return this.#query.status === 'loading';
	}
	/** Tokenizers that no library has answered for, in order. The first is the one being checked. */
	get unchecked(): readonly string[] {
		return this.#input?.tokenizers.filter((id) => !this.#opinions.has(id)) ?? [];
	}
	/** Share of the current tokenizer's check that is done, from 0 to 1; `null` if unknown. */
	get share(): number | null {
		const { progress } = this.#query;
		return progress?.phase === 'encode' ? progress.share : null;
	}

	/** Tokenizers with an answer of this kind. */
	with(verdict: Opinion['verdict']): readonly string[] {
		return this.#input?.tokenizers.filter((id) => this.of(id)?.verdict === verdict) ?? [];
	}

	/** The answer about the current text. */
	of(tokenizer: string): Opinion | undefined {
		return this.#opinions.get(tokenizer);
	}

	/** Takes the current input. A different text stops the check of an earlier one and forgets its answers. */
	setInput(input: CheckInput | null): void {
		untrack(() => {
			const before = this.#input;
			this.#input = input;
			if (input?.document === before?.document && input?.special === before?.special) return;
			this.#opinions = new Map();
			this.end();
			this.#isStopped = false;
		});
	}

	/** Checks what has no answer yet, and what a library gave up on. */
	start(): void {
		const input = this.#input;
		if (!input || this.isRunning) return;
		this.#opinions = new Map(
			[...this.#opinions].filter(([, { verdict }]) => verdict !== 'gave-up')
		);
		this.#isStopped = false;
		// A new object, because the query would not ask again about one that it has answered.
		void this.#query.ask({ ...input });
	}

	/**
	 * Starts the check of a short text after a while, unless the visitor has stopped it.
	 * @returns a function that cancels the start
	 */
	startWhenIdle(): () => void {
		const timer = setTimeout(() => {
			const isShort = (this.#input?.document.length ?? 0) <= MAX_IDLE_BYTES;
			if (isShort && !this.#isStopped && this.unchecked.length > 0) this.start();
		}, IDLE_MS);
		return () => clearTimeout(timer);
	}

	/** Stops the check. Its answers so far remain, and none starts by itself. */
	stop(): void {
		if (!this.isRunning) return;
		this.#isStopped = true;
		this.end();
	}

	/** Ends the check while nobody sees it. Its answers so far remain, and it may start again by itself. */
	end(): void {
		if (!this.isRunning) return;
		this.#query.forget();
		this.#calls.stopChecking();
	}

	async #checkEach({ document, special }: CheckInput, { signal, onprogress }: QueryOptions) {
		// The tokenizers may change during the check.
		for (let [tokenizer] = this.unchecked; tokenizer; [tokenizer] = this.unchecked) {
			onprogress(null);
			const opinion = await this.#calls
				.check({ tokenizer, text: document, special }, { signal, onprogress })
				.catch((error: unknown): Opinion => ({ verdict: 'gave-up', reason: reasonOf(error) }));
			// A later check may be running in the worker by now.
			signal.throwIfAborted();
			this.#opinions = new Map(this.#opinions).set(tokenizer, opinion);
			this.#calls.stopChecking();
		}
	}
}
