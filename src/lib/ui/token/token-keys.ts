/** A list of tokens of which Tab reaches one, and the arrow keys the others. */
interface TokenList {
	/** The token that Tab reaches. */
	readonly current: number;
	readonly first: number;
	readonly last: number;
	/** Moves the focus to a token; one outside the list changes nothing. */
	focus(token: number): void;
	/** ↑ or ↓: a list above or below may take the focus. */
	move?(direction: 'up' | 'down'): void;
	/** Enter pins the current token, Esc unpins. */
	pin?(token: number | null): void;
}

/** Handles a key pressed in a list of tokens. */
export function handleTokenKey(event: KeyboardEvent, list: TokenList): void {
	if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
	const { current, first, last } = list;
	const to = {
		ArrowLeft: current - 1,
		ArrowRight: current + 1,
		Home: first,
		End: last
	}[event.key];
	if (to !== undefined) list.focus(to);
	else if (event.key === 'ArrowUp') list.move?.('up');
	else if (event.key === 'ArrowDown') list.move?.('down');
	else if (event.key === 'Enter' && list.pin) list.pin(current);
	else {
		// Not stopped: Esc unpins from anywhere, so the page may listen as well.
		if (event.key === 'Escape') list.pin?.(null);
		return;
	}
	event.preventDefault();
}
