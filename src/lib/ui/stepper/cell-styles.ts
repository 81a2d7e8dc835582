import type { Encoding } from '../../engine';
import type { ByteRange } from '../token/token-lookup';
import type { Letter } from './letters';

/**
 * State that determines how a view's tokens are drawn at a given step. Offsets are byte offsets in the document.
 */
export interface StepState {
	/** The tokens that overlap the view. */
	readonly encoding: Encoding;
	/** Boundaries removed by this step's merge, in ascending order; each is inside a token that the merge produces. */
	readonly boundaries: Uint32Array;
	/** Whether to draw the state before the merge, in which the boundaries separate the tokens about to merge. */
	readonly isBefore?: boolean;
	/**
	 * Byte offsets, in ascending order, at which a token begins after the last step and therefore in every step.
	 */
	readonly anchors: Uint32Array;
	/** Bytes to outline. */
	readonly focus: ByteRange | null;
	/** Token with the tab stop. */
	readonly active: number;
	/** Whether the active token has the keyboard focus. */
	readonly focused: boolean;
}

/**
 * Styles of cells. A letter is one cell, but while a token begins or ends inside the letter, each byte of the letter
 * is a separate cell. Cells are numbered by slot: for byte b of the view, the letter that begins there has slot 2b,
 * and the byte itself has slot 2b + 1.
 */
export interface CellStyles {
	/**
	 * Class names of the cell in each slot, with a space before each name; empty if the cell isn't drawn or doesn't
	 * belong to a token.
	 */
	readonly classNames: readonly string[];
	/** For each slot, the token whose first visible cell is there; -1 if there is none. */
	readonly heads: Int32Array;
	/** For each letter, 1 while it is drawn as separate bytes. */
	readonly split: Uint8Array;
}

/** Slot of the letter at `byte`, in a view that begins at byte `from` of the document. */
export const slotOf = (byte: number, from: number): number => 2 * (byte - from);

export function cellStyles(letters: readonly Letter[], state: StepState): CellStyles {
	const { encoding, boundaries } = state;
	const { ids, byteStarts, byteEnds } = encoding;
	const from = letters.at(0)?.byte ?? 0;
	const last = letters.at(-1);
	const slots = last ? slotOf(last.byte + last.bytes, from) : 0;
	const classNames = new Array<string>(slots).fill('');
	const heads = new Int32Array(slots).fill(-1);
	const split = new Uint8Array(letters.length);
	const light = lightness(byteStarts, state.anchors);
	let token = 0;
	let boundary = 0;
	/** Token for which `tokenClass` was computed. */
	let styled = -1;
	let tokenClass = '';

	const draw = (slot: number, start: number, end: number) => {
		while (token < ids.length && byteEnds[token] <= start) token++;
		while (boundary < boundaries.length && boundaries[boundary] < start) boundary++;
		if (token >= ids.length || byteStarts[token] >= end) return;
		if (token !== styled) {
			styled = token;
			heads[slot] = token;
			const isMerging = isJoined(state, token, boundary);
			tokenClass = isMerging ? ' marked p0' : ` quiet p${light[token]}`;
			if (isMerging) tokenClass += state.isBefore ? ' pair' : ' made';
			tokenClass += focusOf(state, token);
		}
		let className = tokenClass;
		if (byteStarts[token] >= start) className += ' start';
		if (byteEnds[token] <= end) className += ' end';
		classNames[slot] = className;
	};

	letters.forEach(({ byte, bytes, hex }, at) => {
		while (token < ids.length && byteEnds[token] <= byte) token++;
		const slot = slotOf(byte, from);
		const endsInside = token < ids.length && byteEnds[token] < byte + bytes;
		if (hex.length > 0 && (bytes === 1 || endsInside)) {
			split[at] = 1;
			for (let i = 0; i < bytes; i++) draw(slot + 2 * i + 1, byte + i, byte + i + 1);
		} else draw(slot, byte, byte + bytes);
	});
	return { classNames, heads, split };
}

/**
 * Whether this step's merge produces the token or, if the merge hasn't happened yet, will join it to a neighbour.
 * @param boundary index of the first removed boundary at or after the token's first byte in view
 */
function isJoined({ encoding, boundaries, isBefore }: StepState, token: number, boundary: number) {
	const start = encoding.byteStarts[token];
	const end = encoding.byteEnds[token];
	return isBefore
		? boundaries[boundary] === start || boundaries[boundary] === end
		: boundaries[boundary] < end || boundaries[boundary - 1] > start;
}

function focusOf({ encoding, focus, active, focused }: StepState, token: number): string {
	const start = encoding.byteStarts[token];
	const end = encoding.byteEnds[token];
	let marks = focus !== null && start < focus.end && end > focus.start ? ' linked' : '';
	if (focused && token === active) marks += ' here';
	else if (focused && encoding.ids[token] === encoding.ids[active]) marks += ' same';
	return marks;
}

/**
 * Chooses the lightness of each token. Neighbours always differ, and a merge changes the lightness only within the
 * span between two anchors, so that the text doesn't flicker from step to step. Light and dark alternate within a
 * span, and spans alternately begin with light and dark. If the last token in a span would then match the first token
 * in the next span, it gets an intermediate lightness instead.
 *
 * @param byteStarts starts of the n tokens, in ascending order (possibly equal)
 * @returns n values: 0 light, 1 dark, 2 intermediate
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
