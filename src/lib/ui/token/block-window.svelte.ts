import { tick } from 'svelte';
import { BlockHeights, blocksInWindow } from './block-heights';
import { blockOf, type BlockStarts } from './blocks';

/** Maximum number of tokens drawn in each of a page's views. */
const MAX_DRAWN_TOKENS = 400;
/** Height in CSS px of each of the areas drawn above and below the visible part. */
const MARGIN_PX = 60;

/** Input for a block window. The members are functions, so that the window always sees the current properties. */
interface WindowSource {
	starts(): BlockStarts;
	/** Estimated heights of the blocks, in CSS px. */
	estimates(): Float32Array;
	/** Height of the visible part, in CSS px. */
	height(): number;
}

/**
 * Decides which blocks of a long list are drawn, and where. Visible content stays in place while measured heights
 * replace estimates.
 */
export class BlockWindow {
	readonly #source: WindowSource;
	readonly #heights: BlockHeights;
	#scrollTop = $state(0);
	/** Incremented when a measured height replaces an estimate. */
	#measured = $state(0);
	#scroller: HTMLElement | null = null;
	/** First token of the topmost visible block. */
	#topToken = 0;
	#latest: { readonly heights: BlockHeights; readonly starts: BlockStarts } | null = null;
	/** Heights used to find the topmost visible block. */
	#anchored: BlockHeights | null = null;
	readonly #observer: ResizeObserver | null;

	readonly #range = $derived.by(() => {
		void this.#measured;
		return blocksInWindow(this.#heights, this.#source.starts(), {
			y: this.#scrollTop,
			height: this.#source.height(),
			margin: MARGIN_PX,
			maxTokens: MAX_DRAWN_TOKENS
		});
	});
	readonly first = $derived(this.#range.first);
	/** End of the range of blocks to draw (exclusive). */
	readonly last = $derived(this.#range.last);
	/** Sum of the heights of all blocks, in CSS px. */
	readonly total = $derived.by(() => {
		void this.#measured;
		return this.#heights.top(this.#heights.count);
	});

	constructor(source: WindowSource) {
		this.#source = source;
		this.#heights = $derived.by(() => {
			const heights = new BlockHeights(source.estimates());
			const starts = source.starts();
			// Blocks before the edit keep their measured heights.
			if (this.#latest)
				heights.adopt(this.#latest.heights, countEqual(this.#latest.starts, starts));
			this.#latest = { heights, starts };
			return heights;
		});
		this.#observer =
			typeof ResizeObserver === 'undefined'
				? null
				: // In the next frame, because drawing more blocks immediately would cause a ResizeObserver loop.
					new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
	}

	/** Returns the distance from the top of the list to the block, in CSS px. */
	top(block: number): number {
		void this.#measured;
		return this.#heights.top(block);
	}

	/** Svelte attachment for the scrolling element. */
	readonly scroller = (element: HTMLElement) => {
		this.#scroller = element;
		const onScroll = () => this.#scrolled(element.scrollTop);
		element.addEventListener('scroll', onScroll, { passive: true });
		return () => {
			element.removeEventListener('scroll', onScroll);
			this.#scroller = null;
		};
	};

	/** Svelte attachment that watches a drawn block's size. The element's `data-block` is the block's number. */
	readonly block = (element: Element) => {
		this.#observer?.observe(element);
		return () => this.#observer?.unobserve(element);
	};

	#scrollToToken(token: number): void {
		this.#scrollTo(this.#heights.top(blockOf(this.#source.starts(), token)));
	}

	/** Scrolls the element of `token` into view, drawing it first if necessary, without scrolling the page. */
	async show(token: number, elementOf: () => Element | null): Promise<void> {
		if (!elementOf()) this.#scrollToToken(token);
		await tick();
		this.measureNew();
		await tick();
		const element = elementOf();
		const scroller = this.#scroller;
		if (!element || !scroller) return;
		const outer = scroller.getBoundingClientRect();
		const inner = element.getBoundingClientRect();
		const above = inner.top - outer.top;
		const below = inner.bottom - outer.bottom;
		if (above < 0) this.#scrollTo(scroller.scrollTop + above);
		else if (below > 0) this.#scrollTo(scroller.scrollTop + Math.min(below, above));
	}

	/**
	 * Forces a layout and measures the drawn blocks if any of them has never been measured; otherwise, they are
	 * measured after the next layout. Must be called after every change to the blocks, before the next frame. If the
	 * list has new blocks, the topmost token stays at the top.
	 */
	measureNew(): void {
		const heights = this.#heights;
		if (heights !== this.#anchored) {
			const moved = this.#anchored !== null && this.#scrollTop > 0;
			this.#anchored = heights;
			if (moved) this.#scrollToToken(this.#topToken);
		}
		if (this.#drawn().some(({ block }) => !heights.isMeasured(block))) this.#measure();
	}

	#drawn(): { readonly element: HTMLElement; readonly block: number }[] {
		const elements = this.#scroller?.querySelectorAll<HTMLElement>('[data-block]') ?? [];
		return [...elements]
			.map((element) => ({ element, block: Number(element.dataset.block) }))
			.filter(({ block }) => block < this.#heights.count);
	}

	#measure(): void {
		const heights = this.#heights;
		const anchor = heights.at(this.#scrollTop);
		const within = this.#scrollTop - heights.top(anchor);
		let changed = false;
		for (const { element, block } of this.#drawn()) {
			const { height } = element.getBoundingClientRect();
			if (height > 0 && heights.measure(block, height)) changed = true;
		}
		if (!changed) return;
		this.#measured++;
		const top = heights.top(anchor) + within;
		if (Math.abs(top - this.#scrollTop) >= 1) this.#scrollTo(top);
	}

	#scrollTo(top: number): void {
		if (!this.#scroller) return;
		this.#scroller.scrollTop = top;
		this.#scrolled(this.#scroller.scrollTop);
	}

	#scrolled(top: number): void {
		this.#scrollTop = top;
		// Until the view is anchored to the new heights, they don't describe the blocks on screen.
		if (this.#anchored !== this.#heights || this.#heights.count === 0) return;
		this.#topToken = this.#source.starts()[this.#heights.at(top)];
	}
}

/** Number of leading blocks that contain the same tokens in both lists. */
function countEqual(a: BlockStarts, b: BlockStarts): number {
	let blocks = 0;
	while (blocks + 1 < Math.min(a.length, b.length) && a[blocks + 1] === b[blocks + 1]) blocks++;
	return blocks;
}
