import type { Encoding } from '../../engine/encoding';
import { hueOf } from '../token/drawn-token';
import type { ByteRange } from '../token/token-lookup';
import type { Letter } from './letters';
import { lightness } from './lightness';

/** What the tokens of a view look like at one step. Offsets are bytes of the document. */
export interface StepLook {
	readonly encoding: Encoding;
	/** Boundaries that the merge of this step took away, ascending: each is inside a token just made. */
	readonly joints: Uint32Array;
	/** See {@link lightness}. */
	readonly anchors: Uint32Array;
	/** Bytes to outline. */
	readonly focus: ByteRange | null;
	/** The token that Tab reaches, and whether the keyboard is on it. */
	readonly active: number;
	readonly focused: boolean;
}

/** The bits of a cell's look; hue and lightness stand above them. */
const START = 1;
const END = 2;
const MADE = 4;
const JOINT = 8;
const LINKED = 16;
const SAME = 32;
const HERE = 64;
const TINT = 128;

const BITS: readonly (readonly [number, string])[] = [
	[START, ' start'],
	[END, ' end'],
	[MADE, ' made'],
	[JOINT, ' joint'],
	[LINKED, ' linked'],
	[SAME, ' same'],
	[HERE, ' here']
];

/** Class names by look: there are few that occur. */
const names = new Map<number, string>();
function classesOf(look: number): string {
	let name = names.get(look);
	if (name === undefined) {
		const tint = Math.floor(look / TINT) - 1;
		name = tint < 0 ? '' : ` h${Math.floor(tint / 3)} l${tint % 3}`;
		for (const [bit, word] of BITS) if (look & bit) name += word;
		names.set(look, name);
	}
	return name;
}

/** An element that can be a token or a part of one, and how it looks now. */
interface Cell {
	readonly element: HTMLElement;
	/** Classes that never change. */
	readonly base: string;
	look: number;
	/** The token that begins here: its id and its span; id -1 when none does. */
	id: number;
	start: number;
	end: number;
}

/** A character: one cell, and where it has several bytes one more a byte, used while it is cut. */
interface Place {
	readonly byte: number;
	readonly bytes: number;
	readonly whole: Cell;
	readonly parts: readonly Cell[];
	cut: boolean;
}

/** A token that has just got another id or span, so that it needs another name. */
export interface ChangedHead {
	readonly element: HTMLElement;
	readonly token: number;
}

const cellOf = (element: HTMLElement): Cell => ({
	element,
	base: element.className,
	look: 0,
	id: -1,
	start: -1,
	end: -1
});

/**
 * Draws tokens onto characters that stand still: classes and hooks are set on elements that are
 * there already, and only where something changed. No element comes or goes and no box changes its
 * size, so a step costs no layout; thousands of tokens a frame are possible.
 */
export class StepPainter {
	readonly #places: Place[];
	readonly #byteOf = new Map<Element, number>();
	#heads: (HTMLElement | undefined)[] = [];

	/** @param elements one a letter; in those of several bytes the last children are one a byte */
	constructor(letters: readonly Letter[], elements: ArrayLike<Element>) {
		this.#places = letters.map(({ byte, bytes, hex }, i) => {
			const element = elements[i] as HTMLElement;
			this.#byteOf.set(element, byte);
			const children = [...element.children].slice(element.children.length - hex.length);
			const parts = (hex.length === 0 ? [] : children).map((child, at) => {
				this.#byteOf.set(child, byte + at);
				return cellOf(child as HTMLElement);
			});
			return { byte, bytes, whole: cellOf(element), parts, cut: false };
		});
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

	/** Draws a step; returns the tokens that need another name. */
	paint(look: StepLook): ChangedHead[] {
		const { byteStarts, byteEnds, ids } = look.encoding;
		const light = lightness(byteStarts, look.anchors);
		const changed: ChangedHead[] = [];
		this.#heads = new Array<HTMLElement | undefined>(ids.length);
		let token = 0;
		let joint = 0;
		/** Look of the whole token that `token` is, without its ends. */
		let tokenLook = 0;
		let looked = -1;

		const paintCell = (cell: Cell, from: number, to: number) => {
			while (token < ids.length && byteEnds[token] <= from) token++;
			while (joint < look.joints.length && look.joints[joint] < from) joint++;
			const start = byteStarts[token];
			if (token >= ids.length || start >= to) {
				setHead(cell, -1, -1, -1);
				setLook(cell, 0);
				return;
			}
			if (token !== looked) {
				looked = token;
				tokenLook =
					this.#lookOf(look, token, joint) + (hueOf(ids[token]) * 3 + light[token] + 1) * TINT;
			}
			let bits = tokenLook;
			if (start >= from) bits |= START;
			if (byteEnds[token] <= to) bits |= END;
			if (look.joints[joint] === from) bits |= JOINT;
			setLook(cell, bits);
			if (this.#heads[token] === undefined) {
				this.#heads[token] = cell.element;
				if (setHead(cell, ids[token], start, byteEnds[token])) {
					changed.push({ element: cell.element, token });
				}
				const tabIndex = token === look.active ? 0 : -1;
				if (cell.element.tabIndex !== tabIndex || !cell.element.hasAttribute('tabindex')) {
					cell.element.tabIndex = tabIndex;
				}
				const selected = String((bits & LINKED) !== 0);
				if (cell.element.ariaSelected !== selected) cell.element.ariaSelected = selected;
			} else setHead(cell, -1, -1, -1);
		};

		for (const place of this.#places) {
			const { byte, bytes, whole, parts } = place;
			while (token < ids.length && byteEnds[token] <= byte) token++;
			const cut =
				parts.length > 0 && (bytes === 1 || (token < ids.length && byteEnds[token] < byte + bytes));
			if (cut !== place.cut) {
				place.cut = cut;
				whole.element.dataset.cut = cut ? '' : undefined;
				if (!cut) delete whole.element.dataset.cut;
				for (const part of parts) setHead(part, -1, -1, -1);
			}
			if (cut) {
				setHead(whole, -1, -1, -1);
				setLook(whole, 0);
				parts.forEach((part, i) => paintCell(part, byte + i, byte + i + 1));
			} else paintCell(whole, byte, byte + bytes);
		}
		return changed;
	}

	#lookOf({ encoding, joints, focus, active, focused }: StepLook, token: number, joint: number) {
		const start = encoding.byteStarts[token];
		const end = encoding.byteEnds[token];
		let bits = 0;
		// The joints before this one lie before the token, or before the part of it that is in view.
		let inside = joint;
		if (joints[inside] === start) inside++;
		if (joints[inside] < end || (joints[inside - 1] > start && joints[inside - 1] < end)) {
			bits |= MADE;
		}
		if (focus !== null && start < focus.end && end > focus.start) bits |= LINKED;
		if (focused && token === active) bits |= HERE;
		else if (focused && encoding.ids[token] === encoding.ids[active]) bits |= SAME;
		return bits;
	}
}

function setLook(cell: Cell, look: number): void {
	if (cell.look === look) return;
	cell.look = look;
	cell.element.className = cell.base + classesOf(look);
}

/** Makes a cell the beginning of a token, or of none (id -1); true when a token now begins here that did not. */
function setHead(cell: Cell, id: number, start: number, end: number): boolean {
	if (cell.id === id && cell.start === start && cell.end === end) return false;
	const { element } = cell;
	if (id < 0) {
		for (const name of HEAD_ATTRIBUTES) element.removeAttribute(name);
	} else {
		if (cell.id < 0) element.setAttribute('role', 'option');
		element.setAttribute('data-token-id', String(id));
		element.setAttribute('data-byte-start', String(start));
		element.setAttribute('data-byte-end', String(end));
	}
	cell.id = id;
	cell.start = start;
	cell.end = end;
	return id >= 0;
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
