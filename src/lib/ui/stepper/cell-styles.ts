import type { Encoding } from '../../engine';
import type { ByteRange } from '../token/token-lookup';
import type { Letter } from './letters';

/** Everything that decides how the tokens of a view are drawn at one step. Offsets are bytes of the document. */
export interface StepState {
	/** Tokens that share a byte with the view. */
	readonly encoding: Encoding;
	/** Boundaries that the merge of this step removed, ascending: each is inside a token just made. */
	readonly boundaries: Uint32Array;
	/** Whether the merge is still to come, so that the boundaries are between the tokens of its pairs. */
	readonly isBefore?: boolean;
	/** Bytes at which a token begins at every step, ascending: the token starts after the last step. */
	readonly anchors: Uint32Array;
	/** Bytes to outline. */
	readonly focus: ByteRange | null;
	/** Token that Tab reaches. */
	readonly active: number;
	/** Whether the active token has the keyboard's focus. */
	readonly focused: boolean;
}

/**
 * Styles of cells. A letter is one cell; while a token begins or ends inside it, each of its bytes is
 * one. Cells are counted by slots: the letter at byte b of the view has slot 2b, its byte at b has
 * slot 2b + 1.
 */
export interface CellStyles {
	/** By slot: class names, each after a space; empty if the cell is not drawn or belongs to no token. */
	readonly classNames: readonly string[];
	/** By slot: the token of which this is the first cell in view; else -1. */
	readonly heads: Int32Array;
	/** By letter: 1 while it is drawn as its bytes. */
	readonly split: Uint8Array;
}

/** Slot of the letter at `byte`, in a view that begins at byte `from` of the document. */
export const slotOf = (byte: number, from: number): number => 2 * (byte - from);

/** Computes the styles of all cells, in one pass over letters and tokens. */
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
	/** Token whose class names, without those of its ends, are `tokenClass`. */
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
 * Whether the merge of the step makes a token, or joins it if the merge is still to come.
 * @param boundary the first removed boundary at or after the token's first byte in view
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
 * Chooses how light each token is drawn. Neighbours always differ, and a merge changes nothing
 * outside the span between two anchors, so a text does not flicker from step to step. Light and dark
 * alternate within such a span, and spans begin with one and the other in turn. If the last token of
 * a span would then equal the first of the next, it is drawn in between.
 *
 * @param byteStarts starts of the n tokens, never decreasing
 * @param anchors bytes at which a token begins at every step, ascending
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
