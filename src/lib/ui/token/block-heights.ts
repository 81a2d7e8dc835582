import type { BlockStarts } from './blocks';
import { firstWhere } from './token-lookup';

/**
 * Heights and positions of vertically stacked blocks, in CSS px. Heights are estimates until a block has been drawn and
 * measured. Positions are prefix sums, recomputed on demand from the first changed block.
 */
export class BlockHeights {
	readonly #estimates: Float32Array;
	readonly #heights: Float32Array;
	/** For each block, 1 once it has been measured. */
	readonly #measured: Uint8Array;
	/** Position of each block, followed by the end of the last block. */
	readonly #tops: Float64Array;
	/** Last block whose position is up to date. */
	#settled = 0;

	constructor(estimates: Float32Array) {
		this.#estimates = estimates;
		this.#heights = estimates.slice();
		this.#measured = new Uint8Array(estimates.length);
		this.#tops = new Float64Array(estimates.length + 1);
	}

	get count(): number {
		return this.#heights.length;
	}

	/** Returns the position of a block; `top(count)` is the total height. */
	top(block: number): number {
		for (let b = this.#settled; b < block; b++)
			this.#tops[b + 1] = this.#tops[b] + this.#heights[b];
		this.#settled = Math.max(this.#settled, block);
		return this.#tops[block];
	}

	isMeasured(block: number): boolean {
		return this.#measured[block] === 1;
	}

	/** Copies measured heights from the first `count` blocks of an earlier list wherever the estimates are equal. */
	adopt(earlier: BlockHeights, count: number): void {
		for (let block = 0; block < count; block++) {
			if (!earlier.isMeasured(block) || this.#estimates[block] !== earlier.#estimates[block])
				continue;
			this.measure(block, earlier.#heights[block]);
		}
	}

	/** Records a measured height; returns `false` if it hasn't changed. */
	measure(block: number, height: number): boolean {
		this.#measured[block] = 1;
		if (Math.abs(this.#heights[block] - height) < 0.5) return false;
		this.#heights[block] = height;
		this.#settled = Math.min(this.#settled, block);
		return true;
	}

	/** Returns the block at position `y`, clamped to the list. */
	at(y: number): number {
		this.top(this.count);
		return firstWhere(this.count - 1, (block) => this.#tops[block + 1] > y);
	}
}

/**
 * Chooses the blocks to draw for a window of `height` px at `y`: the blocks in the window, then blocks within `margin`
 * px of it, as long as the total is at most `maxTokens` tokens. Always includes at least one block.
 *
 * @returns range `[first, last)` of blocks
 */
export function blocksInWindow(
	heights: BlockHeights,
	starts: BlockStarts,
	{ y, height, margin, maxTokens }: { y: number; height: number; margin: number; maxTokens: number }
): { first: number; last: number } {
	if (heights.count === 0) return { first: 0, last: 0 };
	let first = heights.at(y);
	let last = first + 1;
	const fits = (from: number, to: number) => starts[to] - starts[from] <= maxTokens;
	while (last < heights.count && heights.top(last) < y + height && fits(first, last + 1)) last++;
	for (let growing = true; growing;) {
		growing = false;
		if (last < heights.count && heights.top(last) < y + height + margin && fits(first, last + 1)) {
			last++;
			growing = true;
		}
		if (first > 0 && heights.top(first) > y - margin && fits(first - 1, last)) {
			first--;
			growing = true;
		}
	}
	return { first, last };
}
