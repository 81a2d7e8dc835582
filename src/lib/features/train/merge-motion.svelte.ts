/** How long a pair is shown before merging, in milliseconds. With the 80 ms transition, a merge takes 200 ms. */
const PAIR_MS = 120;
/** Minimum time since the previous step for a step to be animated, in milliseconds. */
const MIN_REST_MS = 200;

/** Shows a merge in two phases: first the pair, then the token it becomes. */
export class MergeMotion {
	#isBefore = $state(false);
	readonly #isReduced: () => boolean;
	#last = -Infinity;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param isReduced whether the visitor prefers reduced motion */
	constructor(isReduced: () => boolean) {
		this.#isReduced = isReduced;
	}

	/** Whether the pair is currently shown, before merging. */
	get isBefore(): boolean {
		return this.#isBefore;
	}

	/** Begins a step. @param isForward whether the step performs a merge rather than undoing one */
	begin(isForward: boolean, now = performance.now()): void {
		const rested = now - this.#last >= MIN_REST_MS;
		this.#last = now;
		clearTimeout(this.#timer);
		this.#isBefore = isForward && rested && !this.#isReduced();
		if (this.#isBefore) this.#timer = setTimeout(() => (this.#isBefore = false), PAIR_MS);
	}
}
