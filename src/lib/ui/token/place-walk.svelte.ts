import { placeAfter, placeBefore, placeCount } from '../../tokenizers/places';

export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** What is linked across the cards: the bytes under the pointer, else the pinned ones, else a place. */
export class PlaceWalk {
	readonly #places: () => Uint32Array;
	#index = $state(-1);
	/** The comparison that the index is of. */
	#walked = $state.raw<Uint32Array | null>(null);
	#hovered = $state.raw<ByteRange | null>(null);
	#pinned = $state.raw<ByteRange | null>(null);

	constructor(places: () => Uint32Array) {
		this.#places = places;
	}

	/** The place of the walk, counted from 0; -1 before it began. A new comparison starts over. */
	get current(): number {
		return this.#walked === this.#places() ? this.#index : -1;
	}

	get focus(): ByteRange | null {
		return this.#hovered ?? this.#pinned ?? this.#place(this.current);
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

	/** Goes to the next or previous place, around the ends; returns its first byte, null when there is none. */
	step(direction: -1 | 1): number | null {
		const places = this.#places();
		const count = placeCount(places);
		if (count === 0) return null;
		const from = this.#pinned?.start ?? this.#place(this.current)?.start ?? -1;
		const found =
			direction === 1 ? placeAfter(places, from) : placeBefore(places, Math.max(from, 0));
		this.#pinned = null;
		this.#index = found >= 0 ? found : direction === 1 ? 0 : count - 1;
		this.#walked = places;
		return places[2 * this.#index];
	}

	#place(index: number): ByteRange | null {
		const places = this.#places();
		return index >= 0 && index < placeCount(places)
			? { start: places[2 * index], end: places[2 * index + 1] }
			: null;
	}
}
