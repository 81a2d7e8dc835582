import { SvelteMap } from 'svelte/reactivity';
import type { CaseOutcome, CaseQuestion } from '../../../drift/cases/types';
import type { Progress } from '../../../workers/protocol';
import type { DriftCalls } from '../worker';
import { messageOf } from '../../../workers/client';
import type { Workers } from '../../../workers/pool';

export type CaseWorkers = Pick<Workers<DriftCalls>, 'driftCase'>;

export interface GalleryCase extends CaseQuestion {
	readonly slug: string;
}

export type CaseState =
	| { readonly status: 'waiting' }
	| { readonly status: 'loading'; readonly progress: Progress | null }
	| { readonly status: 'answered'; readonly outcome: CaseOutcome }
	| { readonly status: 'error'; readonly message: string };

/** Computes the gallery's cases one after another and only on request, because each loads megabytes of vocabulary. */
export class Gallery {
	readonly #states = new SvelteMap<string, CaseState>();
	readonly #workers: CaseWorkers;
	#queue: GalleryCase[] = [];
	/** The running case. This isn't a WorkerQuery, because cases run one at a time and all answers are kept. */
	#running: { readonly slug: string; readonly abort: AbortController } | null = null;

	constructor(workers: CaseWorkers) {
		this.#workers = workers;
	}

	/** State of a case; `undefined` if it was never requested. */
	of(slug: string): CaseState | undefined {
		return this.#states.get(slug);
	}

	/** Number of cases that are waiting or being computed. */
	get open(): number {
		return this.#count(({ status }) => status === 'waiting' || status === 'loading');
	}
	/** Number of cases with an answer or an error. */
	get answered(): number {
		return this.#states.size - this.open;
	}
	get reproduced(): number {
		return this.#count(
			(state) => state.status === 'answered' && state.outcome.status === 'reproduced'
		);
	}

	#count(isCounted: (state: CaseState) => boolean): number {
		return [...this.#states.values()].filter(isCounted).length;
	}

	/** Requests a case, unless it has an answer, is waiting or is being computed. */
	ask(question: GalleryCase): void {
		const known = this.#states.get(question.slug);
		if (known && known.status !== 'error') return;
		this.#states.set(question.slug, { status: 'waiting' });
		this.#queue.push(question);
		void this.#run();
	}

	/** Moves a case to the front of the queue, requesting it if necessary. */
	prefer(preferred: GalleryCase): void {
		const isPreferred = ({ slug }: GalleryCase) => slug === preferred.slug;
		if (!this.#states.has(preferred.slug)) this.ask(preferred);
		this.#queue.sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)));
	}

	/** Stops the running case and clears the queue but keeps answers. New requests can be made immediately. */
	stop(): void {
		for (const { slug } of this.#queue) this.#states.delete(slug);
		this.#queue = [];
		if (!this.#running) return;
		const { slug, abort } = this.#running;
		this.#running = null;
		this.#states.delete(slug);
		abort.abort(new DOMException('The case was stopped.', 'AbortError'));
	}

	/** Computes the waiting cases one after another, unless a run is already doing so. */
	async #run(): Promise<void> {
		while (!this.#running) {
			const next = this.#queue.shift();
			if (!next) return;
			const mine = { slug: next.slug, abort: new AbortController() };
			this.#running = mine;
			const state = await this.#compute(next, mine.abort.signal);
			// This run was stopped; a later run computes any cases requested since then.
			if (this.#running !== mine) return;
			this.#running = null;
			this.#states.set(next.slug, state);
		}
	}

	/** Never rejects: an error becomes the state of the case. */
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
