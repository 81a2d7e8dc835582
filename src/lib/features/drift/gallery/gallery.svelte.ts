import { SvelteMap } from 'svelte/reactivity';
import type { CaseOutcome, CaseQuestion } from '../../../drift/cases/types';
import type { Progress } from '../../../workers/protocol';
import type { DriftCalls } from '../worker';
import { messageOf } from '../../../workers/client';
import type { Workers } from '../../../workers/pool';

/** The worker calls that the state needs; a test passes a plain object. */
export type CaseWorkers = Pick<Workers<DriftCalls>, 'driftCase'>;

/** A case as the gallery asks it. */
export interface GalleryCase extends CaseQuestion {
	readonly slug: string;
}

/** The state of a case in this browser. */
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
	readonly #workers: CaseWorkers;
	#queue: GalleryCase[] = [];
	/** No WorkerQuery: cases wait for each other, and the answer to each is kept. */
	#running: { readonly slug: string; readonly abort: AbortController } | null = null;

	constructor(workers: CaseWorkers) {
		this.#workers = workers;
	}

	/** `undefined` for a case that nobody has asked for. */
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

	/** Computes a case, unless it is answered or waits already. After an error it is tried again. */
	ask(question: GalleryCase): void {
		const known = this.#states.get(question.slug);
		if (known && known.status !== 'error') return;
		this.#states.set(question.slug, { status: 'waiting' });
		this.#queue.push(question);
		void this.#run();
	}

	/** Computes a case again, whatever the answer was. */
	again(question: GalleryCase): void {
		const known = this.#states.get(question.slug)?.status;
		if (known === 'waiting' || known === 'loading') return;
		this.#states.delete(question.slug);
		this.ask(question);
	}

	/** Stops the running case and the ones that wait; answers stay. All can be asked for again at once. */
	stop(): void {
		for (const { slug } of this.#queue) this.#states.delete(slug);
		this.#queue = [];
		if (!this.#running) return;
		const { slug, abort } = this.#running;
		this.#running = null;
		this.#states.delete(slug);
		abort.abort(new DOMException('The case was stopped.', 'AbortError'));
	}

	/** Computes what waits, one case after another, unless that goes on already. */
	async #run(): Promise<void> {
		while (!this.#running) {
			const next = this.#queue.shift();
			if (!next) return;
			const mine = { slug: next.slug, abort: new AbortController() };
			this.#running = mine;
			const state = await this.#compute(next, mine.abort.signal);
			// Stopped: cases that were asked for since then belong to another run, even this one.
			if (this.#running !== mine) return;
			this.#running = null;
			this.#states.set(next.slug, state);
		}
	}

	/** Never rejects: an error is the state of the case. */
	async #compute(
		{ slug, a, b, task, expect }: GalleryCase,
		signal: AbortSignal
	): Promise<CaseState> {
		this.#states.set(slug, { status: 'loading', progress: null });
		const onprogress = (progress: Progress) => {
			if (!signal.aborted) this.#states.set(slug, { status: 'loading', progress });
		};
		try {
			const question = { a, b, task, expect };
			const outcome = await this.#workers.driftCase(question, { signal, onprogress });
			return { status: 'answered', outcome };
		} catch (error) {
			return { status: 'error', message: messageOf(error) };
		}
	}
}
