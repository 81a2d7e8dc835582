import { untrack } from 'svelte';
import { type MergeSteps, nextOccurrence, previousOccurrence } from '../../engine/train';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { lineEnd, lineStart, readSection, windowStart } from './corpus-windows';
import type { Trained } from './train.svelte';
import type { TrainingWorkers } from '../../session/worker/training';

/** Bytes of the corpus to look at. */
interface Sizes {
	/** Whose steps are fetched at a time. */
	readonly section: number;
	/** That are drawn at a time. */
	readonly window: number;
}

/** The window fills the view: every letter of it is an element. */
const SIZES: Sizes = { section: 1_000_000, window: 1_200 };

interface Section {
	readonly trained: Trained;
	/** First byte of the corpus that belongs to it. */
	readonly byteStart: number;
	readonly steps: MergeSteps;
}

/** The section that begins, or the one that ends, at a byte of the corpus. */
interface SectionInput {
	readonly trained: Trained;
	readonly byte: number;
	readonly direction: -1 | 1;
}

/** The corpus as tokens: a section of it under the training, and the window that is drawn. */
export class CorpusView {
	/** Bytes drawn, of the section: `[from, to)`. */
	#drawn = $state.raw({ from: 0, to: 0 });
	readonly #query: WorkerQuery<SectionInput, Section>;
	readonly #sizes: Sizes;

	constructor(workers: Pick<TrainingWorkers, 'steps'>, sizes = SIZES) {
		this.#sizes = sizes;
		this.#query = new WorkerQuery(
			async ({ trained, byte, direction }) => {
				const section = await readSection(trained.corpus, byte, direction, sizes.section);
				const { byteStart, text } = section;
				const { feed } = trained.rules;
				const steps = await workers.steps({ ...trained.run, text, feed });
				return { trained, byteStart, steps };
			},
			{
				policy: 'latest',
				onanswer: ({ input, value }) => this.#drawSection(value.steps.bytes, input.direction)
			}
		);
	}

	get #section(): Section | null {
		return this.#query.answer?.value ?? null;
	}

	/** Why the corpus is not shown, for people; `null` if nothing went wrong. */
	get problem(): string | null {
		return this.#query.error;
	}

	/** Steps of the section, the bytes of it to draw, and where they are in the corpus. */
	get window() {
		const section = this.#section;
		if (!section) return null;
		const { from, to } = this.#drawn;
		return {
			/** The training of the steps; it may lag behind the one that is followed. */
			trained: section.trained,
			steps: section.steps,
			byteFrom: from,
			byteTo: to,
			/** Of the corpus. */
			first: section.byteStart + from,
			last: section.byteStart + to,
			total: section.trained.bytes
		};
	}

	/** Shows the corpus of a training, unless it is shown or asked for already. */
	follow(trained: Trained): void {
		untrack(() => {
			const { answer, input } = this.#query;
			// Asked for once: a second answer would undo a turn made in between.
			if (input?.trained === trained && this.problem === null) return;
			if (trained.corpus.kind === 'file' && trained.corpus.format === 'counts') {
				this.#query.forget();
			} else {
				const shown = answer?.input.trained === trained ? answer.input : null;
				void this.#query.ask(shown ?? { trained, byte: 0, direction: 1 });
			}
		});
	}

	/** The next, or the previous, window of the corpus. */
	turn(direction: -1 | 1): void {
		const { window } = this;
		if (!window) return;
		const { steps, byteFrom, byteTo, first, last, total, trained } = window;
		const { bytes } = steps;
		if (direction === 1 && byteTo < bytes.length) {
			this.#draw(byteTo, lineEnd(bytes, byteTo, this.#sizes.window));
		} else if (direction === -1 && byteFrom > 0) {
			this.#draw(lineStart(bytes, byteFrom, this.#sizes.window), byteFrom);
		} else if (
			trained === this.#query.input?.trained &&
			(direction === 1 ? last < total : first > 0)
		) {
			void this.#query.ask({ trained, byte: direction === 1 ? last : first, direction });
		}
	}

	/**
	 * Goes to the next, or previous, token in the section that a merge made, beyond `byte` of the section.
	 * Wraps around.
	 * @returns bytes of the section, `[start, end)`; `null` if the merge made none in it
	 */
	goToPlace(
		merge: number,
		direction: -1 | 1,
		byte: number
	): { readonly start: number; readonly end: number } | null {
		const steps = this.#section?.steps;
		if (!steps) return null;
		const found =
			direction === 1
				? (nextOccurrence(steps, merge, byte) ?? nextOccurrence(steps, merge, 0))
				: (previousOccurrence(steps, merge, byte) ??
					previousOccurrence(steps, merge, steps.bytes.length));
		if (!found) return null;
		const { window } = this;
		if (window && (found.byteStart < window.byteFrom || found.byteEnd > window.byteTo)) {
			const from = windowStart(steps.bytes, found.byteStart, this.#sizes.window);
			this.#draw(from, lineEnd(steps.bytes, from, this.#sizes.window));
		}
		return { start: found.byteStart, end: found.byteEnd };
	}

	#draw(from: number, to: number): void {
		this.#drawn = { from, to };
	}

	/** Draws the first window of a section, or its last if it was reached backwards. */
	#drawSection(bytes: Uint8Array, direction: -1 | 1): void {
		if (direction === 1) this.#draw(0, lineEnd(bytes, 0, this.#sizes.window));
		else this.#draw(lineStart(bytes, bytes.length, this.#sizes.window), bytes.length);
	}
}
