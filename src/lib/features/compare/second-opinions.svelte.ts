import { untrack } from 'svelte';
import { reasonOf } from '../../session/format';
import { WorkerQuery, type QueryOptions } from '../../session/worker-query.svelte';
import type { TokenizingCalls, TokenizingWorkers } from '../../session/calls/tokenizing';

type Opinion = TokenizingCalls['check']['result'];

/**
 * Idle time before a check starts automatically: longer than a pause in typing, so that no library is loaded until the
 * visitor has stopped typing.
 */
export const IDLE_MS = 10_000;
/** Maximum size of a text that is checked automatically, in bytes. Checking a longer text may take minutes. */
export const MAX_IDLE_BYTES = 20_000;

/** Text and tokenizers that the libraries can check. */
export interface CheckInput {
	readonly tokenizers: readonly string[];
	/** UTF-8 of the text. */
	readonly document: Uint8Array;
	readonly special: 'text' | 'parse';
}

/**
 * Checks the whole text with the libraries, one tokenizer at a time. The worker is terminated after each tokenizer,
 * because a library's tables take several times as much memory as the engine's.
 */
export class SecondOpinions {
	#input = $state.raw<CheckInput | null>(null);
	#opinions = $state.raw<ReadonlyMap<string, Opinion>>(new Map());
	/** Whether the visitor has stopped the check of this input. If so, no check starts automatically. */
	#isStopped = false;
	readonly #calls: Pick<TokenizingWorkers, 'check' | 'stopChecking'>;
	readonly #query = new WorkerQuery<CheckInput, void>(
		(input, options) => this.#checkEach(input, options),
		{ policy: 'replace', isSame: Object.is }
	);

	constructor(calls: Pick<TokenizingWorkers, 'check' | 'stopChecking'>) {
		this.#calls = calls;
	}

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
	/** Tokenizers that haven't been checked yet, in order. */
	get unchecked(): readonly string[] {
		return this.#input?.tokenizers.filter((id) => !this.#opinions.has(id)) ?? [];
	}
	/** Progress of the current tokenizer's check, from 0 to 1; `null` if unknown. */
	get share(): number | null {
		const { progress } = this.#query;
		return progress?.phase === 'encode' ? progress.share : null;
	}

	with(verdict: Opinion['verdict']): readonly string[] {
		return this.#input?.tokenizers.filter((id) => this.of(id)?.verdict === verdict) ?? [];
	}

	of(tokenizer: string): Opinion | undefined {
		return this.#opinions.get(tokenizer);
	}

	/**
	 * Sets the current input. If the text or the handling of special tokens has changed, stops the current check and
	 * discards all answers.
	 */
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

	/** Checks tokenizers that have no answer yet or for which a library gave up. */
	start(): void {
		const input = this.#input;
		if (!input || this.isRunning) return;
		this.#opinions = new Map(
			[...this.#opinions].filter(([, { verdict }]) => verdict !== 'gave-up')
		);
		this.#isStopped = false;
		// Passes a new object, because the query never asks about the same input object twice.
		void this.#query.ask({ ...input });
	}

	/**
	 * Starts checking the text after a delay, if it is short and the visitor hasn't stopped the check.
	 * @returns a function that cancels the scheduled check
	 */
	startWhenIdle(): () => void {
		const timer = setTimeout(() => {
			const isShort = (this.#input?.document.length ?? 0) <= MAX_IDLE_BYTES;
			if (isShort && !this.#isStopped && this.unchecked.length > 0) this.start();
		}, IDLE_MS);
		return () => clearTimeout(timer);
	}

	/**
	 * Stops the check at the visitor's request. The answers so far are kept, and no later check of the same input is
	 * started automatically.
	 */
	stop(): void {
		if (!this.isRunning) return;
		this.#isStopped = true;
		this.end();
	}

	/**
	 * Stops the check when the visitor leaves the page. Unlike {@link stop}, doesn't prevent later checks from starting
	 * automatically.
	 */
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
			// The worker may already be running a later check.
			signal.throwIfAborted();
			this.#opinions = new Map(this.#opinions).set(tokenizer, opinion);
			this.#calls.stopChecking();
		}
	}
}
