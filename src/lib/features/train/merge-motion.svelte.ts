/** How long a pair is shown before it is merged, in milliseconds. It fuses in the rest of 200 ms. */
const PAIR_MS = 120;
/** Steps that follow each other faster, such as those of a drag, are shown at once. */
const MIN_REST_MS = 200;

/** Shows a merge in two phases: first the pair, as it was before, then the token that it became. */
export class MergeMotion {
	#isBefore = $state(false);
	readonly #isReduced: () => boolean;
	/** Time of the latest step. */
	#last = -Infinity;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param isReduced whether the visitor asked for less motion */
	constructor(isReduced: () => boolean) {
		this.#isReduced = isReduced;
	}

	/** Whether the pair is shown, and not merged yet. */
	get isBefore(): boolean {
		return this.#isBefore;
	}

	/** Begins a step. @param isForward whether it makes a merge, and undoes none */
	begin(isForward: boolean, now = performance.now()): void {
		const rested = now - this.#last >= MIN_REST_MS;
		this.#last = now;
		clearTimeout(this.#timer);
		this.#isBefore = isForward && rested && !this.#isReduced();
		if (this.#isBefore) this.#timer = setTimeout(() => (this.#isBefore = false), PAIR_MS);
	}
}
