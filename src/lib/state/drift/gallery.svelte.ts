import { SvelteMap } from 'svelte/reactivity';
import type { CaseOutcome, CaseQuestion } from '../../analysis/cases/types';
import type { RequestOptions } from '../../workers/client';
import type { Calls, Progress } from '../../workers/protocol';
import { messageOf } from './message-of';

/** What the state needs of the workers; a test passes a plain object. */
export interface CaseWorkers {
	driftCase(
		params: Calls['driftCase']['params'],
		options?: RequestOptions
	): Promise<Calls['driftCase']['result']>;
}

/** A case as the gallery asks it. */
export interface GalleryCase extends CaseQuestion {
	readonly slug: string;
}

/** What is known of a case in this browser. */
export type CaseState =
	| { readonly status: 'waiting' }
	| { readonly status: 'loading'; readonly progress: Progress | null }
	| { readonly status: 'answered'; readonly outcome: CaseOutcome }
	| { readonly status: 'error'; readonly message: string };

/**
 * The gallery's cases, computed one after another, each when it is asked for: their vocabularies are
 * many megabytes together.
 */
export class Gallery {
	readonly #states = new SvelteMap<string, CaseState>();
	readonly #workers: () => CaseWorkers;
	#queue: GalleryCase[] = [];
	#running: { readonly slug: string; readonly abort: AbortController } | null = null;

	constructor(workers: () => CaseWorkers) {
		this.#workers = workers;
	}

	/** Undefined for a case that nobody has asked for. */
	of(slug: string): CaseState | undefined {
		return this.#states.get(slug);
	}

	/** Cases that are being computed or wait for it. */
	get open(): number {
		return [...this.#states.values()].filter(
			({ status }) => status === 'waiting' || status === 'loading'
		).length;
	}

	get reproduced(): number {
		return [...this.#states.values()].filter(
			(state) => state.status === 'answered' && state.outcome.status === 'reproduced'
		).length;
	}

	/** Cases with an answer, whatever it is. */
	get answered(): number {
		return [...this.#states.values()].filter(
			({ status }) => status === 'answered' || status === 'error'
		).length;
	}

	/** Computes a case, unless that was done or is coming. An error is tried again. */
	ask(question: GalleryCase): void {
		const known = this.#states.get(question.slug);
		if (known && known.status !== 'error') return;
		this.#states.set(question.slug, { status: 'waiting' });
		this.#queue.push(question);
		if (!this.#running) void this.#run();
	}

	/** Computes it anew, whatever is known. */
	again(question: GalleryCase): void {
		const known = this.#states.get(question.slug)?.status;
		if (known === 'waiting' || known === 'loading') return;
		this.#states.delete(question.slug);
		this.ask(question);
	}

	/** Gives up what waits and what is being computed; answers stay. */
	stop(): void {
		for (const { slug } of this.#queue) this.#states.delete(slug);
		this.#queue = [];
		this.#running?.abort.abort(new DOMException('The case was stopped.', 'AbortError'));
	}

	async #run(): Promise<void> {
		for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
			const { slug } = next;
			const abort = new AbortController();
			this.#running = { slug, abort };
			this.#states.set(slug, { status: 'loading', progress: null });
			const onprogress = (progress: Progress) => {
				if (!abort.signal.aborted) this.#states.set(slug, { status: 'loading', progress });
			};
			try {
				const { a, b, task, expect } = next;
				const options = { signal: abort.signal, onprogress };
				const outcome = await this.#workers().driftCase({ a, b, task, expect }, options);
				this.#states.set(slug, { status: 'answered', outcome });
			} catch (error) {
				if (abort.signal.aborted) this.#states.delete(slug);
				else this.#states.set(slug, { status: 'error', message: messageOf(error) });
			}
			this.#running = null;
		}
	}
}
