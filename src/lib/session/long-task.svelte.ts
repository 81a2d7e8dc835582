import type { RequestOptions } from '../workers/client';
import type { Progress } from '../workers/protocol';
import { messageOf } from './message-of';

/** What a task hands on to the requests it makes; `signal` says that it was given up. */
export type TaskOptions = Required<Pick<RequestOptions, 'signal' | 'onprogress'>>;

/**
 * Work that takes its time, once at a time: to begin anew gives up what went on, and what is answered to
 * that is nobody's any more. Unlike in `state/latest.ts`, nothing waits for its turn.
 */
export class LongTask {
	#status = $state<'ready' | 'loading' | 'error'>('ready');
	#progress = $state.raw<Progress | null>(null);
	#error = $state.raw<string | null>(null);
	#abort = new AbortController();

	get status() {
		return this.#status;
	}
	/** Of the work that goes on; null while it has said nothing. */
	get progress() {
		return this.#progress;
	}
	/** Why the last work came to nothing; null when it did not. */
	get error() {
		return this.#error;
	}

	/**
	 * @param ask does the work; where it keeps something on the way, it asks the signal first
	 * @param tell takes what came of it; not called when the work was given up
	 */
	async run<A>(
		ask: (options: TaskOptions) => Promise<A>,
		tell: (answer: A, signal: AbortSignal) => void
	): Promise<void> {
		this.giveUp();
		const { signal } = this.#abort;
		this.#status = 'loading';
		const onprogress = (progress: Progress) => {
			if (!signal.aborted) this.#progress = progress;
		};
		try {
			const answer = await ask({ signal, onprogress });
			signal.throwIfAborted();
			tell(answer, signal);
			this.#status = 'ready';
			this.#progress = null;
		} catch (error) {
			if (!signal.aborted) this.#fail(messageOf(error));
		}
	}

	/** Gives up what goes on, if anything does, and says so where an error would stand. */
	stop(message: string): void {
		if (this.#status !== 'loading') return;
		this.giveUp();
		this.#fail(message);
	}

	/** Gives up what goes on, and forgets what went wrong. */
	giveUp(): void {
		this.#abort.abort(new DOMException('The work was given up.', 'AbortError'));
		this.#abort = new AbortController();
		this.#status = 'ready';
		this.#progress = null;
		this.#error = null;
	}

	#fail(message: string): void {
		this.#status = 'error';
		this.#progress = null;
		this.#error = message;
	}
}
