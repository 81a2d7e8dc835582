import type { Encoding } from '../../engine';
import { tokensInRange, type ByteRange } from './token-lookup';

/** What is outlined in a view at the moment. */
export interface Marks {
	/** Bytes linked from here or from another view. */
	readonly focus: ByteRange | null;
	/** The token that Tab reaches. */
	readonly active: number;
	/** Whether the keyboard's focus is on it: then all tokens of its id are outlined. */
	readonly focused: boolean;
}

/** The token drawn by `element` or around it, or -1. */
export function tokenOf(element: EventTarget | null): number {
	if (!(element instanceof Element)) return -1;
	const token = element.closest<HTMLElement>('[data-token]')?.dataset.token;
	return token === undefined ? -1 : Number(token);
}

/**
 * Sets the marks on the tokens that are drawn. Done by hand, on attributes the templates leave
 * alone: they change with every move of the pointer, in every view, and one pass over a few hundred
 * elements is ten times cheaper than as many reactive expressions.
 */
export function applyMarks(root: Element, encoding: Encoding, marks: Marks): void {
	const { focus, active, focused } = marks;
	const linked = focus === null ? { from: 0, to: 0 } : tokensInRange(encoding, focus);
	const sameId = focused ? encoding.ids[active] : -1;
	for (const element of root.querySelectorAll<HTMLElement>('[data-token]')) {
		const token = tokenOf(element);
		const isLinked = token >= linked.from && token < linked.to;
		toggle(element, 'data-linked', isLinked);
		toggle(element, 'data-same', encoding.ids[token] === sameId);
		const selected = String(isLinked);
		if (element.ariaSelected !== selected) element.ariaSelected = selected;
		const tabIndex = token === active ? 0 : -1;
		if (element.tabIndex !== tabIndex) element.tabIndex = tabIndex;
	}
}

function toggle(element: Element, attribute: string, on: boolean): void {
	if (element.hasAttribute(attribute) !== on) element.toggleAttribute(attribute, on);
}
