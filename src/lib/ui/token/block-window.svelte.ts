import { tick } from 'svelte';
import { BlockHeights, blocksInWindow } from './block-heights';
import { blockOf, type Blocks } from './blocks';
import { follow } from './follow';

/** Tokens drawn at once, at most: a page shows several views, and a few thousand nodes are enough. */
const BUDGET = 400;
/** Drawn above and below the visible part, in CSS px. */
const MARGIN = 60;

/** What a window needs to know; functions, so that it follows the properties of a component. */
export interface WindowSource {
	blocks(): Blocks;
	/** Estimated heights of the blocks, in CSS px. */
	estimates(): Float32Array;
	/** Height of the visible part, in CSS px. */
	height(): number;
}

/**
 * Which blocks of a long list are drawn, and where. Keeps what is seen in place while estimates give
 * way to measured heights.
 */
export class BlockWindow {
	readonly #source: WindowSource;
	readonly #heights: BlockHeights;
	#scrollTop = $state(0);
	/** Raised when a measured height replaces an estimate. */
	#measured = $state(0);
	#scroller: HTMLElement | null = null;
	/** First token of the block on top, and the heights that it was found by. */
	#topToken = 0;
	#anchored: BlockHeights | null = null;
	readonly #observer: ResizeObserver | null;

	readonly #range = $derived.by(() => {
		follow(this.#measured);
		return blocksInWindow(this.#heights, this.#source.blocks().starts, {
			y: this.#scrollTop,
			height: this.#source.height(),
			margin: MARGIN,
			budget: BUDGET
		});
	});
	/** First block to draw. */
	readonly first = $derived(this.#range.first);
	/** The block after the last to draw. */
	readonly last = $derived(this.#range.last);
	/** Height of all blocks, in CSS px. */
	readonly total = $derived.by(() => {
		follow(this.#measured);
		return this.#heights.total;
	});

	constructor(source: WindowSource) {
		this.#source = source;
		this.#heights = $derived(new BlockHeights(source.estimates()));
		this.#observer =
			typeof ResizeObserver === 'undefined'
				? null
				: // In the next frame: drawing more blocks right here would be reported as an observer loop.
					new ResizeObserver(() => requestAnimationFrame(() => this.measure()));
	}

	/** Where `block` begins, in CSS px. */
	top(block: number): number {
		follow(this.#measured);
		return this.#heights.top(block);
	}

	/** Attachment of the scrolling element. */
	readonly scroller = (element: HTMLElement) => {
		this.#scroller = element;
		const onScroll = () => this.#scrolled(element.scrollTop);
		element.addEventListener('scroll', onScroll, { passive: true });
		return () => {
			element.removeEventListener('scroll', onScroll);
			this.#scroller = null;
		};
	};

	/** Attachment of a drawn block, which names itself in `data-block`: its height is measured. */
	readonly block = (element: Element) => {
		this.#observer?.observe(element);
		return () => this.#observer?.unobserve(element);
	};

	/** Scrolls so that the block of `token` begins at the top. */
	scrollToToken(token: number): void {
		this.#scrollTo(this.#heights.top(blockOf(this.#source.blocks(), token)));
	}

	/** Scrolls as `reveal` does to the element of `token`, which may have to be drawn first. */
	async show(token: number, elementOf: () => Element | null): Promise<void> {
		if (!elementOf()) this.scrollToToken(token);
		await tick();
		this.measure();
		await tick();
		const element = elementOf();
		if (element) this.reveal(element);
	}

	/** Scrolls by as little as puts the element inside the visible part; the page does not move. */
	reveal(element: Element): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		const outer = scroller.getBoundingClientRect();
		const inner = element.getBoundingClientRect();
		const above = inner.top - outer.top;
		const below = inner.bottom - outer.bottom;
		if (above < 0) this.#scrollTo(scroller.scrollTop + above);
		else if (below > 0) this.#scrollTo(scroller.scrollTop + Math.min(below, above));
	}

	/**
	 * Measures what is drawn. To be called after every change of what is drawn, before the next frame
	 * shows it. When the blocks themselves are other ones, what stood on top stays there.
	 */
	measure(): void {
		const heights = this.#heights;
		if (heights !== this.#anchored) {
			const moved = this.#anchored !== null && this.#scrollTop > 0;
			this.#anchored = heights;
			if (moved) this.scrollToToken(this.#topToken);
		}
		const anchor = heights.at(this.#scrollTop);
		const within = this.#scrollTop - heights.top(anchor);
		let changed = false;
		for (const element of this.#scroller?.querySelectorAll<HTMLElement>('[data-block]') ?? []) {
			const block = Number(element.dataset.block);
			const { height } = element.getBoundingClientRect();
			if (block < heights.count && height > 0 && heights.measure(block, height)) changed = true;
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
		// Heights that nobody has anchored yet belong to other blocks than those on the screen.
		if (this.#anchored !== this.#heights || this.#heights.count === 0) return;
		this.#topToken = this.#source.blocks().starts[this.#heights.at(top)];
	}
}
