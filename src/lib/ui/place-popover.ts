/** Distance from the token and from the edges of the window, in CSS px. */
const GAP_PX = 6;

/** Vertical range of the window in which an element can be visible, excluding areas hidden by scrolling ancestors. */
function visibleBox(element: Element): { top: number; bottom: number } {
	let top = 0;
	let bottom = innerHeight;
	for (let at = element.parentElement; at; at = at.parentElement) {
		const { overflowY } = getComputedStyle(at);
		if (overflowY === 'visible' || at === document.body || at === document.documentElement)
			continue;
		const box = at.getBoundingClientRect();
		top = Math.max(top, box.top);
		bottom = Math.min(bottom, box.bottom);
	}
	return { top, bottom };
}

/**
 * Keeps a popover below or above an element, inside the window and never on top of the element. The popover is hidden
 * while the element is out of view, unless hiding the popover would lose the focus.
 *
 * @param anchorOf returns the element; `null` while it isn't drawn
 */
export function placePopover(popover: HTMLElement, anchorOf: () => Element | null): () => void {
	let frame = 0;
	const place = () => {
		const anchor = anchorOf();
		const rows = anchor?.getClientRects() ?? [];
		const first = rows[0] as DOMRect | undefined;
		const seen = anchor && first ? visibleBox(anchor) : null;
		const isSeen = first && seen && first.bottom > seen.top && first.top < seen.bottom;
		const isShown = isSeen || popover.contains(document.activeElement);
		popover.style.visibility = isShown ? '' : 'hidden';
		if (!first || !seen || !isShown) return;
		const inWindow = (y: number) => Math.max(0, Math.min(y, innerHeight));
		const top = isSeen ? first.top : inWindow(Math.min(first.top, seen.bottom));
		const bottom = inWindow(
			Math.max(seen.top, Math.min(rows[rows.length - 1].bottom, seen.bottom))
		);
		const { scrollTop } = popover;
		popover.style.maxHeight = '';
		const { width, height } = popover.getBoundingClientRect();
		const below = innerHeight - bottom - 2 * GAP_PX;
		const above = top - 2 * GAP_PX;
		const isBelow = height <= below || below >= above;
		const room = Math.min(height, isBelow ? below : above);
		const left = Math.max(GAP_PX, Math.min(first.left, innerWidth - width - GAP_PX));
		popover.style.maxHeight = `${room}px`;
		popover.style.left = `${left}px`;
		popover.style.top = `${isBelow ? bottom + GAP_PX : top - GAP_PX - room}px`;
		// While it had no maximum height, the popover couldn't scroll and so lost its scroll position.
		popover.scrollTop = scrollTop;
	};
	const later = () => {
		cancelAnimationFrame(frame);
		frame = requestAnimationFrame(place);
	};
	const onscroll = ({ target }: Event) => {
		if (!(target instanceof Node && popover.contains(target))) later();
	};
	const observer = new ResizeObserver(() => later());
	observer.observe(popover);
	addEventListener('scroll', onscroll, { capture: true, passive: true });
	addEventListener('resize', later);
	place();
	return () => {
		cancelAnimationFrame(frame);
		observer.disconnect();
		removeEventListener('scroll', onscroll, { capture: true });
		removeEventListener('resize', later);
	};
}
