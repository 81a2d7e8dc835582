import { untrack } from 'svelte';
import { messageOf } from '../workers/client';
import type { Progress } from '../workers/protocol';

export interface QueryOptions {
	/** Aborted once the answer is no longer wanted. */
	readonly signal: AbortSignal;
	/** Called with `null` when a new part of the work begins. */
	readonly onprogress: (progress: Progress | null) => void;
}

export interface Answer<I, A> {
	readonly input: I;
	readonly value: A;
}

export interface QueryBehaviour<I, A> {
	/**
	 * `replace`: a new input aborts the running request. `latest`: the running request finishes and its answer is
	 * published; then only the newest waiting input is requested. Use `latest` for inputs that change with every frame
	 * of a drag.
	 */
	readonly policy: 'replace' | 'latest';
	/** By default, inputs are equal if they are the same value or have equal fields. */
	readonly isSame?: (a: I, b: I) => boolean;
	/** Called with each answer. If this callback throws an error, the query fails with that error. */
	readonly onanswer?: (answer: Answer<I, A>) => void;
	readonly onerror?: (error: unknown) => void;
}

/**
 * Requests answers from the workers, for one input at a time. Discards answers and errors for inputs that are no longer
 * current, so that each value belongs to the input it is paired with.
 */
export class WorkerQuery<I, A> {
	#status = $state<'idle' | 'loading' | 'ready' | 'error'>('idle');
	#progress = $state.raw<Progress | null>(null);
	#cause = $state.raw<unknown>(null);
	#input = $state.raw<I | null>(null);
	#answer = $state.raw<Answer<I, A> | null>(null);
	readonly #request: (input: I, options: QueryOptions) => Promise<A>;
	readonly #behaviour: QueryBehaviour<I, A>;
	readonly #isSame: (a: I, b: I) => boolean;
	/** Aborts the current request. */
	#abort = new AbortController();
	/** Settles when all open requests have settled. */
	#work = Promise.resolve();
	/** With `latest`: whether a request is open, even if its answer is no longer wanted. */
	#isBusy = false;
	/** With `latest`: whether the input will be requested once the open request ends. */
	#isWaiting = false;

	constructor(
		request: (input: I, options: QueryOptions) => Promise<A>,
		behaviour: QueryBehaviour<I, A>
	) {
		this.#request = request;
		this.#behaviour = behaviour;
		this.#isSame = behaviour.isSame ?? haveSameFields;
	}

	/** `ready` if {@link answer} belongs to the latest input. */
	get status() {
		return this.#status;
	}
	/** Progress of the running request; `null` if it hasn't reported any progress. */
	get progress() {
		return this.#progress;
	}
	/** Message that explains why the latest input has no answer; `null` if there is no error. */
	get error(): string | null {
		return this.#status === 'error' ? messageOf(this.#cause) : null;
	}
	get cause(): unknown {
		return this.#cause;
	}
	get input() {
		return this.#input;
	}
	/** The latest answer, which may belong to an earlier input. */
	get answer() {
		return this.#answer;
	}

	/** The answer for an input; `null` if there is no answer yet. */
	valueFor(input: I): A | null {
		return this.#isAnswered(input) ? (this.#answer?.value ?? null) : null;
	}

	/**
	 * Requests the answer for an input, unless the answer is pending or known; after an error, requests it again.
	 * Calling this in an effect doesn't make the effect depend on the query.
	 * @returns resolves when the request is over; never rejects
	 */
	ask(input: I): Promise<void> {
		return untrack(() => {
			const isAsked = this.#status === 'loading' && this.#isSame(this.#input as I, input);
			if (isAsked) return this.#work;
			const isLatest = this.#behaviour.policy === 'latest';
			const isAnswered = this.#isAnswered(input);
			if (isAnswered || !isLatest) this.#drop();
			this.#input = input;
			this.#settle(isAnswered ? 'ready' : 'loading');
			if (isAnswered) return Promise.resolve();
			if (isLatest && this.#isBusy) this.#isWaiting = true;
			else this.#work = this.#run();
			return this.#work;
		});
	}

	/** Repeats the latest request if it failed. */
	retry(): Promise<void> {
		return this.#status === 'error' ? this.ask(this.#input as I) : Promise.resolve();
	}

	/** Stops the running request, and reports `message` as its error. Does nothing if no request is running. */
	stop(message: string): void {
		if (this.#status !== 'loading') return;
		this.#drop();
		this.#settle('error', new Error(message));
	}

	/** Discards the input, its answer and its error. */
	forget(): void {
		this.#drop();
		this.#input = null;
		this.#answer = null;
		this.#settle('idle');
	}

	/** Sets an answer that is already known, without requesting it. */
	seed(input: I, value: A): void {
		this.#drop();
		this.#input = input;
		this.#answer = { input, value };
		this.#settle('ready');
	}

	#isAnswered(input: I): boolean {
		return this.#answer !== null && this.#isSame(this.#answer.input, input);
	}

	#drop(): void {
		this.#abort.abort(new DOMException('The answer is no longer wanted.', 'AbortError'));
		this.#isWaiting = false;
	}

	#settle(status: WorkerQuery<I, A>['status'], cause: unknown = null): void {
		this.#status = status;
		this.#progress = null;
		this.#cause = cause;
	}

	async #run(): Promise<void> {
		this.#isBusy = true;
		do {
			this.#isWaiting = false;
			await this.#askOnce(this.#input as I);
		} while (this.#isWaiting);
		this.#isBusy = false;
	}

	async #askOnce(input: I): Promise<void> {
		const { signal } = (this.#abort = new AbortController());
		const onprogress = (progress: Progress | null) => {
			if (!signal.aborted) this.#progress = progress;
		};
		try {
			const value = await this.#request(input, { signal, onprogress });
			if (signal.aborted) return;
			const answer = { input, value };
			this.#answer = answer;
			if (this.#isAnswered(this.#input as I)) {
				this.#isWaiting = false;
				this.#settle('ready');
			}
			this.#behaviour.onanswer?.(answer);
		} catch (error) {
			if (signal.aborted || this.#isWaiting) return;
			this.#settle('error', error);
			this.#behaviour.onerror?.(error);
		}
	}
}

function haveSameFields(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
	const [fields, others] = [Object.entries(a), new Map(Object.entries(b))];
	return (
		fields.length === others.size &&
		fields.every(([name, value]) => others.has(name) && Object.is(value, others.get(name)))
	);
}
