import { spanAfter, spanBefore, spanCount } from '../../tokenizers/differing-spans';
import type { ByteRange } from './token-lookup';

/** A pinned token, identified by its bytes and by the tokenizer in which it was pinned. */
export interface PinnedToken extends ByteRange {
	readonly tokenizer: string;
}

/** Tracks the bytes outlined in all views: the hovered bytes, the pinned token or a differing span. */
export class DifferenceWalk {
	readonly #differences: () => Uint32Array;
	readonly #input: () => unknown;
	readonly #isShown: (tokenizer: string) => boolean;
	#index = $state(-1);
	/**
	 * The comparison that `#index` refers to. If the index comes from a link, this is the current input instead, until
	 * that input has been compared.
	 */
	#walked = $state.raw<unknown>(null);
	#hovered = $state.raw<{ readonly range: ByteRange; readonly input: unknown } | null>(null);
	#pinned = $state.raw<{
		readonly range: ByteRange;
		readonly tokenizer?: string;
		readonly input: unknown;
	} | null>(null);

	/**
	 * @param input the current input; byte offsets in any other input are ignored
	 * @param isShown whether a tokenizer is shown; pins in other tokenizers are ignored
	 */
	constructor(
		differences: () => Uint32Array,
		input: () => unknown = () => null,
		isShown: (tokenizer: string) => boolean = () => true
	) {
		this.#differences = differences;
		this.#input = input;
		this.#isShown = isShown;
	}

	/**
	 * Index of the current differing span, starting at 0; -1 before the walk begins. A new comparison resets this index
	 * to -1.
	 */
	get current(): number {
		const differences = this.#differences();
		const isCurrent = this.#walked === differences || this.#walked === this.#input();
		return isCurrent && this.#index < spanCount(differences) ? this.#index : -1;
	}

	get focus(): ByteRange | null {
		const hovered = this.#hovered?.input === this.#input() ? this.#hovered : null;
		return hovered?.range ?? this.#currentPin?.range ?? this.#span(this.current);
	}

	/** The pinned token; `null` if no token is pinned or the pin doesn't specify a tokenizer. */
	get pinned(): PinnedToken | null {
		const pin = this.#currentPin;
		return pin?.tokenizer === undefined ? null : { ...pin.range, tokenizer: pin.tokenizer };
	}

	set pinned(pinned: PinnedToken | null) {
		this.pin(pinned, pinned?.tokenizer);
	}

	/** Number of the current differing span, starting at 1; `null` before the walk begins. */
	get difference(): number | null {
		return this.current < 0 ? null : this.current + 1;
	}
	set difference(difference: number | null) {
		this.#index = (difference ?? 0) - 1;
		this.#walked = this.#input();
	}

	pinnedIn(tokenizer: string): ByteRange | null {
		const pin = this.#currentPin;
		return pin?.tokenizer === tokenizer ? pin.range : null;
	}

	/**
	 * Marks an index that comes from a link as belonging to the current comparison, so that a later comparison resets
	 * the index. Must be called once the current input has been compared.
	 * @returns first byte of the current span; `null` if no index from a link is waiting for a comparison, or if a token
	 * is pinned
	 */
	arrive(): number | null {
		if (this.#index < 0 || this.#walked !== this.#input()) return null;
		this.#walked = this.#differences();
		return this.#currentPin ? null : (this.#span(this.current)?.start ?? null);
	}

	get #currentPin() {
		const pin = this.#pinned;
		if (!pin || pin.input !== this.#input()) return null;
		return pin.tokenizer === undefined || this.#isShown(pin.tokenizer) ? pin : null;
	}

	hover(range: ByteRange | null): void {
		this.#hovered = range && { range, input: this.#input() };
	}

	pin(range: ByteRange | null, tokenizer?: string): void {
		this.#pinned = range && { range, tokenizer, input: this.#input() };
	}

	unpin(): void {
		this.#pinned = null;
		this.#index = -1;
	}

	/**
	 * Moves to the next or previous span, wrapping around, and returns the span's first byte; `null` if there are no
	 * differing spans.
	 */
	step(direction: -1 | 1): number | null {
		const differences = this.#differences();
		const count = spanCount(differences);
		if (count === 0) return null;
		const from = this.#currentPin?.range.start ?? this.#span(this.current)?.start ?? -1;
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
