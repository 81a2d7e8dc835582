import { spanAfter, spanBefore, spanCount } from '../../tokenizers/differing-spans';
import type { ByteRange } from './token-lookup';

/** Bytes linked across views: those under the pointer, else the pinned ones, else a differing span. */
export class DifferenceWalk {
	readonly #differences: () => Uint32Array;
	#index = $state(-1);
	/** Comparison to which the index belongs. */
	#walked = $state.raw<Uint32Array | null>(null);
	#hovered = $state.raw<ByteRange | null>(null);
	#pinned = $state.raw<ByteRange | null>(null);

	constructor(differences: () => Uint32Array) {
		this.#differences = differences;
	}

	/** Differing span that the walk has reached, from 0; -1 before it begins. A new comparison starts over. */
	get current(): number {
		return this.#walked === this.#differences() ? this.#index : -1;
	}

	get focus(): ByteRange | null {
		return this.#hovered ?? this.#pinned ?? this.#span(this.current);
	}

	hover(range: ByteRange | null): void {
		this.#hovered = range;
	}

	pin(range: ByteRange | null): void {
		this.#pinned = range;
	}

	unpin(): void {
		this.#pinned = null;
		this.#index = -1;
	}

	/** Goes to the next or previous span, around the ends, and returns its first byte; `null` if there is none. */
	step(direction: -1 | 1): number | null {
		const differences = this.#differences();
		const count = spanCount(differences);
		if (count === 0) return null;
		const from = this.#pinned?.start ?? this.#span(this.current)?.start ?? -1;
		const found =
			direction === 1 ? spanAfter(differences, from) : spanBefore(differences, Math.max(from, 0));
		this.#pinned = null;
		this.#index = found >= 0 ? found : direction === 1 ? 0 : count - 1;
		this.#walked = differences;
		return differences[2 * this.#index];
	}

	#span(index: number): ByteRange | null {
		const differences = this.#differences();
		return index >= 0 && index < spanCount(differences)
			? { start: differences[2 * index], end: differences[2 * index + 1] }
			: null;
	}
}
