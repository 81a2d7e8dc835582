/**
 * Heights and positions of blocks stacked on top of each other, in CSS px. Heights are estimates
 * until a block has been drawn and measured. Positions are prefix sums, redone from the first
 * changed block on when somebody asks: 60,000 blocks cost 0.1 ms.
 */
export class BlockHeights {
	readonly #heights: Float32Array;
	/** #tops[b] is where block b begins; one more entry for the end of the last. */
	readonly #tops: Float64Array;
	/** Positions up to and including this block's are right. */
	#settled = 0;

	constructor(estimates: Float32Array) {
		this.#heights = estimates;
		this.#tops = new Float64Array(estimates.length + 1);
	}

	get count(): number {
		return this.#heights.length;
	}

	/** Where block `block` begins; `top(count)` is the height of all. */
	top(block: number): number {
		for (let b = this.#settled; b < block; b++)
			this.#tops[b + 1] = this.#tops[b] + this.#heights[b];
		if (block > this.#settled) this.#settled = block;
		return this.#tops[block];
	}

	get total(): number {
		return this.top(this.count);
	}

	height(block: number): number {
		return this.#heights[block];
	}

	/** Takes a measured height; false when it was known. */
	measure(block: number, height: number): boolean {
		if (Math.abs(this.#heights[block] - height) < 0.5) return false;
		this.#heights[block] = height;
		if (block < this.#settled) this.#settled = block;
		return true;
	}

	/** The block that holds position `y`, clamped to the first and the last. */
	at(y: number): number {
		this.top(this.count);
		let low = 0;
		let high = this.count - 1;
		while (low < high) {
			const middle = (low + high + 1) >>> 1;
			if (this.#tops[middle] <= y) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}

/**
 * The blocks to draw for a window of `height` px at `y`: what is in it, then block by block around
 * it up to `margin` px, as long as all together stay within `budget` tokens. At least one block.
 *
 * @param starts first token of every block, and one entry more (see `Blocks`)
 * @returns first block, and the block after the last
 */
export function blocksInWindow(
	heights: BlockHeights,
	starts: Uint32Array,
	{ y, height, margin, budget }: { y: number; height: number; margin: number; budget: number }
): { first: number; last: number } {
	if (heights.count === 0) return { first: 0, last: 0 };
	let first = heights.at(y);
	let last = first + 1;
	const fits = (from: number, to: number) => starts[to] - starts[from] <= budget;
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

/** A long text shows this many lines, the last one cut so that it is seen to go on … */
const MOST_LINES = 11.5;
/** … and fewer where short tokens crowd them, down to this. */
const FEWEST_LINES = 4.5;
/** Tokens that may be in sight at once; with the margin around them they stay below 700. */
const IN_SIGHT = 450;

/** How many lines of a long text are in sight at once. */
export function linesInSight(tokensPerLine: number): number {
	return Math.min(MOST_LINES, Math.max(FEWEST_LINES, IN_SIGHT / tokensPerLine));
}
