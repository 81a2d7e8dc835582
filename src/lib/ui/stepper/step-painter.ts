import type { Encoding } from '../../engine';
import { slotOf, type CellStyles } from './cell-styles';
import type { Letter } from './letters';

/** An element that can be a token or part of one. */
interface Cell {
	readonly element: HTMLElement;
	/** Class names that never change. */
	readonly base: string;
	className: string;
	/** Id and span of the token that begins here; empty if no token begins here. */
	head: string;
}

const HEAD_ATTRIBUTES = [
	'role',
	'tabindex',
	'aria-selected',
	'aria-label',
	'data-token-id',
	'data-byte-start',
	'data-byte-end'
];

/**
 * Draws tokens on letters that stay in place. Changes class names and attributes, but never adds or removes elements.
 * Boxes keep their size unless a `shaped` letter starts or stops being split, so most steps don't require a layout.
 */
export class StepPainter {
	readonly #elements: readonly HTMLElement[];
	/** Indexed by slot (see {@link CellStyles}). */
	readonly #cells: (Cell | undefined)[] = [];
	readonly #byteOf = new Map<Element, number>();
	readonly #split: Uint8Array;
	#heads: (HTMLElement | undefined)[] = [];

	/**
	 * @param elements one element per letter; in a multi-byte letter, the last child elements are the bytes
	 * @param drawn styles that the elements were created with
	 */
	constructor(letters: readonly Letter[], elements: ArrayLike<Element>, drawn: CellStyles) {
		this.#elements = Array.from(elements, (element) => element as HTMLElement);
		this.#split = drawn.split.slice();
		const from = letters.at(0)?.byte ?? 0;
		const add = (slot: number, element: HTMLElement, byte: number) => {
			const className = drawn.classNames[slot];
			const base = element.className.replace(className, '');
			this.#cells[slot] = { element, base, className, head: '' };
			this.#byteOf.set(element, byte);
		};
		letters.forEach(({ byte, hex }, at) => {
			const element = this.#elements[at];
			const slot = slotOf(byte, from);
			add(slot, element, byte);
			const children = hex.length === 0 ? [] : [...element.children].slice(-hex.length);
			children.forEach((child, i) => add(slot + 2 * i + 1, child as HTMLElement, byte + i));
		});
	}

	/** Returns the byte that the element or one of its ancestors represents; -1 if none of them represents a byte. */
	byteAt(target: EventTarget | null): number {
		for (let at = target instanceof Element ? target : null; at; at = at.parentElement) {
			const byte = this.#byteOf.get(at);
			if (byte !== undefined) return byte;
		}
		return -1;
	}

	/** Returns the element of a token's first visible cell. */
	headOf(token: number): HTMLElement | null {
		return this.#heads[token] ?? null;
	}

	/**
	 * Draws a step.
	 * @param active token that the Tab key reaches
	 * @returns the elements of tokens that need a new accessible name
	 */
	paint({ classNames, heads, split }: CellStyles, encoding: Encoding, active: number) {
		const unnamed: HTMLElement[] = [];
		this.#heads = new Array<HTMLElement | undefined>(encoding.ids.length);
		this.#elements.forEach((element, at) => {
			if (this.#split[at] === split[at]) return;
			this.#split[at] = split[at];
			element.toggleAttribute('data-split', split[at] === 1);
		});
		this.#cells.forEach((cell, slot) => {
			if (cell === undefined) return;
			const { element } = cell;
			const className = classNames[slot];
			if (cell.className !== className) {
				cell.className = className;
				element.className = cell.base + className;
			}
			const token = heads[slot];
			if (token < 0) {
				if (cell.head !== '') {
					cell.head = '';
					for (const name of HEAD_ATTRIBUTES) element.removeAttribute(name);
				}
				return;
			}
			this.#heads[token] = element;
			if (setHead(cell, encoding, token)) unnamed.push(element);
			const tabIndex = token === active ? 0 : -1;
			if (!element.hasAttribute('tabindex') || element.tabIndex !== tabIndex) {
				element.tabIndex = tabIndex;
			}
			const selected = String(className.includes(' linked'));
			if (element.ariaSelected !== selected) element.ariaSelected = selected;
		});
		return unnamed;
	}
}

function setHead(cell: Cell, { ids, byteStarts, byteEnds }: Encoding, token: number): boolean {
	const head = `${ids[token]} ${byteStarts[token]} ${byteEnds[token]}`;
	if (cell.head === head) return false;
	cell.head = head;
	cell.element.setAttribute('role', 'option');
	cell.element.dataset.tokenId = String(ids[token]);
	cell.element.dataset.byteStart = String(byteStarts[token]);
	cell.element.dataset.byteEnd = String(byteEnds[token]);
	return true;
}
