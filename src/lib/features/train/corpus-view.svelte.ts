import { untrack } from 'svelte';
import { pairBoundaries, spanAt, type MergeSteps } from '../../engine/train';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { lineEnd, lineStart, readSection, windowStart } from './corpus-windows';
import type { Trained } from './train.svelte';
import type { TrainingWorkers } from '../../session/calls/training';

/** Sizes in bytes. */
interface Sizes {
	/** Size of a section, the part of the corpus whose steps are fetched with one call. */
	readonly section: number;
	readonly window: number;
}

/** Size of the drawn window. Kept small, because every letter in it is a DOM element. */
export const WINDOW_BYTES = 700;
const SIZES: Sizes = { section: 1_000_000, window: WINDOW_BYTES };

interface Section {
	readonly trained: Trained;
	/** Offset of the section's first byte in the corpus. */
	readonly byteStart: number;
	readonly steps: MergeSteps;
}

interface SectionInput {
	readonly trained: Trained;
	readonly byte: number;
	readonly direction: -1 | 1;
	/** Whether only the first window has been read. */
	readonly isSeed?: boolean;
}

/** The corpus as tokens: the merge steps of a section, and the drawn window. */
export class CorpusView {
	/** Bytes of the section that are drawn: `[from, to)`. */
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

	/** Message that explains why the corpus isn't shown; `null` if there is no error. */
	get problem(): string | null {
		return this.#query.error;
	}

	/** Steps of the section, and the window's position in the section and in the corpus, in bytes. */
	get window() {
		const section = this.#section;
		if (!section) return null;
		const { from, to } = this.#drawn;
		return {
			/** The training run that produced the steps, which may be older than the latest one. */
			trained: section.trained,
			steps: section.steps,
			byteFrom: from,
			byteTo: to,
			first: section.byteStart + from,
			last: section.byteStart + to,
			total: section.trained.bytes
		};
	}

	/** Shows the corpus of a training run, unless it is already shown or requested. */
	follow(trained: Trained): void {
		untrack(() => {
			const { answer, input } = this.#query;
			// Don't request the section again, because its answer would undo the visitor's move to a different window.
			if (input?.trained === trained && this.problem === null) return;
			// Repeating a training run produces the same merge steps.
			if (answer && input?.trained.training === trained.training && this.problem === null) {
				this.#query.seed({ ...answer.input, trained }, { ...answer.value, trained });
			} else if (trained.corpus.kind === 'file' && trained.corpus.format === 'counts') {
				this.#query.forget();
			} else {
				const shown = answer?.input.trained === trained ? answer.input : null;
				void this.#query.ask(shown ?? { trained, byte: 0, direction: 1 });
			}
		});
	}

	/** Shows the prerendered first window of a training run that no worker holds in memory. */
	seed(trained: Trained, steps: MergeSteps): void {
		const input = { trained, byte: 0, direction: 1, isSeed: true } as const;
		this.#query.seed(input, { trained, byteStart: 0, steps });
		this.#drawSection(steps.bytes, 1);
	}

	/** Reads the whole section if only its first window has been read. */
	async complete(): Promise<void> {
		const input = this.#query.answer?.input;
		if (!input?.isSeed) return;
		await this.#query.ask({ ...input, isSeed: false });
	}

	/** Moves to the next or previous window of the corpus. */
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
	 * Shows the next occurrence of a pair in the section as it is after `merges` merges. The search starts at `byte` and
	 * wraps around.
	 * @returns byte range in the section, `[start, end)`; `null` if the pair doesn't occur in it
	 */
	showNextOccurrence(
		pair: { readonly left: number; readonly right: number },
		merges: number,
		byte: number
	): { readonly start: number; readonly end: number } | null {
		const { window } = this;
		if (!window) return null;
		const { steps, byteFrom, byteTo, trained } = window;
		const boundaries = pairBoundaries(steps, merges, trained.tokens, pair);
		const found = boundaries.find((at) => at > byte) ?? boundaries.at(0);
		if (found === undefined) return null;
		const start = spanAt(steps, merges, found - 1).byteStart;
		const end = spanAt(steps, merges, found).byteEnd;
		if (start < byteFrom || end > byteTo) {
			const from = windowStart(steps.bytes, start, this.#sizes.window);
			this.#draw(from, lineEnd(steps.bytes, from, this.#sizes.window));
		}
		return { start, end };
	}

	#draw(from: number, to: number): void {
		this.#drawn = { from, to };
	}

	/** Draws the first window of a section, or the last one if the section was reached by moving backwards. */
	#drawSection(bytes: Uint8Array, direction: -1 | 1): void {
		if (direction === 1) this.#draw(0, lineEnd(bytes, 0, this.#sizes.window));
		else this.#draw(lineStart(bytes, bytes.length, this.#sizes.window), bytes.length);
	}
}
