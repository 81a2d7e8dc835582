import type { Encoding } from '../../engine';
import { hueOf } from '../token/drawn-token';
import type { ByteRange } from '../token/token-lookup';
import type { Letter } from './letters';

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

/**
 * Looks of cells: a letter is one cell, and while a token begins or ends inside it, one a byte. Cells
 * are counted by slots: the letter at byte b of the view has slot 2b, its byte at b has slot 2b + 1.
 */
export interface CellLooks {
	/** By slot: 0 for a cell that is not drawn or belongs to no token; see {@link classesOf}. */
	readonly looks: Int32Array;
	/** By slot: the token that begins here, or of which this is the first cell in view; else -1. */
	readonly heads: Int32Array;
	/** By letter: 1 while it is drawn as its bytes. */
	readonly cut: Uint8Array;
}

/** Bits of a look; hue and lightness stand above them. */
const START = 1;
const END = 2;
const MADE = 4;
const JOINT = 8;
const LINKED = 16;
const SAME = 32;
const HERE = 64;
const TINT = 128;

const WORDS: readonly (readonly [number, string])[] = [
	[START, ' start'],
	[END, ' end'],
	[MADE, ' made'],
	[JOINT, ' joint'],
	[LINKED, ' linked'],
	[SAME, ' same'],
	[HERE, ' here']
];

/** Made once: few looks occur. */
const classes = new Map<number, string>([[0, '']]);

/** The class names of a look, each with a space before it. */
export function classesOf(look: number): string {
	let name = classes.get(look);
	if (name === undefined) {
		const tint = Math.floor(look / TINT) - 1;
		name = ` h${Math.floor(tint / 3)} l${tint % 3}`;
		for (const [bit, word] of WORDS) if (look & bit) name += word;
		classes.set(look, name);
	}
	return name;
}

export const isLinked = (look: number): boolean => (look & LINKED) !== 0;

/** The slots of letters that begin at byte `from` of the document. */
export const slotOf = (byte: number, from: number): number => 2 * (byte - from);

/** One pass over the letters and the tokens. */
export function cellLooks(letters: readonly Letter[], look: StepLook): CellLooks {
	const { encoding, joints } = look;
	const { ids, byteStarts, byteEnds } = encoding;
	const from = letters.at(0)?.byte ?? 0;
	const last = letters.at(-1);
	const slots = last ? slotOf(last.byte + last.bytes, from) : 0;
	const looks = new Int32Array(slots);
	const heads = new Int32Array(slots).fill(-1);
	const cut = new Uint8Array(letters.length);
	const light = lightness(byteStarts, look.anchors);
	let token = 0;
	let joint = 0;
	/** The token whose look is `tokenLook`, ends left out. */
	let known = -1;
	let tokenLook = 0;

	const draw = (slot: number, start: number, end: number) => {
		while (token < ids.length && byteEnds[token] <= start) token++;
		while (joint < joints.length && joints[joint] < start) joint++;
		if (token >= ids.length || byteStarts[token] >= end) return;
		if (token !== known) {
			known = token;
			heads[slot] = token;
			tokenLook = (hueOf(ids[token]) * 3 + light[token] + 1) * TINT + marksOf(look, token, joint);
		}
		let cell = tokenLook;
		if (byteStarts[token] >= start) cell |= START;
		if (byteEnds[token] <= end) cell |= END;
		if (joints[joint] === start) cell |= JOINT;
		looks[slot] = cell;
	};

	letters.forEach(({ byte, bytes, hex }, at) => {
		while (token < ids.length && byteEnds[token] <= byte) token++;
		const slot = slotOf(byte, from);
		const inside = token < ids.length && byteEnds[token] < byte + bytes;
		if (hex.length > 0 && (bytes === 1 || inside)) {
			cut[at] = 1;
			for (let i = 0; i < bytes; i++) draw(slot + 2 * i + 1, byte + i, byte + i + 1);
		} else draw(slot, byte, byte + bytes);
	});
	return { looks, heads, cut };
}

/** @param joint the first joint at or after the first byte of the token that is in view */
function marksOf(look: StepLook, token: number, joint: number): number {
	const { encoding, joints, focus, active, focused } = look;
	const start = encoding.byteStarts[token];
	const end = encoding.byteEnds[token];
	let marks = 0;
	if (joints[joint] < end || (joint > 0 && joints[joint - 1] > start)) marks |= MADE;
	if (focus !== null && start < focus.end && end > focus.start) marks |= LINKED;
	if (focused && token === active) marks |= HERE;
	else if (focused && encoding.ids[token] === encoding.ids[active]) marks |= SAME;
	return marks;
}

/**
 * How light each token is drawn: neighbours always differ, and a merge changes nothing outside the
 * stretch between two anchors, so that a text does not flicker while it is stepped through. Within
 * a stretch light and dark alternate, and stretches begin with one and the other in turn; where that
 * would make the last token like the first of the next stretch, the last one is in between.
 *
 * @param byteStarts n, where the tokens begin, never decreasing
 * @param anchors bytes where a token begins at every step, ascending; without any, all is one stretch
 * @returns n values: 0 light, 1 dark, 2 in between
 */
export function lightness(byteStarts: Uint32Array, anchors: Uint32Array): Uint8Array {
	const count = byteStarts.length;
	const result = new Uint8Array(count);
	let anchor = 0;
	for (let from = 0, to: number; from < count; from = to) {
		while (anchor < anchors.length && anchors[anchor] <= byteStarts[from]) anchor++;
		const end = anchor < anchors.length ? anchors[anchor] : Infinity;
		for (to = from; to < count && byteStarts[to] < end; to++) {
			result[to] = (anchor + to - from) & 1;
		}
		if (to < count && ((to - from) & 1) === 0) result[to - 1] = 2;
	}
	return result;
}
