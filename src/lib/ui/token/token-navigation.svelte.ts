import { tick } from 'svelte';
import type { Encoding } from '../../engine';
import type { TokenInspector } from './token-inspector.svelte';
import type { ByteRange } from './token-lookup';

export interface TokenViewEvents {
	/** Called with the bytes under the pointer or with the keyboard focus; `null` if there are none. */
	onfocusrange?: (range: ByteRange | null) => void;
	/** Called with a token's bytes on Enter or a click, and with `null` on Esc or a second click. */
	onpin?: (range: ByteRange | null) => void;
	/** Called on ↑ or ↓ with a byte of the current token, because the focus may move to a different view. */
	onmove?: (direction: 'up' | 'down', byte: number) => void;
}

/** Most members are functions, so that the navigation always gets the current values from the view. */
interface NavigationSource {
	readonly encoding: () => Encoding;
	readonly first: () => number;
	readonly last: () => number;
	/** Token with the tab stop. */
	readonly current: () => number;
	readonly setCurrent: (token: number) => void;
	/** Returns the token that the element or one of its ancestors represents; -1 if none of them represents a token. */
	readonly tokenOf: (target: EventTarget | null) => number;
	readonly elementOf: (token: number) => HTMLElement | null;
	readonly onfocusrange: () => TokenViewEvents['onfocusrange'];
	readonly inspector: TokenInspector;
	readonly onmove?: (direction: 'up' | 'down') => void;
}

/**
 * Focus, pointer and clipboard handling for a list of tokens with a single tab stop. The arrow keys move between
 * tokens.
 */
export class TokenNavigation {
	focused = $state(false);
	/** Whether the view is changing its elements, in which case a loss of focus is ignored. */
	isChanging = false;
	#hovered: { readonly encoding: Encoding; readonly token: number } | null = null;
	readonly #source: NavigationSource;

	constructor(source: NavigationSource) {
		this.#source = source;
	}

	rangeOf(token: number): ByteRange {
		const { byteStarts, byteEnds } = this.#source.encoding();
		return { start: byteStarts[token], end: byteEnds[token] };
	}

	/** Moves the focus to a token. Does nothing if the token isn't in the list. */
	async focus(token: number): Promise<void> {
		if (token < this.#source.first() || token > this.#source.last()) return;
		this.#source.setCurrent(token);
		this.focused = true;
		await tick();
		this.#source.elementOf(token)?.focus();
	}

	#hover(token: number): void {
		const encoding = this.#source.encoding();
		if (token === (this.#hovered?.encoding === encoding ? this.#hovered.token : -1)) return;
		this.#hovered = { encoding, token };
		this.#source.inspector.hover(token);
		const shown = token < 0 && this.focused ? this.#source.current() : token;
		this.#source.onfocusrange()?.(shown < 0 ? null : this.rangeOf(shown));
	}

	/** Attributes and event handlers for the element that contains the tokens. */
	readonly attributes = {
		'aria-multiselectable': 'true',
		'aria-orientation': 'horizontal',
		onpointerover: ({ pointerType, target }: PointerEvent) => {
			if (pointerType !== 'touch') this.#hover(this.#source.tokenOf(target));
		},
		onpointerleave: () => this.#hover(-1),
		onfocusin: ({ target, currentTarget }: FocusEvent) => {
			const token = this.#source.tokenOf(target);
			if (token < 0) {
				// The list element itself is a tab stop only while its tokens aren't drawn.
				if (target === currentTarget) void this.focus(this.#source.current());
				return;
			}
			this.#source.setCurrent(token);
			this.focused = true;
			this.#source.onfocusrange()?.(this.rangeOf(token));
		},
		onfocusout: ({ relatedTarget, currentTarget }: FocusEvent) => {
			if (this.isChanging) return;
			if (relatedTarget instanceof Node && (currentTarget as Node).contains(relatedTarget)) return;
			this.focused = false;
			this.#source.onfocusrange()?.(null);
		},
		onclick: ({ target }: MouseEvent) => {
			const token = this.#source.tokenOf(target);
			// The end of a text selection doesn't count as a click.
			if (token >= 0 && getSelection()?.type !== 'Range') this.#source.inspector.toggle(token);
		},
		onkeydown: (event: KeyboardEvent) => {
			const { first, last, current, inspector, onmove } = this.#source;
			if (first() > last()) return;
			if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
			const to = {
				ArrowLeft: current() - 1,
				ArrowRight: current() + 1,
				Home: first(),
				End: last()
			}[event.key];
			if (to !== undefined) void this.focus(to);
			else if (event.key === 'ArrowUp') onmove?.('up');
			else if (event.key === 'ArrowDown') onmove?.('down');
			else if (event.key === 'Enter') inspector.pin(current());
			else {
				// The event isn't stopped, because the page may also listen for Esc, to unpin a token in any view.
				if (event.key === 'Escape') inspector.close();
				return;
			}
			event.preventDefault();
		},
		oncopy: copyOriginal
	} as const;
}

/**
 * Copies the original characters of a selection inside the element. By default, the browser would add line breaks
 * between boxes, turn CR into LF and drop NUL.
 */
function copyOriginal(event: ClipboardEvent): void {
	const selection = getSelection();
	if (!selection || selection.rangeCount === 0 || !event.clipboardData) return;
	const range = selection.getRangeAt(0);
	const root = event.currentTarget as Node;
	if (range.collapsed || !root.contains(range.commonAncestorContainer)) return;
	event.clipboardData.setData('text/plain', range.cloneContents().textContent ?? '');
	event.preventDefault();
}
