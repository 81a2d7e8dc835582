import { untrack } from 'svelte';
import { messageOf } from '../workers/client';
import type { Progress } from '../workers/protocol';

/** Passed to the requests that answer an input. */
export interface QueryOptions {
	/** Aborted once nobody wants the answer. */
	readonly signal: AbortSignal;
	/** Takes `null` when a new part of the work begins. */
	readonly onprogress: (progress: Progress | null) => void;
}

/** An answer and the input that it answers. */
export interface Answer<I, A> {
	readonly input: I;
	readonly value: A;
}

export interface QueryBehaviour<I, A> {
	/**
	 * `replace`: a new input aborts the running request. `latest`: the running request finishes and its answer
	 * is published, then only the newest of the waiting inputs is asked. For inputs that change with every frame
	 * of a drag.
	 */
	readonly policy: 'replace' | 'latest';
	/** By default, inputs are equal if they are the same value or have equal fields. */
	readonly isSame?: (a: I, b: I) => boolean;
	/** Called with each answer that a request brings. An error it throws is the query's error. */
	readonly onanswer?: (answer: Answer<I, A>) => void;
	readonly onerror?: (error: unknown) => void;
}

/**
 * Asks the workers about one input at a time. Drops answers and errors of an input that was replaced, stopped
 * or forgotten, so that every value belongs to the input that is named with it.
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
	/** Aborts the request whose answer is still wanted. */
	#abort = new AbortController();
	/** Settles when all open requests have settled. */
	#work = Promise.resolve();
	/** With `latest`: whether a request is open, even if its answer is no longer wanted. */
	#isBusy = false;
	/** With `latest`: whether the input is asked about once the open request has finished. */
	#isWaiting = false;

	constructor(
		request: (input: I, options: QueryOptions) => Promise<A>,
		behaviour: QueryBehaviour<I, A>
	) {
		this.#request = request;
		this.#behaviour = behaviour;
		this.#isSame = behaviour.isSame ?? haveSameFields;
	}

	/** `ready` if {@link answer} is of the latest input. */
	get status() {
		return this.#status;
	}
	/** Progress of the running request; `null` if it has reported none. */
	get progress() {
		return this.#progress;
	}
	/** Message about why the latest input has no answer; `null` if nothing went wrong. */
	get error(): string | null {
		return this.#status === 'error' ? messageOf(this.#cause) : null;
	}
	/** The thrown error; `null` if nothing went wrong. */
	get cause(): unknown {
		return this.#cause;
	}
	/** The latest input. */
	get input() {
		return this.#input;
	}
	/** The latest answer, perhaps of an earlier input. */
	get answer() {
		return this.#answer;
	}

	/** The answer to an input; `null` if there is none. */
	valueFor(input: I): A | null {
		return this.#isAnswered(input) ? (this.#answer?.value ?? null) : null;
	}

	/**
	 * Asks about an input, unless it is pending or answered. A failed input is asked about again. An effect that
	 * calls this does not depend on the outcome.
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

	/** Asks about the latest input again, if it failed. */
	retry(): Promise<void> {
		return this.#status === 'error' ? this.ask(this.#input as I) : Promise.resolve();
	}

	/** Stops the running request and reports why as an error. Does nothing if none is running. */
	stop(message: string): void {
		if (this.#status !== 'loading') return;
		this.#drop();
		this.#settle('error', new Error(message));
	}

	/** Forgets the input, its answer and its error. */
	forget(): void {
		this.#drop();
		this.#input = null;
		this.#answer = null;
		this.#settle('idle');
	}

	/** Sets an answer that is known without a request. */
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
