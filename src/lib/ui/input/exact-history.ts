/** Together the remembered texts may have this many units. */
const UNIT_BUDGET = 4_000_000;
const MOST = 200;

interface Entry {
	readonly view: string;
	readonly exact: string;
}

/**
 * Which exact string stood behind a view. The browser's undo restores only what the textarea
 * showed; this restores the line ends and the hidden rest that belonged to it.
 */
export class ExactHistory {
	/** Oldest first. */
	#entries: Entry[] = [];
	#units = 0;

	/** Remembers a pair; the oldest are forgotten, the newest never. */
	add(view: string, exact: string): void {
		const newest = this.#entries.at(-1);
		if (newest?.view === view && newest.exact === exact) return;
		this.#entries.push({ view, exact });
		this.#units += exact.length;
		while (this.#entries.length > MOST || (this.#units > UNIT_BUDGET && this.#entries.length > 2))
			this.#units -= this.#entries.shift()?.exact.length ?? 0;
	}

	/** The latest exact string behind `view`. */
	find(view: string): string | undefined {
		return this.#entries.findLast((entry) => entry.view === view)?.exact;
	}
}
