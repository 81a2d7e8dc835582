import type { Encoding } from '../../engine';
import { classesOf, isLinked, slotOf, type CellLooks } from './cell-looks';
import type { Letter } from './letters';

/** An element that can be a token or a part of one. */
interface Cell {
	readonly element: HTMLElement;
	/** Classes that never change. */
	readonly base: string;
	/** What is set on it: a look, and the token that begins here; id -1 when none does. */
	look: number;
	id: number;
	start: number;
	end: number;
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
 * Draws tokens onto letters that stand still: classes and hooks are set on elements that are there
 * already, and only where something changed. No element comes or goes, and outside of letters that
 * are cut no box changes its size, so a step costs no layout.
 */
export class StepPainter {
	readonly #letters: readonly Letter[];
	readonly #elements: readonly HTMLElement[];
	/** By slot; see {@link CellLooks}. */
	readonly #cells: (Cell | undefined)[] = [];
	readonly #byteOf = new Map<Element, number>();
	readonly #cut: Uint8Array;
	#heads: (HTMLElement | undefined)[] = [];

	/**
	 * @param elements one a letter; in those of several bytes the last children are one a byte
	 * @param drawn the looks that the elements were made with
	 */
	constructor(letters: readonly Letter[], elements: ArrayLike<Element>, drawn: CellLooks) {
		this.#letters = letters;
		this.#elements = Array.from(elements, (element) => element as HTMLElement);
		this.#cut = drawn.cut.slice();
		const from = letters.at(0)?.byte ?? 0;
		letters.forEach(({ byte, hex }, at) => {
			const element = this.#elements[at];
			const slot = slotOf(byte, from);
			this.#add(slot, element, byte, drawn);
			const children = hex.length === 0 ? [] : [...element.children].slice(-hex.length);
			children.forEach((child, i) =>
				this.#add(slot + 2 * i + 1, child as HTMLElement, byte + i, drawn)
			);
		});
	}

	#add(slot: number, element: HTMLElement, byte: number, { looks }: CellLooks): void {
		const look = looks[slot];
		const base = element.className.replace(classesOf(look), '');
		this.#cells[slot] = { element, base, look, id: -1, start: -1, end: -1 };
		this.#byteOf.set(element, byte);
	}

	/** The byte drawn by an element, or by one around it; -1 when there is none. */
	byteAt(target: EventTarget | null): number {
		for (let at = target instanceof Element ? target : null; at; at = at.parentElement) {
			const byte = this.#byteOf.get(at);
			if (byte !== undefined) return byte;
		}
		return -1;
	}

	/** The element that stands for a token: where it begins, or first in view. */
	headOf(token: number): HTMLElement | null {
		return this.#heads[token] ?? null;
	}

	/**
	 * Draws a step.
	 * @param active the token that Tab reaches
	 * @returns the elements of tokens that need another name
	 */
	paint({ looks, heads, cut }: CellLooks, encoding: Encoding, active: number): HTMLElement[] {
		const { ids, byteStarts, byteEnds } = encoding;
		const unnamed: HTMLElement[] = [];
		this.#heads = new Array<HTMLElement | undefined>(ids.length);
		this.#letters.forEach((_, at) => {
			if (this.#cut[at] === cut[at]) return;
			this.#cut[at] = cut[at];
			this.#elements[at].toggleAttribute('data-cut', cut[at] === 1);
		});
		for (let slot = 0; slot < looks.length; slot++) {
			const cell = this.#cells[slot];
			if (cell === undefined) continue;
			const { element } = cell;
			const look = looks[slot];
			if (cell.look !== look) {
				cell.look = look;
				element.className = cell.base + classesOf(look);
			}
			const token = heads[slot];
			if (token < 0) {
				if (cell.id >= 0) clearHead(cell);
				continue;
			}
			this.#heads[token] = element;
			if (setHead(cell, ids[token], byteStarts[token], byteEnds[token])) unnamed.push(element);
			const tabIndex = token === active ? 0 : -1;
			if (!element.hasAttribute('tabindex') || element.tabIndex !== tabIndex) {
				element.tabIndex = tabIndex;
			}
			const selected = String(isLinked(look));
			if (element.ariaSelected !== selected) element.ariaSelected = selected;
		}
		return unnamed;
	}
}

function clearHead(cell: Cell): void {
	for (const name of HEAD_ATTRIBUTES) cell.element.removeAttribute(name);
	cell.id = cell.start = cell.end = -1;
}

/** Makes a cell the beginning of a token; false when it is that already. */
function setHead(cell: Cell, id: number, start: number, end: number): boolean {
	if (cell.id === id && cell.start === start && cell.end === end) return false;
	const { element } = cell;
	if (cell.id < 0) element.setAttribute('role', 'option');
	element.setAttribute('data-token-id', String(id));
	element.setAttribute('data-byte-start', String(start));
	element.setAttribute('data-byte-end', String(end));
	cell.id = id;
	cell.start = start;
	cell.end = end;
	return true;
}
